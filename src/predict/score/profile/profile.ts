import type { PartnerProfile, ProfileFit, SharedTrait, Trait } from '../../../model/profile.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { studentQuantile } from '../../math/interval.ts';
import { clamp } from '../../math/numeric.ts';
import type { Known } from '../proofs.ts';
import { featuresOf, keyOf, type Feature, type Profiled } from './features.ts';
import { ridge } from './ridge.ts';
import { MEAN_YEAR_MS } from '../../../model/time.ts';

/** A trait of fewer, or of all but so few, tells of those partners alone. */
const FEWEST = 5;
/** Fewer partners have nothing in common that could be told apart from chance. */
const FEWEST_PARTNERS = 16;
/** No difference weighs as much as so many partners. */
const LEAN = 4;
/** All intervals together hold in so many of a hundred cases. */
const LEVEL = 0.97;
/** So many partners are needed for each trait that is compared. */
const PARTNERS_A_TRAIT = 4;
const PLACES = 100;
/** A number says no more beyond so many standard deviations. */
const MOST_SD = 2;

/** Places of 100 by what was won, ties sharing theirs: no whale decides. */
function placesOf(won: readonly number[]): number[] {
  const ascending = [...won].sort((a, b) => a - b);
  return won.map((one) => {
    const below = ascending.findIndex((other) => other >= one);
    const upTo = ascending.findLastIndex((other) => other <= one) + 1;
    return (PLACES * (below + upTo)) / 2 / won.length;
  });
}

interface Column extends Trait {
  xs: number[];
  n: number;
  usual: number;
  sd: number;
}

const meanOf = (values: readonly number[]): number => exactSum(values) / values.length;

/**
 * Values of each trait over partners. Who has another type has not this one; where a number is not
 * known it is taken to be usual.
 */
function columnsOf(features: readonly Feature[][]): Column[] {
  const traits = new Map(features.flat().map((one) => [keyOf(one), one]));
  const columns = [...traits]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { trait, of }]): Column[] => {
      const found = features.map((own) => own.find((one) => keyOf(one) === key)?.x ?? null);
      const known = found.flatMap((x) => x ?? []);
      const n = known.length;
      const rest = of === null ? n : features.length - n;
      if (Math.min(n, rest) < FEWEST) return [];
      const blank = of === null ? meanOf(known) : 0;
      const xs = found.map((x) => x ?? blank);
      const usual = meanOf(xs);
      const sd = Math.sqrt(exactSum(xs.map((x) => (x - usual) ** 2)) / xs.length);
      return sd > 0 ? [{ trait, of, xs, n, usual, sd }] : [];
    });
  // Those of most partners first: a few hundred regions would leave nothing to compare with.
  const most = Math.floor(features.length / PARTNERS_A_TRAIT);
  return columns.sort((a, b) => b.n - a.n).slice(0, most);
}

/**
 * What partners that won much in the last year have in common, each trait while the others stand;
 * intervals hold for all of them at once.
 */
export function profileOf(partners: readonly Known[], asOfMs: number): PartnerProfile {
  const able = partners.filter(({ signedOn }) => {
    const ms = signedOn === null ? NaN : Date.parse(signedOn.slice(0, 10));
    return !(ms > asOfMs - MEAN_YEAR_MS);
  });
  if (able.length < FEWEST_PARTNERS) return { partners: able.length, traits: [] };
  const places = placesOf(able.map(({ won }) => won));
  const columns = columnsOf(able.map((one) => featuresOf(one, asOfMs)));
  if (columns.length === 0) return { partners: able.length, traits: [] };
  const middle = meanOf(places);
  const { effects, errors, freedom } = ridge(
    columns.map(({ xs, usual, sd }) => xs.map((x) => (x - usual) / sd)),
    places.map((place) => place - middle),
    LEAN,
  );
  const each = studentQuantile(1 - (1 - LEVEL) / 2 / columns.length, freedom);
  const traits = columns.map(({ xs: _, ...column }, k): SharedTrait => {
    // Having it, or one standard deviation more of it.
    const step = column.of === null ? 1 : 1 / column.sd;
    const reach = each * errors[k]! * step;
    const mean = effects[k]! * step;
    const effect = { mean, low: mean - reach, high: mean + reach };
    return { ...column, effect, found: effect.low > 0 || effect.high < 0 };
  });
  const strength = ({ effect }: SharedTrait): number => Math.abs(effect.mean);
  return {
    partners: able.length,
    traits: traits.sort((a, b) => Number(b.found) - Number(a.found) || strength(b) - strength(a)),
  };
}

/** How well somebody fits a profile, trait by trait; what is not known of it takes nothing away. */
export function fitOf({ traits }: PartnerProfile, one: Profiled, asOfMs: number): ProfileFit {
  const found = traits.filter((trait) => trait.found);
  if (found.length === 0) return { fit: null, reasons: [] };
  const own = featuresOf(one, asOfMs);
  const known = new Set(own.map(({ trait }) => trait));
  const features = new Map(own.map((feature) => [keyOf(feature), feature.x]));
  const reasons = found.flatMap(({ effect, usual, sd, ...trait }) => {
    if (!known.has(trait.trait)) return [];
    const x = features.get(keyOf(trait)) ?? 0;
    const away = trait.of === null ? clamp((x - usual) / sd, -MOST_SD, MOST_SD) : x - usual;
    return [{ trait: trait.trait, of: trait.of, points: effect.mean * away }];
  });
  const sum = PLACES / 2 + exactSum(reasons.map(({ points }) => points));
  return { fit: clamp(sum, 0, PLACES), reasons };
}
