import type { Claim, Conflict, ConflictProposal, ConflictWord } from '../../model/credit.ts';
import { conflictProposal } from '../../predict/index.ts';
import { conflictWords } from '../../store/claim-decisions.ts';
import { partnerNames } from '../../store/credit-views.ts';
import { claimsNamed, listConflicts } from '../../store/credit.ts';
import type { Store } from '../../store/store.ts';
import { planSettings } from './plan-import.ts';
import { DAY_MS } from '../../model/time.ts';

/** Nobody decides more of them one by one. */
const MOST = 5_000;

type Side = Conflict['sides'][number] & {
  partner: string | null;
  /** Until when an approval protects it; null = it does not. */
  protectedUntilMs: number | null;
};

export interface ShownConflict {
  id: string;
  state: Conflict['state'];
  evidence: string;
  sides: Side[];
  /** Null = it is decided, or no side has a claim left. */
  proposal: ConflictProposal | null;
  /** When the second partner came, and by when it is to be decided. */
  sinceMs: number;
  dueMs: number;
  overdue: boolean;
  words: ConflictWord[];
}

export interface ConflictList {
  conflicts: ShownConflict[];
  /** Days from the second claim to the first decision; null = nothing was decided here. */
  medianDaysToDecision: number | null;
  decided: number;
}

function medianOf(days: number[]): number | null {
  const sorted = days.toSorted((a, b) => a - b);
  const at = sorted.length / 2;
  if (sorted.length === 0) return null;
  return (sorted[Math.floor(at - 0.5)]! + sorted[Math.ceil(at - 0.5)]!) / 2;
}

/** A conflict begins with the second partner that comes. */
const sinceOf = ({ sides }: Conflict): number => {
  const [first] = sides;
  return sides.find(({ partnerId }) => partnerId !== first?.partnerId)?.submittedMs ?? 0;
};

function shown(
  conflict: Conflict,
  claims: ReadonlyMap<string, Claim>,
  names: ReadonlyMap<string, string>,
  words: ConflictWord[],
  { nowMs, days }: { nowMs: number; days: number },
): ShownConflict {
  const untilOf = (id: string): number | null => claims.get(id)?.protectedUntilMs ?? null;
  const inForce = conflict.sides.filter(
    ({ registrationId }) => (untilOf(registrationId) ?? 0) > nowMs,
  );
  const sinceMs = sinceOf(conflict);
  // Whoever appeals is heard within as many days again.
  const fromMs = words.findLast(({ what }) => what === 'appealed')?.atMs ?? sinceMs;
  const dueMs = fromMs + days * DAY_MS;
  const open = conflict.state !== 'decided';
  return {
    ...{ id: conflict.id, state: conflict.state, evidence: conflict.evidence },
    sides: conflict.sides.map((side) => ({
      ...side,
      partner: names.get(side.partnerId) ?? null,
      protectedUntilMs: untilOf(side.registrationId),
    })),
    proposal: open
      ? conflictProposal(conflict, new Set(inForce.map(({ registrationId }) => registrationId)))
      : null,
    ...{ sinceMs, dueMs, overdue: open && dueMs < nowMs, words },
  };
}

/** Conflicts between partners with the proposal of the rules, what is due first. */
export async function conflictList(
  store: Store,
  connectionId: string,
  nowMs: number,
): Promise<ConflictList> {
  const { credit } = await planSettings(store, connectionId);
  const found = await listConflicts(store, connectionId, MOST);
  const sides = found.flatMap((one) => one.sides);
  const claims = await claimsNamed(
    store,
    connectionId,
    sides.map(({ registrationId }) => registrationId),
  );
  const names = await partnerNames(store, connectionId, [
    ...new Set(sides.map(({ partnerId }) => partnerId)),
  ]);
  const said = Map.groupBy(await conflictWords(store, connectionId), (word) => word.conflictId);
  const conflicts = found.map((one) =>
    shown(one, claims, names, said.get(one.id) ?? [], { nowMs, days: credit.conflictDays }),
  );
  const days = conflicts.flatMap(({ words, sinceMs }) => {
    const first = words.find(({ what }) => what === 'decided');
    return first === undefined ? [] : [Math.max(0, first.atMs - sinceMs) / DAY_MS];
  });
  return {
    conflicts: conflicts.toSorted(
      (a, b) =>
        Number(a.state === 'decided') - Number(b.state === 'decided') ||
        a.dueMs - b.dueMs ||
        (a.id < b.id ? -1 : 1),
    ),
    medianDaysToDecision: medianOf(days),
    decided: days.length,
  };
}
