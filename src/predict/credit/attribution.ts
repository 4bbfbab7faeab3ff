import { DAY_MS } from '../math/time.ts';
import { ATTRIBUTION_HALF_LIFE_DAYS } from '../tuning.ts';

/** Something a partner did for a deal before it was won. */
export interface Touch {
  partnerId: string;
  rule: string;
  /** When it happened, as far as that is known. */
  atMs: number;
}

/** What the W model marks on a deal's way besides the first and the last touch. */
interface Way {
  createdMs: number;
}

type Weigh = (times: readonly number[], way: Way) => number[];

const even = (count: number): number[] => Array.from({ length: count }, () => 1 / count);

/** A share for each marked place and the rest evenly over what lies between. */
function marked(count: number, marks: readonly [place: number, share: number][]): number[] {
  const weights = Array.from({ length: count }, () => 0);
  const places = new Set(marks.map(([place]) => place));
  for (const [place, share] of marks) weights[place]! += share;
  const between = weights.map((_, i) => i).filter((i) => !places.has(i));
  const rest = 1 - marks.reduce((sum, [, share]) => sum + share, 0);
  for (const i of between) weights[i]! += rest / between.length;
  // Without anything between, the marked places share the rest as they share the whole.
  return between.length > 0 ? weights : weights.map((weight) => weight / (1 - rest));
}

/**
 * The models by which touches share a deal, in the order of their time. Each gives weights that sum
 * to one. U: 40% each for the first and the last, 20% between. W: 30% each for the first, the one
 * nearest to the deal's creation and the last, 10% between.
 */
export const ATTRIBUTION = {
  first: (times) => times.map((_, i) => (i === 0 ? 1 : 0)),
  last: (times) => times.map((_, i) => (i === times.length - 1 ? 1 : 0)),
  linear: (times) => even(times.length),
  u: (times) => {
    if (times.length === 1) return [1];
    return marked(times.length, [
      [0, 0.4],
      [times.length - 1, 0.4],
    ]);
  },
  w: (times, { createdMs }) => {
    if (times.length === 1) return [1];
    if (times.length === 2) return [0.5, 0.5];
    const inner = times.map((_, i) => i).slice(1, -1);
    const middle = inner.reduce((best, i) =>
      Math.abs(times[i]! - createdMs) < Math.abs(times[best]! - createdMs) ? i : best,
    );
    return marked(times.length, [
      [0, 0.3],
      [middle, 0.3],
      [times.length - 1, 0.3],
    ]);
  },
  timeDecay: (times) => {
    // Counted from the last touch: the win only scales them all, and no weight gets lost that way.
    const last = Math.max(...times);
    const raw = times.map((at) => 2 ** ((at - last) / DAY_MS / ATTRIBUTION_HALF_LIFE_DAYS));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return raw.map((weight) => weight / total);
  },
} as const satisfies Record<string, Weigh>;

export type AttributionModel = keyof typeof ATTRIBUTION;

/** Each partner's share of a deal by a model; who has no touch has no share. Empty without any. */
export function attribute(
  model: AttributionModel,
  touches: readonly Touch[],
  way: Way,
): Map<string, number> {
  const sorted = [...touches].sort(
    (a, b) =>
      a.atMs - b.atMs || (a.partnerId < b.partnerId ? -1 : a.partnerId > b.partnerId ? 1 : 0),
  );
  const shares = new Map<string, number>();
  if (sorted.length === 0) return shares;
  const weights = (ATTRIBUTION[model] as Weigh)(
    sorted.map((touch) => touch.atMs),
    way,
  );
  sorted.forEach(({ partnerId }, i) =>
    shares.set(partnerId, (shares.get(partnerId) ?? 0) + weights[i]!),
  );
  return shares;
}
