import type { Conflict, ConflictProposal, ConflictRule } from '../../model/credit.ts';

type Side = Conflict['sides'][number];

/** What a rule asks of a side, the strongest first; the earliest side that meets it is proposed. */
const RULES: readonly [rule: ConflictRule, holds: (side: Side, protectedIds: Ids) => boolean][] = [
  [
    'protected',
    ({ registrationId, status }, ids) => status === 'approved' && ids.has(registrationId),
  ],
  ['approved', ({ status }) => status === 'approved'],
  ['first', ({ status }) => status !== 'rejected' && status !== 'expired'],
];
type Ids = ReadonlySet<string>;

/**
 * For whom the rules would decide: an approval whose protection is in force, then any approval, then
 * whoever registered first. `protectedIds` = registrations that are protected now; null = no side
 * has a claim left.
 */
export function conflictProposal(
  { sides }: Pick<Conflict, 'sides'>,
  protectedIds: Ids,
): ConflictProposal | null {
  const inOrder = sides.toSorted(
    (a, b) => a.submittedMs - b.submittedMs || (a.registrationId < b.registrationId ? -1 : 1),
  );
  for (const [rule, holds] of RULES) {
    const side = inOrder.find((one) => holds(one, protectedIds));
    if (side !== undefined)
      return { partnerId: side.partnerId, registrationId: side.registrationId, rule };
  }
  return null;
}
