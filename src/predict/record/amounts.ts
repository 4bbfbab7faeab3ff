import {
  BASELINES,
  type AmountRecord,
  type Baseline,
  type JudgedStatement,
  type StatementKind,
} from '../../model/record.ts';
import { exactSum } from '../math/exact-sum.ts';
import { averageOf, ratioOf, shareOf } from './estimate.ts';
import { unitsOf, type Unit } from './units.ts';

/** An interval of some width, and what the amount was. */
interface JudgedAmount extends JudgedStatement {
  mean: number;
  low: number;
  middle: number;
  high: number;
  amount: number;
}

/** An interval of no width says that nothing is open any more, which is no forecast. */
const isOpen = (one: JudgedStatement): one is JudgedAmount =>
  one.mean !== null &&
  one.low !== null &&
  one.middle !== null &&
  one.high !== null &&
  one.amount !== null &&
  one.low < one.high;

const perUnit = (units: readonly Unit<JudgedAmount>[], of: (one: JudgedAmount) => number) =>
  units.map(({ said }) => ({ value: averageOf(said.map((one) => ({ value: of(one) }))) }));

interface Off {
  wape: number | null;
  bias: number | null;
}

function offBy(units: readonly Unit<JudgedAmount>[], of: (one: JudgedAmount) => number): Off {
  const sum = (value: (one: JudgedAmount) => number): number =>
    exactSum(perUnit(units, value).map((one) => one.value));
  const whole = sum((one) => one.amount);
  if (!(whole > 0)) return { wape: null, bias: null };
  return {
    wape: sum((one) => Math.abs(of(one) - one.amount)) / whole,
    bias: sum(of) / whole - 1,
  };
}

function against(statements: readonly JudgedAmount[], baseline: Baseline): AmountRecord['against'] {
  const units = unitsOf(statements.filter((one) => one.beside[baseline] !== undefined));
  if (units.length === 0) return [];
  const base = (one: JudgedAmount): number => one.beside[baseline]!;
  const off = (of: number, one: JudgedAmount): number => Math.abs(of - one.amount);
  const gain = ratioOf(
    perUnit(units, (one) => off(base(one), one) - off(one.mean, one)),
    perUnit(units, (one) => one.amount),
  );
  return [{ baseline, ...offBy(units, base), gain }];
}

/** Mean over the three quantiles of what each is off by, weighed by its side. */
const pinballOf = ({ low, middle, high, amount }: JudgedAmount): number =>
  (
    [
      [0.1, low],
      [0.5, middle],
      [0.9, high],
    ] as const
  ).reduce((sum, [q, said]) => sum + Math.max(q * (amount - said), (q - 1) * (amount - said)), 0) /
  3;

/** How amounts of one kind came out; null = none of them has ended. */
export function amountRecord(
  kind: StatementKind,
  judged: readonly JudgedStatement[],
): AmountRecord | null {
  const statements = judged.filter(isOpen);
  if (statements.length === 0) return null;
  const units = unitsOf(statements);
  const share = (of: (one: JudgedAmount) => boolean): number =>
    averageOf(perUnit(units, (one) => Number(of(one))));
  const amount = averageOf(perUnit(units, (one) => one.amount));
  return {
    kind,
    statements: statements.length,
    n: units.length,
    subjects: new Set(units.map((unit) => unit.subject)).size,
    held: shareOf(
      share((one) => one.amount >= one.low && one.amount <= one.high),
      units.length,
    ),
    below: share((one) => one.amount < one.low),
    above: share((one) => one.amount > one.high),
    width: amount > 0 ? averageOf(perUnit(units, (one) => one.high - one.low)) / amount : null,
    ...offBy(units, (one) => one.mean),
    pinball: amount > 0 ? averageOf(perUnit(units, pinballOf)) / amount : null,
    against: BASELINES.flatMap((baseline) => against(statements, baseline)),
  };
}
