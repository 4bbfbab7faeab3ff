import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { isWin, lifespanDays } from '../deal/deal-at.ts';
import { plain, unknown, type Measures } from '../kpi/kpi.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import { MIN_EVIDENCE, MIN_LIFESPAN_DAYS } from '../tuning.ts';
import type { PartnerView } from './view.ts';

/** Win rates that lean on what the pool does. */
export const conversionAgainstPool = {
  cohort_win_rate: ({ effect }, context) => ({
    value: effect.rate,
    low: effect.low,
    high: effect.high,
    evidence: effect.resolved,
    note: effect.exposure === 0 ? say(speechOf(context), 'why.poolRate') : null,
  }),
  registration_conversion: ({ states, pool }, context) => {
    let won = 0;
    let exposure = 0;
    let seen = 0;
    for (const s of states) {
      const lifespan = lifespanDays(s);
      if (lifespan !== null && lifespan < MIN_LIFESPAN_DAYS) continue;
      seen++;
      exposure +=
        curveAt(
          pool.cohort.win,
          Math.min(context.horizonDays, daysBetween(s.createdMs, context.asOfMs)) / 7,
        ) / pool.cohort.rate;
      if (isWin(s) && s.ageDays <= context.horizonDays) won++;
    }
    return exposure < MIN_EVIDENCE
      ? unknown(say(speechOf(context), 'why.fewMatured'), seen)
      : plain(Math.min(1, won / exposure), seen);
  },
} satisfies Measures<PartnerView>;
