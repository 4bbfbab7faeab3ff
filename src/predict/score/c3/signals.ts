import { dictionary } from '../../../model/own-kpi.ts';
import type { KpiProof, LeadingId } from '../../../model/proof.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { countedOr0, type Known } from '../proofs.ts';
import { COUNT, SHARE, standings } from './norm.ts';

/** These have a part of their own. */
const APART: readonly LeadingId[] = [
  'certified_people',
  'certification_depth',
  'plan_participation',
];

const unitOf = (kpi: LeadingId): string | undefined => dictionary().get(kpi)?.unit ?? 'count';

/** Standings in one leading metric. */
export const signalStandings = (all: readonly Known[], kpi: LeadingId): (number | null)[] =>
  standings(
    all,
    ({ now }) => countedOr0(now[kpi], unitOf(kpi)),
    unitOf(kpi) === 'share' ? SHARE : COUNT,
  );

/** Mean standing in the signals whose proof holds; all null where none does. */
export function provenSignals(
  all: readonly Known[],
  proofs: readonly KpiProof[],
): (number | null)[] {
  const proven = proofs
    .filter(({ kpi, verdict }) => verdict === 'proven' && !APART.includes(kpi))
    .map(({ kpi }) => signalStandings(all, kpi));
  return all.map((_, i) => {
    const own = proven.flatMap((one) => one[i] ?? []);
    return own.length === 0 ? null : exactSum(own) / own.length;
  });
}
