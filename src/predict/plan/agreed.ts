import type { PlanFacts, PlanRevisionFacts, PlanTerms, TargetFacts } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { planStanding } from './standing.ts';

/** The plan that both sides are held to, and what has been changed since without an approval. */
export interface AgreedPlan {
  plan: PlanFacts;
  /** Revision that is in force; null = the plan has no memory yet, and stands as it is. */
  revision: number | null;
  /** The newest revision known by then, where it is a later one that nobody approved. */
  proposed: PlanRevisionFacts | null;
}

/** Goals and weights as the terms say; what has been reached stays with the target's id. */
function withTerms(plan: PlanFacts, terms: PlanTerms): PlanFacts {
  const now = new Map(plan.targets.map((target) => [target.id, target]));
  const done = new Map(plan.milestones.map((milestone) => [milestone.id, milestone]));
  return {
    ...plan,
    name: terms.name,
    startOn: terms.startOn,
    endOn: terms.endOn,
    targets: terms.targets.map(
      (target): TargetFacts => ({ ...target, actual: now.get(target.id)?.actual ?? null }),
    ),
    milestones: terms.milestones.map((milestone) => ({
      ...milestone,
      doneOn: done.get(milestone.id)?.doneOn ?? null,
    })),
  };
}

/**
 * The plan as agreed when its period began: the last revision by the start of the period,
 * else the first that both sides stood behind; a later revision counts from the moment
 * somebody approved it. So lowering a goal in mid-period moves no score, and yesterday's
 * result is not changed by today's edit.
 */
export function agreedPlan(plan: PlanFacts, asOfMs: number, timeZone: string): AgreedPlan {
  const revisions = plan.revisions ?? [];
  const seen = revisions.filter((revision) => revision.atMs <= asOfMs);
  const known = seen.length > 0 ? seen : revisions.slice(0, 1);
  const newest = known.at(-1);
  if (newest === undefined) return { plan, revision: null, proposed: null };
  const agreed = known.filter(({ terms }) => planStanding(terms.status) === 'agreed');
  const candidates = agreed.length > 0 ? agreed : known;
  let inForce = candidates[0]!;
  const startMs = dayStart(inForce.terms.startOn, timeZone) ?? -Infinity;
  for (const revision of candidates)
    if (revision.atMs <= startMs || (revision.approvedMs !== null && revision.approvedMs <= asOfMs))
      inForce = revision;
  // Putting an agreed plan back to draft ends it only when that was approved.
  const withdrawn = known.find(
    ({ revision, terms, approvedMs }) =>
      revision > inForce.revision &&
      planStanding(terms.status) !== 'agreed' &&
      approvedMs !== null &&
      approvedMs <= asOfMs,
  );
  return {
    plan: { ...withTerms(plan, inForce.terms), status: (withdrawn ?? inForce).terms.status },
    revision: inForce.revision,
    proposed: newest.revision > inForce.revision && differs(newest, inForce) ? newest : null,
  };
}

/** A change of the status alone proposes nothing. */
const differs = (a: PlanRevisionFacts, b: PlanRevisionFacts): boolean =>
  JSON.stringify({ ...a.terms, status: null }) !== JSON.stringify({ ...b.terms, status: null });
