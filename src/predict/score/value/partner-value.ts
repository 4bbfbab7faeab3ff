import { exp, log } from '../../../model/real-math.ts';
import { clamp, normalCdf } from '../../math/numeric.ts';
import { sellingAhead, type SellingHistory, type Spread } from './dropout.ts';

/** What a partner won in each whole quarter, the earliest first. */
export interface QuarterlyWins {
  amounts: readonly number[];
}

/** Money of a quarter with a win: its mean, and its spread as a share of the mean. */
export interface WinSize {
  mean: number;
  variation: number;
}

export interface Valued {
  mean: number;
  /** 10th and 90th percentile. */
  low: number;
  high: number;
}

export interface PartnerValue {
  /** Won in the next four and twelve quarters, discounted. */
  value1y: Valued;
  value3y: Valued;
  /** Chance that it has not stopped selling, and that it ever wins anything again. */
  active: number;
  again: number;
  /** Mean number of quarters with a win among the next four. */
  quartersAhead: number;
  /** What the last four quarters brought: the plain guess beside it. */
  lastYear: number;
  history: SellingHistory;
}

/** So many quarters' worth does the size usual among partners weigh beside a partner's own. */
const SIZE_QUARTERS = 3;
const YEAR_QUARTERS = 4;
const THREE_YEARS = 12;
/** Halvings of the range in which a percentile lies: to a thousandth of the mean and finer. */
const HALVINGS = 40;
/** Above any percentile that is asked for: so many times what every quarter would bring. */
const BEYOND = 20;

export function historyOf({ amounts }: QuarterlyWins): SellingHistory {
  return {
    quarters: amounts.length,
    wins: amounts.filter((amount) => amount > 0).length,
    last: amounts.findLastIndex((amount) => amount > 0) + 1,
  };
}

/** The usual money of a quarter with a win. */
export function winSizeOf(all: readonly QuarterlyWins[]): WinSize {
  const won = all.flatMap(({ amounts }) => amounts.filter((amount) => amount > 0));
  if (won.length === 0) return { mean: 0, variation: 1 };
  const mean = won.reduce((sum, amount) => sum + amount, 0) / won.length;
  // Within partners: what one's own quarters differ by, not what large and small ones do.
  const [square, freedom] = all.reduce(
    ([sum, n], { amounts }) => {
      const own = amounts.filter((amount) => amount > 0);
      const m = own.reduce((a, b) => a + b, 0) / Math.max(1, own.length);
      const around = own.reduce((a, b) => a + (b / m - 1) ** 2, 0);
      return [sum + around, n + Math.max(0, own.length - 1)];
    },
    [0, 0],
  );
  return { mean, variation: freedom > 0 ? Math.sqrt(square / freedom) : 1 };
}

/** Chance that a gamma of this mean and variance is below `x` (Wilson and Hilferty 1931). */
function gammaCdf(x: number, mean: number, variance: number): number {
  if (x <= 0 || mean <= 0) return x >= 0 && mean <= 0 ? 1 : 0;
  const c = variance / (9 * mean * mean);
  return normalCdf((exp(log(x / mean) / 3) - 1 + c) / Math.sqrt(c));
}

/** Percentile of money won in a random number of quarters. */
function percentile(q: number, counts: readonly number[], size: WinSize, own: number): number {
  const below = (x: number): number =>
    counts.reduce((sum, chance, n) => {
      if (n === 0) return sum + chance;
      // Quarters differ among each other, and the partner's own mean is known from few.
      const variance = (n + (n * n) / (SIZE_QUARTERS + own)) * (size.mean * size.variation) ** 2;
      return sum + chance * gammaCdf(x, n * size.mean, variance);
    }, 0);
  let [low, high] = [0, BEYOND * (counts.length - 1) * size.mean];
  if (below(0) >= q) return 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (below(middle) < q) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * What a partner is worth: quarters with a win ahead, times the money of such a quarter, its own
 * leaning on what is usual; `discount` a year. Growth is not taken for granted: none is added.
 */
export function partnerValue(
  given: QuarterlyWins,
  spread: Spread,
  usual: WinSize,
  discount: number,
): PartnerValue {
  const history = historyOf(given);
  const own = history.wins;
  const won = given.amounts.reduce((sum, amount) => sum + amount, 0);
  const mean = (SIZE_QUARTERS * usual.mean + won) / (SIZE_QUARTERS + own);
  const size = { mean, variation: usual.variation };
  const valued = (quarters: number): Valued & { quartersAhead: number } => {
    const { counts, wins } = sellingAhead(history, spread, quarters);
    const plain = wins.reduce((sum, chance) => sum + chance, 0);
    const now = wins.reduce(
      (sum, chance, q) => sum + chance * exp((-log(1 + discount) * (q + 0.5)) / YEAR_QUARTERS),
      0,
    );
    const off = plain > 0 ? now / plain : 1;
    return {
      mean: now * mean,
      low: off * percentile(0.1, counts, size, own),
      high: off * percentile(0.9, counts, size, own),
      quartersAhead: plain,
    };
  };
  const { quartersAhead, ...value1y } = valued(YEAR_QUARTERS);
  const { quartersAhead: _, ...value3y } = valued(THREE_YEARS);
  const { active, again } = sellingAhead(history, spread, YEAR_QUARTERS);
  return {
    value1y,
    value3y,
    active: clamp(active, 0, 1),
    again: clamp(again, 0, 1),
    quartersAhead,
    lastYear: given.amounts.slice(-YEAR_QUARTERS).reduce((sum, amount) => sum + amount, 0),
    history,
  };
}
