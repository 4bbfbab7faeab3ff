import type { Changes } from '../../model/score.ts';
import { WATERFALL_CAUSES, type Waterfall, type WaterfallStep } from '../../model/change.ts';

/** Hundredths: cents of money, and finer than any score is shown. */
const UNIT = 100;
const units = (value: number): number => Math.round(value * UNIT);

/**
 * A number at each turn of the way: as it stood, then with time, facts, plan and model changed one
 * after the other, the last one as it stands. Each is rounded to hundredths, and the steps are the
 * differences of the rounded, so that they add up exactly. Where a turn has no number, its
 * difference goes with the next.
 */
export function waterfall(
  before: number | null,
  turns: readonly [time: number | null, facts: number | null, plan: number | null],
  after: number | null,
  byFacts: Changes['causes'] = [],
): Waterfall {
  if (before === null || after === null)
    return { before: shown(before), after: shown(after), steps: [] };
  const ends = [...turns, after];
  let stood = units(before);
  const steps: WaterfallStep[] = WATERFALL_CAUSES.map((cause, i) => {
    const end = ends[i] ?? null;
    const moved = end === null ? 0 : units(end) - stood;
    stood += moved;
    return { cause, amount: moved / UNIT, by: cause === 'facts' ? byFacts : [] };
  });
  return {
    before: shown(before),
    after: shown(after),
    steps: steps.filter((step) => step.amount !== 0 || step.by.length > 0),
  };
}

const shown = (value: number | null): number | null =>
  value === null ? null : units(value) / UNIT;

const added = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : (units(a) + units(b)) / UNIT;

/** Deals that one cause names: those that moved it most. */
const NAMED_DEALS = 20;

/** Two waterfalls of sums as one: what each adds up to, both do. */
export function addWaterfalls(a: Waterfall, b: Waterfall): Waterfall {
  const steps = WATERFALL_CAUSES.flatMap((cause): WaterfallStep[] => {
    const own = [...a.steps, ...b.steps].filter((step) => step.cause === cause);
    if (own.length === 0) return [];
    const by = [
      ...Map.groupBy(
        own.flatMap((step) => step.by),
        (one) => one.cause,
      ),
    ].map(([kind, parts]) => ({
      cause: kind,
      amount: parts.reduce((sum, part) => sum + units(part.amount), 0) / UNIT,
      deals: parts
        .flatMap((part) => part.deals)
        .sort((x, y) => Math.abs(y.amount) - Math.abs(x.amount) || (x.dealId < y.dealId ? -1 : 1))
        .slice(0, NAMED_DEALS),
    }));
    return [{ cause, amount: own.reduce((sum, step) => sum + units(step.amount), 0) / UNIT, by }];
  });
  return { before: added(a.before, b.before), after: added(a.after, b.after), steps };
}

export const NO_WATERFALL: Waterfall = { before: null, after: null, steps: [] };
