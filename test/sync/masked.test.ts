import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { CrmSession } from '../../src/model/connector.ts';
import { fieldOf } from '../../src/sandbox/salesforce/http/field-metadata.ts';
import { listIssues } from '../../src/store/issues.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

const FIELD = 'TaxId__c';

/** Classic encryption: a text that users without "View Encrypted Data" read as a mask. */
describe('an encrypted field', () => {
  let lab: Lab;
  let session: CrmSession;
  let setId = '';
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30 });
    const { org } = lab.sandbox;
    const metadata = { type: 'EncryptedText', label: 'Tax number', length: 20 };
    org.createField('Account', fieldOf(FIELD, { ...metadata, maskType: 'ssn', maskChar: 'X' }));
    const set = org.insert(org.admin, 'PermissionSet', { Name: 'Tax', Label: 'Tax' });
    if (!set.ok) throw new Error(JSON.stringify(set.faults));
    setId = set.id;
    org.grantField(setId, 'Account', FIELD, { edit: true });
    for (const { id } of org.users().filter(({ active }) => active))
      org.insert(org.admin, 'PermissionSetAssignment', { AssigneeId: id, PermissionSetId: setId });
    for (const row of org.table('Account').values()) row[FIELD] = '123456789';
    const { connectorDeps } = lab.deps();
    session = await lab.connector.open(lab.connection.settings, lab.secrets, connectorDeps);
    await lab.sync({ dryRun: true });
    lab.mapping.text = lab.mapping.text.replace('region: BillingCountry', `region: ${FIELD}`);
  });
  afterAll(async () => {
    await session.close();
    await lab.close();
  });
  const regions = async (): Promise<(string | null)[]> =>
    (await lab.store.db.query.partners.findMany())
      .filter(({ deleted }) => deleted === 0)
      .map(({ region }) => region);
  const said = async (text: string): Promise<string[]> =>
    (await prepareMapping(session, text, 'salesforce')).faults.map(({ message }) => message);

  const then = story('is named, hidden and read as it should be');
  then('is named by check, which refuses to filter by it', async () => {
    const found = await said(lab.mapping.text);
    expect(found.filter((words) => words.includes(`\`${FIELD}\` is encrypted`))).toHaveLength(1);
    const pulled = lab.mapping.text.replace(
      '  partner:\n    object: Account\n',
      `  partner:\n    object: Account\n    pull: [{ field: ${FIELD}, op: eq, value: "123456789" }]\n`,
    );
    expect((await said(pulled)).join('\n')).toContain(
      `\`${FIELD}\` of \`Account\` is encrypted, and cannot be filtered on in the CRM`,
    );
  });

  then('shows a mask, which is refused with a cure and never taken for a value', async () => {
    await lab.sync({ full: true });
    const masked = (await listIssues(lab.store, 'lab', 1000)).filter(
      ({ entity, message }) => entity === 'partner' && message.includes('mask ("XXX-XX-6789")'),
    );
    expect(masked.length).toBeGreaterThan(3);
    expect(masked[0]!.message).toContain('the right to view encrypted data');
    expect((await regions()).filter((region) => region?.includes('X'))).toEqual([]);
  });

  then('is read by a user who may see it', async () => {
    const { org } = lab.sandbox;
    org.update(org.admin, 'PermissionSet', setId, { PermissionsViewEncryptedData: true });
    await lab.sync({ full: true });
    expect(new Set(await regions())).toEqual(new Set(['123456789']));
  });
});
