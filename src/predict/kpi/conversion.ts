import { curveAt } from '../math/survival.ts';
import { daysBetween } from '../math/time.ts';
import { lifespanDays } from '../deal/deal-at.ts';
import { unknown, plain, type Kpi } from './kpi.ts';
import { MIN_EVIDENCE, MIN_LIFESPAN_DAYS } from '../tuning.ts';

/** How many of a partner's deals turn into wins. */
export const conversion: Kpi[] = [
  {
    id: 'cohort_win_rate',
    family: 'conversion',
    unit: 'share',
    label: 'Cohort win rate',
    doc: 'Share of deals won within the horizon of their creation; open deals count by how much of the wins come so early (Aalen-Johansen curve of the pool); shrunk to the pool by a Beta prior. Deals never marked lost cannot raise it.',
    measure: ({ effect }) => ({
      value: effect.rate,
      low: effect.low,
      high: effect.high,
      evidence: effect.resolved,
      note: effect.exposure === 0 ? 'no own deals yet: the rate of the pool' : null,
    }),
  },
  {
    id: 'closed_win_rate',
    family: 'conversion',
    unit: 'share',
    label: 'Closed win rate (reported only)',
    doc: 'Won / (won + lost) of all closed deals. Biased upwards wherever losses are not marked; never used in a score.',
    measure: ({ states }) => {
      const won = states.filter((s) => s.outcome === 'won').length;
      const closed = states.filter((s) => s.outcome !== 'open').length;
      return closed === 0
        ? unknown('no closed deal')
        : plain(won / closed, closed, 'flattered by losses that are not marked');
    },
  },
  {
    id: 'registration_conversion',
    family: 'conversion',
    unit: 'share',
    label: 'Registration conversion at maturity',
    doc: 'Wins within the horizon / deals in matured equivalents, where a younger deal counts by the share of wins that come by its age. A win sooner than 3 days after registration is left out.',
    measure: ({ states }, pool, context) => {
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
        if (s.outcome === 'won' && s.ageDays <= context.horizonDays) won++;
      }
      return exposure < MIN_EVIDENCE
        ? unknown('fewer than 3 matured deals', seen)
        : plain(Math.min(1, won / exposure), seen);
    },
  },
];
