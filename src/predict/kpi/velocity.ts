import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { exactValue } from '../math/exact-sum.ts';
import { isWin } from '../deal/deal-at.ts';
import { DAY_MS } from '../math/time.ts';
import { wonBetween } from '../deal/won.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** How fast money came in. */
export const velocity = {
  realised_velocity: ({ states, sinceMs }, context) => {
    const { asOfMs, horizonDays } = context;
    const fromMs = asOfMs - horizonDays * DAY_MS;
    if (states.length === 0) return unknown(say(speechOf(context), 'why.noDeal'));
    const won = states.filter((s) => isWin(s) && s.closedMs !== null && s.closedMs > fromMs).length;
    return plain(
      exactValue(wonBetween(states, fromMs + 1, asOfMs + 1)) / horizonDays,
      won,
      sinceMs > fromMs ? say(speechOf(context), 'why.young') : null,
    );
  },
} satisfies Measures<FactView>;
