import type { NextAction } from '../../model/score.ts';
import type { Playbook } from '../../model/playbook.ts';
import { ACTIONS_PER_OWNER } from '../tuning.ts';

/** An action that could be shown to the owner of a partner or deal. */
export interface Candidate {
  kind: 'partner' | 'deal';
  object: string;
  id: string;
  ownerId: string | null;
  action: NextAction;
}

const byMoney = (a: Candidate, b: Candidate): number =>
  b.action.stake - a.action.stake ||
  (a.kind === b.kind ? (a.id < b.id ? -1 : 1) : a.kind < b.kind ? 1 : -1);

/** What to do with the budgets that are left; what cannot be paid any more gives way. */
function paid(action: NextAction | null, left: Map<string, number>): NextAction | null {
  if (action === null) return null;
  if (action.offer === null) return action;
  const budget = left.get(action.offer.id) ?? 0;
  if (budget < action.offer.amount) return paid(action.instead, left);
  left.set(action.offer.id, budget - action.offer.amount);
  return { ...action, instead: null };
}

/**
 * The few actions that are shown today: an owner's by money at stake, a few each; over all owners
 * no incentive is offered beyond its budget.
 */
export function chooseActions(
  candidates: readonly Candidate[],
  { incentives }: Pick<Playbook, 'incentives'>,
): Candidate[] {
  const left = new Map(incentives.map(({ id, budget }) => [id, budget]));
  const shown = new Map<string | null, number>();
  return [...candidates].sort(byMoney).flatMap((candidate) => {
    const count = shown.get(candidate.ownerId) ?? 0;
    if (count >= ACTIONS_PER_OWNER) return [];
    const action = paid(candidate.action, left);
    if (action === null) return [];
    shown.set(candidate.ownerId, count + 1);
    return [{ ...candidate, action }];
  });
}
