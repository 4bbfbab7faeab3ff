import type { MeasureContext, Period } from '../../model/facts.ts';
import { isWin, type DealState } from '../deal/deal-at.ts';
import { inPeriod } from '../deal/won.ts';
import { dayStart, fiscalQuarterAfter } from '../math/calendar.ts';
import { PERIODS_AHEAD } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import type { CaseItem } from './outlook.ts';
import type { Coming } from './levelled.ts';

/** What one deal brings to the current period: all of a won one, a share of an open one. */
export interface ForecastLine {
  dealId: string;
  product: string | null;
  ownerId: string | null;
  won: boolean;
  /** Does its asserted close date lie in the period? */
  closes: boolean;
  amount: number;
  chance: number;
}

/** Amount and chance of each open case, in pairs, and the wins of deals not created yet. */
export interface PeriodPart {
  items: number[];
  arrivals: Coming;
}

/** What a part is made of, for breakdowns and for what changed. */
export interface ForecastDetail {
  type: string | null;
  tier: string | null;
  region: string | null;
  lines: ForecastLine[];
  /** The periods after the current one. */
  ahead: PeriodPart[];
}

/** The periods after the current one, nearest first. */
export function periodsAhead(context: MeasureContext): Period[] {
  const found: Period[] = [];
  for (let i = 0; i < PERIODS_AHEAD; i++)
    found.push(fiscalQuarterAfter(found.at(-1) ?? context.period, context.timeZone));
  return found;
}

/** Lines of the deals won in the period and of the open ones; they add up to the part. */
export function linesOf(
  states: readonly DealState[],
  items: readonly CaseItem[],
  context: MeasureContext,
): ForecastLine[] {
  const { startMs, endMs } = context.period;
  const line = (state: DealState, won: boolean, amount: number, chance: number): ForecastLine => ({
    dealId: state.id,
    product: state.deal.product,
    ownerId: state.deal.ownerId,
    won,
    closes: inPeriod(dayStart(state.closeDate, context.timeZone), startMs, endMs),
    amount,
    chance,
  });
  const won = states
    .filter((s) => isWin(s) && inPeriod(s.closedMs, startMs, endMs))
    .map((s) => line(s, true, s.amount ?? 0, 1));
  const open = items.flatMap((item) =>
    item.members.map(({ state, amount, share }) => {
      const value = item.amount * item.probability * share;
      return line(state, false, amount, amount > 0 ? value / amount : 0);
    }),
  );
  return [...won, ...open];
}

/** Cases as they may be won between two moments: by the second, less by the first. */
export function aheadOf(
  until: readonly { items: readonly CaseItem[]; arrivals: Coming }[],
  pool: PoolModel,
): PeriodPart[] {
  const by = (item: CaseItem | undefined): number => item?.probability ?? 0;
  return until.slice(1).map(({ items, arrivals }, k) => {
    const before = until[k]!;
    return {
      items: items.flatMap((item, i) => [item.amount, Math.max(0, by(item) - by(before.items[i]))]),
      arrivals: {
        mean: Math.max(0, arrivals.mean - before.arrivals.mean) * pool.level.fresh,
        shape: arrivals.shape,
      },
    };
  });
}
