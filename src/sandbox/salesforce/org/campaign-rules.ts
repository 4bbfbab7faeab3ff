/** Campaigns are born with two member states; a member's response follows from its state. */
import type { Row, SalesforceFault } from '../org-types.ts';
import { duplicateValue, fault } from './faults.ts';
import { changes, serverInsert, valueOf } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

export const campaignRules: ObjectRules = {
  after(saving, row) {
    if (saving.previous !== null) return;
    const states: [string, boolean, boolean][] = [
      ['Sent', true, false],
      ['Responded', false, true],
    ];
    states.forEach(([label, isDefault, responded], index) =>
      serverInsert(
        saving.core,
        'CampaignMemberStatus',
        {
          CampaignId: row['Id'] ?? null,
          Label: label,
          SortOrder: index + 1,
          IsDefault: isDefault,
          HasResponded: responded,
        },
        saving.user.id,
        saving.atMs,
      ),
    );
  },
};

function statesOf(saving: Saving): Row[] {
  const campaignId = valueOf(saving, 'CampaignId');
  return typeof campaignId === 'string'
    ? saving.core.rowsBy(saving.core.must('CampaignMemberStatus'), 'CampaignId', campaignId)
    : [];
}

function twin(saving: Saving): Row | undefined {
  const { core, object } = saving;
  const campaignId = valueOf(saving, 'CampaignId');
  for (const name of ['ContactId', 'LeadId']) {
    const personId = saving.changes[name];
    if (typeof personId !== 'string') continue;
    const found = core
      .rowsBy(object, name, personId)
      .find((row) => row['CampaignId'] === campaignId && row['Id'] !== saving.previous?.['Id']);
    if (found) return found;
  }
  return undefined;
}

function beforeMember(saving: Saving): SalesforceFault[] {
  const set = saving.changes;
  if (saving.previous === null)
    set['Status'] ??=
      statesOf(saving).find((state) => state['IsDefault'] === true)?.['Label'] ?? 'Sent';
  if (changes(saving, 'Status') && set['HasResponded'] === undefined)
    set['HasResponded'] = statesOf(saving).some(
      (state) => state['Label'] === set['Status'] && state['HasResponded'] === true,
    );
  if (set['HasResponded'] === true && valueOf(saving, 'FirstRespondedDate') === null)
    set['FirstRespondedDate'] = new Date(saving.atMs).toISOString().slice(0, 10);
  if (saving.seeding) return [];
  if (valueOf(saving, 'ContactId') === null && valueOf(saving, 'LeadId') === null)
    return [
      fault('FIELD_INTEGRITY_EXCEPTION', 'Either a lead or a contact must be specified', [
        'LeadId',
        'ContactId',
      ]),
    ];
  const other = twin(saving);
  return other
    ? [
        {
          ...duplicateValue('CampaignMember', String(other['Id'])),
          message: 'Already a campaign member.',
        },
      ]
    : [];
}

export const campaignMemberRules: ObjectRules = { before: beforeMember };
