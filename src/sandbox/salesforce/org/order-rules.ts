/** What the server fills in on quotes and orders. */
import type { SalesforceFault } from '../org-types.ts';
import { fault } from './faults.ts';
import { changes } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

const DRAFT = 'Draft';
const ACTIVATED = 'Activated';

/** An offer is made to the account of its opportunity. */
function beforeQuote({ core, changes: set }: Saving): SalesforceFault[] {
  if (set['OpportunityId'] !== undefined)
    set['AccountId'] = core.get('Opportunity', set['OpportunityId'])?.['AccountId'] ?? null;
  return [];
}

/** An order is entered as a draft and activated afterwards; who did it and when is kept. */
function beforeOrder(saving: Saving): SalesforceFault[] {
  const { changes: set, previous, atMs, user } = saving;
  if (previous === null) set['Status'] ??= DRAFT;
  if (!changes(saving, 'Status')) return [];
  if (previous === null && set['Status'] === ACTIVATED && !saving.seeding)
    return [
      fault(
        'FAILED_ACTIVATION',
        'Choose a valid order status and save your changes. Ask your salesforce.com admin to check order status values if the changes do not save.',
        ['Status'],
      ),
    ];
  const active = set['Status'] === ACTIVATED;
  set['StatusCode'] = active ? ACTIVATED : DRAFT;
  set['ActivatedDate'] = active ? atMs : null;
  set['ActivatedById'] = active ? user.id : null;
  return [];
}

export const quoteRules: ObjectRules = { before: beforeQuote };
export const orderRules: ObjectRules = { before: beforeOrder };
