/** Whether both sides have agreed to a plan, by the status that the mapping gives it. */
export type PlanStanding = 'agreed' | 'draft' | 'rejected';

/**
 * A mapping may give these words or map its own to them; a plan without a status, or in
 * any other, stands as agreed.
 */
const STANDINGS: Readonly<Record<string, PlanStanding>> = {
  draft: 'draft',
  proposed: 'draft',
  new: 'draft',
  pending: 'draft',
  'in review': 'draft',
  'under review': 'draft',
  submitted: 'draft',
  rejected: 'rejected',
  declined: 'rejected',
  cancelled: 'rejected',
  canceled: 'rejected',
  withdrawn: 'rejected',
};

export const planStanding = (status: string | null): PlanStanding =>
  STANDINGS[(status ?? '').trim().toLowerCase().replaceAll(/[_-]+/g, ' ')] ?? 'agreed';
