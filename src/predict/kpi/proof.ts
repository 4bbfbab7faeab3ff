import type { KpiProof } from '../../model/proof.ts';
import { exactSum } from '../math/exact-sum.ts';
import { studentQuantile } from '../math/interval.ts';
import { logLossOf } from '../math/judge.ts';
import { expit, logit } from '../math/numeric.ts';
import { BAND_Z } from '../tuning.ts';

/** Deals of one partner that began under one value of a metric. */
export interface ProofRow {
  partner: string;
  /** When they began, so that a trend of all partners proves nothing. */
  at: number;
  x: number;
  n: number;
  won: number;
}

const FOLDS = 5;
/** Below these nothing can be proven of anything. */
const FEWEST_DEALS = 60;
const FEWEST_PARTNERS = 10;
/** A period's own rate leans on that of all by so many deals. */
const PERIOD_DEALS = 2;
/** Precision of "it does nothing", on a standard deviation of the metric. */
const RIDGE = 1;
/** A quarter of the weight shows sooner than all of it that there is something to gain. */
const CAUTION = 0.25;
/** The interval of the effect, which noise is above in two of a hundred cases. */
const LEVEL = 0.96;
const ROUNDS = 8;

/** What is usual in a period: log odds of a win, and the metric. */
interface Usual {
  odds: number;
  mean: number;
}

interface Line {
  usual: (at: number) => Usual;
  sd: number;
  effect: number;
  /** Half of the interval of the effect; a partner's deals are one witness together. */
  reach: number;
}

const countOf = (rows: readonly ProofRow[]): number => exactSum(rows.map(({ n }) => n));

/** What is usual in each period, leaning a little on all: a trend of everybody proves nothing. */
function usualOf(rows: readonly ProofRow[]): (at: number) => Usual {
  const of = (own: readonly ProofRow[], lean: number, all: { rate: number; mean: number }) => {
    const n = countOf(own) + lean;
    const won = exactSum(own.map((row) => row.won)) + lean * all.rate;
    const sums = own.map((row) => row.n * row.x);
    return { rate: won / n, mean: exactSum([lean * all.mean, ...sums]) / n };
  };
  const whole = of(rows, 1, { rate: 0.5, mean: rows[0]?.x ?? 0 });
  const said = ({ rate, mean }: { rate: number; mean: number }): Usual => ({
    odds: logit(rate),
    mean,
  });
  const known = new Map(
    [...Map.groupBy(rows, ({ at }) => at)].map(([at, own]) => [
      at,
      said(of(own, PERIOD_DEALS, whole)),
    ]),
  );
  return (at) => known.get(at) ?? said(whole);
}

/** What a standard deviation more of the metric goes with, leaning on nothing at all. */
function lineOf(rows: readonly ProofRow[]): Line | null {
  const usual = usualOf(rows);
  const away = (row: ProofRow): number => row.x - usual(row.at).mean;
  const sd = Math.sqrt(exactSum(rows.map((row) => row.n * away(row) ** 2)) / countOf(rows));
  if (!(sd > 0) || Math.max(...rows.map(({ x }) => x)) === Math.min(...rows.map(({ x }) => x)))
    return null;
  let [effect, bend] = [0, RIDGE];
  let slopes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    slopes = new Map();
    bend = RIDGE;
    for (const row of rows) {
      const z = away(row) / sd;
      const p = expit(usual(row.at).odds + effect * z);
      slopes.set(row.partner, (slopes.get(row.partner) ?? 0) + z * (row.won - row.n * p));
      bend += z * z * row.n * p * (1 - p);
    }
    effect += (exactSum([...slopes.values()]) - RIDGE * effect) / bend;
  }
  const freedom = slopes.size - 1;
  const spread = exactSum([...slopes.values()].map((one) => one * one)) * (slopes.size / freedom);
  const reach = (studentQuantile((1 + LEVEL) / 2, freedom) * Math.sqrt(spread)) / bend;
  return { usual, sd, effect, reach };
}

/** Log loss that the cautious weight takes away of a row. */
function gainOf({ usual, sd, effect }: Line, { at, x, n, won }: ProofRow): number {
  const { odds, mean } = usual(at);
  const before = expit(odds);
  const after = expit(odds + (CAUTION * effect * (x - mean)) / sd);
  const gain = (happened: boolean): number =>
    logLossOf(before, happened) - logLossOf(after, happened);
  return won * gain(true) + (n - won) * gain(false);
}

/** Gain of each partner by a weight that was learned from others only. */
function gains(rows: readonly ProofRow[], partners: readonly string[]): Map<string, number> {
  const fold = new Map(partners.map((partner, i) => [partner, i % FOLDS]));
  const found = new Map(partners.map((partner) => [partner, 0]));
  for (let k = 0; k < FOLDS; k++) {
    const line = lineOf(rows.filter(({ partner }) => fold.get(partner) !== k));
    if (line === null) continue;
    for (const row of rows)
      if (fold.get(row.partner) === k)
        found.set(row.partner, found.get(row.partner)! + gainOf(line, row));
  }
  return found;
}

/** Mean gain a deal in thousandths, with its 80% interval over partners. */
function gainInterval(
  each: ReadonlyMap<string, number>,
  rows: readonly ProofRow[],
  deals: number,
): { mean: number; low: number; high: number } {
  const mean = exactSum([...each.values()]) / deals;
  const own = Map.groupBy(rows, ({ partner }) => partner);
  const spread = exactSum(
    [...each].map(([partner, gain]) => (gain - mean * countOf(own.get(partner)!)) ** 2),
  );
  const freedom = each.size - 1;
  const reach = (BAND_Z * Math.sqrt((spread * each.size) / freedom)) / deals;
  return { mean: 1000 * mean, low: 1000 * (mean - reach), high: 1000 * (mean + reach) };
}

/**
 * Whether a metric foretells wins: its effect stands out from what unlike partners make of noise,
 * and a weight learned from some partners gains something on the others.
 */
export function proofOf(kpi: KpiProof['kpi'], given: readonly ProofRow[]): KpiProof {
  const rows = given
    .filter(({ n }) => n > 0)
    .sort((a, b) => (a.partner === b.partner ? a.at - b.at : a.partner < b.partner ? -1 : 1));
  const partners = [...new Set(rows.map(({ partner }) => partner))];
  const deals = countOf(rows);
  const counts = { kpi, deals, partners: partners.length };
  const few = deals < FEWEST_DEALS || partners.length < FEWEST_PARTNERS;
  const line = few ? null : lineOf(rows);
  if (line === null) return { ...counts, verdict: 'unproven', gain: null, effect: null };
  const { effect, reach } = line;
  const gain = gainInterval(gains(rows, partners), rows, deals);
  const stands = Math.abs(effect) > reach && gain.mean > 0;
  const verdict = !stands ? 'unproven' : effect > 0 ? 'proven' : 'harmful';
  const interval = { mean: effect, low: effect - reach, high: effect + reach };
  return { ...counts, verdict, gain, effect: interval };
}
