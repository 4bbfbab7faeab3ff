import type { DealState } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { PROOF_HABIT_PSEUDO_WINS } from '../tuning.ts';
import { arrivalsUntil, type ArrivalRate } from './arrival-rate.ts';
import { casesOf, sameSale } from '../deal/cases.ts';
import { isWin } from '../deal/deal-at.ts';
import type { Arrivals, ForecastItem } from './distribution.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { storedProbability, weigh } from './weigh.ts';
import type { Weighed } from './weighed.ts';

/** One case with its deals and what each of them brings of it, as shares. */
export interface CaseItem extends ForecastItem {
  members: { state: DealState; amount: number; share: number }[];
}

/** What may still be won by a moment. */
export interface Outlook {
  items: CaseItem[];
  arrivals: Arrivals;
}

/** One item a case: parts sold together are won together. Their mean is kept. */
function itemsOf(
  weighed: readonly Weighed[],
  multiplier: number,
  probability: (w: Weighed) => number,
): CaseItem[] {
  const of = new Map(weighed.map((w) => [w.state, w]));
  return casesOf(
    weighed.map((w) => w.state),
    sameSale,
  ).map((members) => {
    const parts = members.map((state) => of.get(state)!);
    const amount = exactSum(parts.map((w) => w.counted * multiplier));
    const mean = exactSum(parts.map((w) => w.counted * multiplier * probability(w)));
    return {
      amount,
      probability: amount > 0 ? Math.min(1, mean / amount) : 0,
      members: parts.map((w) => ({
        state: w.state,
        amount: w.counted * multiplier,
        share: mean > 0 ? (w.counted * multiplier * probability(w)) / mean : 0,
      })),
    };
  });
}

export const itemsMean = (items: readonly ForecastItem[]): number =>
  exactSum(items.map((i) => i.amount * i.probability));

/**
 * How much of a partner's wins comes from deals not proven yet: a partner whose wins nobody ever
 * signs is judged by its record.
 */
function unprovenShare(states: readonly DealState[], pool: PoolModel): number[] {
  const wins = states.filter(isWin);
  const proven = wins.filter((s) => s.provenMs !== null).length;
  const usual = pool.provenShare;
  const own = (proven + PROOF_HABIT_PSEUDO_WINS * usual) / (wins.length + PROOF_HABIT_PSEUDO_WINS);
  const habit = usual > 0 ? Math.min(1, own / usual) : 0;
  return pool.unprovenShare.map((share, weeks) => (weeks === 0 ? 0 : 1 - habit * (1 - share)));
}

/**
 * Two outlooks for a score: by what is proven alone, and with what is half proven; null = nothing
 * is.
 */
export interface ScoreOutlook {
  proven: Outlook;
  claimed: Outlook | null;
}

/**
 * For a score: proven open deals one by one; all others, there or not, only as the partner's record
 * of wins would bring them. So what nobody on our side or the buyer's has shown changes nothing.
 * Of a partner without a single deal no pipeline is known, so all wins of a usual partner stand for
 * it. Growth of amounts beyond the record is believed when it is booked, else a win could lower a
 * score.
 */
export function scoreOutlook(
  states: readonly DealState[],
  pool: PoolModel,
  context: MeasureContext,
  endMs: number,
  effect: number,
  rate: ArrivalRate,
): ScoreOutlook {
  const weighed = weigh(states, pool, context, endMs, effect, rate, true);
  const multiplier = Math.min(1, pool.amounts.multiplier);
  const outlook = (standings: string[], share: readonly number[]): Outlook => ({
    items: itemsOf(
      weighed.filter((w) => standings.includes(w.standing)),
      multiplier,
      (w) => w.chance.chance * w.share,
    ),
    arrivals: arrivalsUntil(rate, pool, endMs, states.length === 0 ? null : share),
  });
  return {
    proven: outlook(['proven'], unprovenShare(states, pool)),
    claimed: weighed.some((w) => w.standing === 'half')
      ? outlook(['proven', 'half'], pool.unverifiedShare)
      : null,
  };
}

/**
 * For a forecast: every open deal with the probability that is stored for it; plus deals not
 * created yet.
 */
export function forecastOutlook(
  weighed: readonly Weighed[],
  pool: PoolModel,
  endMs: number,
  rate: ArrivalRate,
): Outlook {
  return {
    items: storedItems(weighed, pool),
    arrivals: arrivalsUntil(rate, pool, endMs, pool.freshShare),
  };
}

/**
 * Amount on the record x stored probability x realised multiplier, to the cent, whatever of the
 * amount counts.
 */
export const storedItems = (weighed: readonly Weighed[], pool: PoolModel): CaseItem[] =>
  itemsOf(weighed, pool.amounts.multiplier, (w) =>
    w.counted > 0 ? (storedProbability(w) * w.stated) / w.counted : 0,
  );
