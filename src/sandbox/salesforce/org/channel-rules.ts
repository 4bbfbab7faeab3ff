/** Partner funds: totals of a request follow its claims. */
import type { OrgCore } from './core.ts';
import type { Row } from '../org-types.ts';
import { writeQuietly } from './saving.ts';
import type { ObjectRules } from './saving.ts';

function total(core: OrgCore, requestId: unknown): void {
  const request = core.get('PartnerFundRequest', requestId);
  if (!request) return;
  const claims = core.rowsBy(core.must('PartnerFundClaim'), 'RequestId', String(requestId));
  const sum = (states: readonly string[]): number | null => {
    const counted = claims.filter((claim) => states.includes(String(claim['Status'])));
    return counted.length === 0 ? null : counted.reduce((amount, claim) => amount + Number(claim['Amount'] ?? 0), 0);
  };
  writeQuietly(core, 'PartnerFundRequest', request, { TotalApprovedFcs: sum(['Approved', 'Paid']), TotalReimbursedFcs: sum(['Paid']) });
}

export const fundClaimRules: ObjectRules = {
  after: (saving, row) => { for (const id of new Set([row['RequestId'], saving.previous?.['RequestId']])) total(saving.core, id); },
  removed: (core: OrgCore, row: Row) => total(core, row['RequestId']),
};
