import { exactValue } from '../math/exact-sum.ts';
import { isWin } from '../deal/deal-at.ts';
import { DAY_MS } from '../math/time.ts';
import { wonBetween } from '../deal/won.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** How fast money came in. */
export const velocity = {
  realised_velocity: ({ states, sinceMs }, { asOfMs, horizonDays }) => {
    const fromMs = asOfMs - horizonDays * DAY_MS;
    if (states.length === 0) return unknown('no deal yet');
    const won = states.filter((s) => isWin(s) && s.closedMs !== null && s.closedMs > fromMs).length;
    return plain(
      exactValue(wonBetween(states, fromMs + 1, asOfMs + 1)) / horizonDays,
      won,
      sinceMs > fromMs ? 'known for less than the horizon' : null,
    );
  },
} satisfies Measures<FactView>;
