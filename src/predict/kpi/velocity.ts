import { liveDeals } from '../win/phantom.ts';
import { wonBetween } from '../forecast/part.ts';
import { MIN_EVIDENCE, MIN_LIFESPAN_DAYS } from '../tuning.ts';
import { exactSum, exactValue } from '../math/exact-sum.ts';
import { plain, unknown, type Kpi } from './kpi.ts';
import { DAY_MS } from '../math/time.ts';

/** How fast money moves. */
export const velocity: Kpi[] = [
  {
    id: 'pipeline_velocity',
    family: 'velocity',
    unit: 'amount/day',
    label: 'Pipeline velocity',
    doc: 'V = N x A x W / L: open verified deals, their mean amount, cohort win rate, mean days from creation to win. Wins within 3 days of creation are left out of L; a registration date moves neither N nor L.',
    measure: ({ states, effect }, pool, context) => {
      const open = liveDeals(states, pool, context).filter((s) => s.verifiedMs !== null);
      const cycles = states
        .filter((s) => s.outcome === 'won' && s.ageDays >= MIN_LIFESPAN_DAYS)
        .map((s) => s.ageDays);
      if (cycles.length < MIN_EVIDENCE)
        return unknown('fewer than 3 wins to take a cycle from', cycles.length);
      const pipeline = exactSum(open.map((s) => Math.max(0, s.amount ?? pool.amounts.mean)));
      return plain((pipeline * effect.rate * cycles.length) / exactSum(cycles), cycles.length);
    },
  },
  {
    id: 'realised_velocity',
    family: 'velocity',
    unit: 'amount/day',
    label: 'Realised velocity',
    doc: 'Amount won in the trailing horizon / its days. What the pipeline velocity should have come to.',
    measure: ({ states, sinceMs }, _pool, { asOfMs, horizonDays }) => {
      const fromMs = asOfMs - horizonDays * DAY_MS;
      if (states.length === 0) return unknown('no deal yet');
      const won = states.filter(
        (s) => s.outcome === 'won' && s.closedMs !== null && s.closedMs > fromMs,
      ).length;
      return plain(
        exactValue(wonBetween(states, fromMs + 1, asOfMs + 1)) / horizonDays,
        won,
        sinceMs > fromMs ? 'known for less than the horizon' : null,
      );
    },
  },
];
