import type { ChangeCause, Changes } from '../../model/score.ts';
import { exactSum } from '../math/exact-sum.ts';
import type { ForecastLine } from './detail.ts';

/** One cause's share of a change; `dealId` null = of no single deal. */
interface ChangePart {
  cause: ChangeCause;
  dealId: string | null;
  amount: number;
}

/** Cents of money, hundredths of a point: what is shown has no finer unit. */
const UNIT = 100;

/**
 * Parts rounded so that they add up to the rounded difference exactly (largest remainder), by
 * cause,
 * each with its deals. Serves money and scores alike; the order of the parts does not matter.
 */
function settleChanges(before: number, after: number, parts: readonly ChangePart[]): Changes {
  const whole = parts.map((part) => ({
    ...part,
    units: Math.floor(part.amount * UNIT),
    rest: part.amount * UNIT - Math.floor(part.amount * UNIT),
  }));
  const byName = (a: ChangePart, b: ChangePart): number =>
    a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : (a.dealId ?? '') < (b.dealId ?? '') ? -1 : 1;
  whole.sort((a, b) => b.rest - a.rest || byName(a, b));
  const [from, to] = [Math.round(before * UNIT), Math.round(after * UNIT)];
  let missing = to - from - whole.reduce((sum, part) => sum + part.units, 0);
  // Beyond one unit a part the parts would not be the whole; the rest is the model's own.
  for (const part of whole) {
    if (missing <= 0) break;
    part.units++;
    missing--;
  }
  if (missing !== 0)
    whole.push({ cause: 'model', dealId: null, amount: 0, units: missing, rest: 0 });
  const causes = [...Map.groupBy(whole, (part) => part.cause)]
    .map(([cause, of]) => ({
      cause,
      amount: of.reduce((sum, part) => sum + part.units, 0) / UNIT,
      deals: of
        .flatMap(({ dealId, units }) => (dealId === null || units === 0 ? [] : [{ dealId, units }]))
        .sort((a, b) => Math.abs(b.units) - Math.abs(a.units) || (a.dealId < b.dealId ? -1 : 1))
        .map(({ dealId, units }) => ({ dealId, amount: units / UNIT })),
    }))
    .filter(({ amount, deals }) => amount !== 0 || deals.length > 0)
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || (a.cause < b.cause ? -1 : 1));
  return { before: from / UNIT, after: to / UNIT, causes };
}

/** A forecast as it stood: its deals, and the mean of those not created yet. */
export interface ForecastStand {
  lines: readonly ForecastLine[];
  fresh: number;
}

const valueOf = (line: ForecastLine): number => line.amount * line.chance;
const meanOf = (stand: ForecastStand): number =>
  exactSum([stand.fresh, ...stand.lines.map(valueOf)]);

function partsOf(b: ForecastLine | undefined, a: ForecastLine | undefined): ChangePart[] {
  const dealId = (a ?? b)!.dealId;
  const part = (cause: ChangeCause, amount: number): ChangePart => ({ cause, dealId, amount });
  if (!b) return [part(a!.won ? 'won' : 'new', valueOf(a!))];
  if (!a) return [part('lost', -valueOf(b))];
  if (a.won !== b.won) return [part(a.won ? 'won' : 're-scored', valueOf(a) - valueOf(b))];
  const moved = b.closes && !a.closes ? 'pushed out' : !b.closes && a.closes ? 'pulled in' : null;
  return [
    part('amount', (a.amount - b.amount) * b.chance),
    part(moved ?? 're-scored', a.amount * (a.chance - b.chance)),
  ];
}

/**
 * What changed between two forecasts of one period, deal by deal. `between` is the later state as
 * the earlier model judges it: what it leaves open is the model's own change; without it all of a
 * deal's new chance counts as re-scored. Deals not created yet are the model's.
 */
export function whatChanged(
  before: ForecastStand,
  after: ForecastStand,
  between: ForecastStand | null = null,
): Changes {
  const facts = between ?? after;
  const [then, now, later] = [before, facts, after].map(
    (stand) => new Map(stand.lines.map((line) => [line.dealId, line])),
  );
  const ids = [...new Set([...then!.keys(), ...now!.keys()])].sort();
  const parts = ids.flatMap((id) => partsOf(then!.get(id), now!.get(id)));
  for (const [dealId, line] of now!) {
    const said = later!.get(dealId);
    const amount = (said ? valueOf(said) : 0) - valueOf(line);
    if (amount !== 0) parts.push({ cause: 'model', dealId, amount });
  }
  parts.push({ cause: 'model', dealId: null, amount: after.fresh - before.fresh });
  return settleChanges(meanOf(before), meanOf(after), parts);
}
