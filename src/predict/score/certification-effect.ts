import type { LeadingQuarter } from '../../model/proof.ts';
import type { CertificationEffect } from '../../model/training-effect.ts';
import { exactSum } from '../math/exact-sum.ts';
import { studentQuantile } from '../math/interval.ts';

/** With fewer partners on either side chance decides. */
const FEWEST = 6;
/** Of the interval. */
const LEVEL = 0.8;

interface Followed {
  id: string;
  quarters: readonly LeadingQuarter[];
  /** Start of the first quarter that began with a certificate; null = none did. */
  sinceMs: number | null;
}

const heldIn = ({ values }: LeadingQuarter): boolean => (values.certified_people ?? 0) > 0;

/** Partners that began without a certificate: of the others nobody knows how it was before. */
function followed(
  partners: readonly { id: string; leading: readonly LeadingQuarter[] }[],
): Followed[] {
  return partners.flatMap(({ id, leading }) => {
    const quarters = leading.toSorted((a, b) => a.startMs - b.startMs);
    const [first] = quarters;
    if (first === undefined || heldIn(first)) return [];
    return [{ id, quarters, sinceMs: quarters.find(heldIn)?.startMs ?? null }];
  });
}

interface Counts {
  n: number;
  won: number;
}
const countsOf = (quarters: readonly LeadingQuarter[]): Counts => ({
  n: exactSum(quarters.map(({ n }) => n)),
  won: exactSum(quarters.map(({ won }) => won)),
});

/** Win rate after less that before; null = no deals on one side. */
function change(quarters: readonly LeadingQuarter[], sinceMs: number) {
  const [before, after] = [
    countsOf(quarters.filter(({ startMs }) => startMs < sinceMs)),
    countsOf(quarters.filter(({ startMs }) => startMs >= sinceMs)),
  ];
  if (before.n === 0 || after.n === 0) return null;
  const by = after.won / after.n - before.won / before.n;
  // Weighs as much as the smaller side can tell.
  const weight = 1 / (1 / before.n + 1 / after.n);
  return { by, weight, before: before.n, after: after.n };
}

/** Mean of changes that weigh as much as they can tell. */
const meanOf = (of: readonly { by: number; weight: number }[]): number =>
  exactSum(of.map(({ by, weight }) => by * weight)) / exactSum(of.map(({ weight }) => weight));

/**
 * The change at each partner that was certified, beyond the change over the same quarters at
 * partners that had no certificate in any of them: a trend of all is no effect, and what partners
 * were like before neither. The interval is Student's over partners, since the deals of one are one
 * witness together.
 */
export function certificationEffect(
  partners: readonly { id: string; leading: readonly LeadingQuarter[] }[],
): CertificationEffect {
  const all = followed(partners);
  const never = all.filter(({ sinceMs }) => sinceMs === null);
  const found = all.flatMap(({ quarters, sinceMs }) => {
    if (sinceMs === null) return [];
    const own = change(quarters, sinceMs);
    const beside = never.flatMap((one) => change(one.quarters, sinceMs) ?? []);
    return own === null || beside.length < FEWEST ? [] : [{ ...own, by: own.by - meanOf(beside) }];
  });
  const counts = {
    ...{ partners: found.length, others: never.length },
    before: exactSum(found.map(({ before }) => before)),
    after: exactSum(found.map(({ after }) => after)),
  };
  if (found.length < FEWEST) return { ...counts, effect: null };
  const mean = meanOf(found);
  const weights = exactSum(found.map(({ weight }) => weight));
  const spread = exactSum(found.map(({ by, weight }) => (weight * (by - mean)) ** 2));
  // The others are the same for all of them: their own chance is in every difference alike.
  const changes = never.flatMap(({ quarters }) => change(quarters, middleOf(quarters)) ?? []);
  const shared = changes.length < 2 ? 0 : varianceOf(changes);
  const n = found.length;
  const variance = (spread / weights ** 2) * (n / (n - 1)) + shared;
  const reach = studentQuantile((1 + LEVEL) / 2, n - 1) * Math.sqrt(variance);
  return { ...counts, effect: { mean, low: mean - reach, high: mean + reach } };
}

const middleOf = (quarters: readonly LeadingQuarter[]): number =>
  quarters[Math.ceil(quarters.length / 2)]?.startMs ?? Infinity;

/** Of the mean of changes. */
function varianceOf(changes: readonly { by: number; weight: number }[]): number {
  const mean = meanOf(changes);
  const weights = exactSum(changes.map(({ weight }) => weight));
  return exactSum(changes.map(({ by, weight }) => (weight * (by - mean)) ** 2)) / weights ** 2;
}
