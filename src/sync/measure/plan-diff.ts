import { canonicalJson } from '../../model/canonical.ts';
import type { PlanTerms } from '../../model/facts.ts';

/** One difference between two revisions of a plan. */
export interface TermChange {
  what: string;
  before: string | null;
  after: string | null;
}

const PLAIN = ['name', 'startOn', 'endOn', 'status', 'ownerId', 'partnerOwner'] as const;
const said = (value: unknown): string | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'object'
      ? canonicalJson(value)
      : String(value);

/**
 * What differs between two revisions, in the order of the plan: its own fields, targets,
 * milestones.
 */
export function changedTerms(before: PlanTerms, after: PlanTerms): TermChange[] {
  const own = PLAIN.map((field) => ({
    what: field,
    before: said(before[field]),
    after: said(after[field]),
  }));
  const targets = paired(before.targets, after.targets).flatMap(({ label, from, to }) =>
    (['goal', 'weight', 'metric', 'side', 'above', 'definition'] as const).map((field) => ({
      what: `${label}: ${field}`,
      before: said(from?.[field]),
      after: said(to?.[field]),
    })),
  );
  const milestones = paired(before.milestones, after.milestones).flatMap(({ label, from, to }) =>
    (['dueOn', 'side'] as const).map((field) => ({
      what: `${label}: ${field}`,
      before: said(from?.[field]),
      after: said(to?.[field]),
    })),
  );
  return [...own, ...targets, ...milestones].filter((change) => change.before !== change.after);
}

/** Parts of both revisions by id. */
function paired<T extends { id: string; label: string }>(
  before: readonly T[],
  after: readonly T[],
): { label: string; from: T | undefined; to: T | undefined }[] {
  const ids = new Set([...before, ...after].map((one) => one.id));
  return [...ids].map((id) => {
    const from = before.find((one) => one.id === id);
    const to = after.find((one) => one.id === id);
    return { label: (to ?? from)!.label, from, to };
  });
}
