/**
 * Partner relationship management: a partner account names its programme, and totals of a fund
 * request follow its claims.
 */
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
    return counted.length === 0
      ? null
      : counted.reduce((amount, claim) => amount + Number(claim['Amount'] ?? 0), 0);
  };
  writeQuietly(core, 'PartnerFundRequest', request, {
    TotalApprovedFcs: sum(['Approved', 'Paid']),
    TotalReimbursedFcs: sum(['Paid']),
  });
}

/** A partner account shows the programme and level of its latest membership. */
function nameProgramme(core: OrgCore, partnerId: unknown): void {
  const account = core.get('Account', partnerId);
  if (!account) return;
  const members = core.rowsBy(core.must('ChannelProgramMember'), 'PartnerId', String(partnerId));
  const latest = members.sort((a, b) => (String(a['Id']) < String(b['Id']) ? -1 : 1)).at(-1);
  const nameOf = (object: string, id: unknown): Row[string] =>
    core.get(object, id)?.['Name'] ?? null;
  writeQuietly(core, 'Account', account, {
    ChannelProgramName: nameOf('ChannelProgram', latest?.['ProgramId']),
    ChannelProgramLevelName: nameOf('ChannelProgramLevel', latest?.['LevelId']),
  });
}

export const programmeMemberRules: ObjectRules = {
  after: (saving, row) => {
    for (const id of new Set([row['PartnerId'], saving.previous?.['PartnerId']]))
      nameProgramme(saving.core, id);
  },
  removed: (core: OrgCore, row: Row) => nameProgramme(core, row['PartnerId']),
};

export const fundClaimRules: ObjectRules = {
  after: (saving, row) => {
    for (const id of new Set([row['RequestId'], saving.previous?.['RequestId']]))
      total(saving.core, id);
  },
  removed: (core: OrgCore, row: Row) => total(core, row['RequestId']),
};
