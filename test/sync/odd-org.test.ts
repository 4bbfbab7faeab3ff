import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmSession } from '../../src/model/connector.ts';
import { listIssues } from '../../src/store/issues.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openLab, type Lab } from './lab.ts';

const RESELLER = 'Channel Partner / Reseller';

/** What admins do to an org in the course of years, through the sandbox's set-up. */
describe('an org with a past', { timeout: 60_000 }, () => {
  let lab: Lab;
  let session: CrmSession;
  /** Describe calls are cached for the life of a session. */
  const reopen = async (): Promise<void> => {
    const { connectorDeps } = lab.deps();
    session = await lab.connector.open(lab.connection.settings, lab.secrets, connectorDeps);
  };
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30 });
    await reopen();
  });
  afterAll(async () => {
    await session.close();
    await lab.close();
  });
  const partners = async (): Promise<number> =>
    (await lab.store.db.query.partners.findMany()).filter(({ deleted }) => deleted === 0).length;
  const said = async (text: string): Promise<string[]> =>
    (await prepareMapping(session, text, 'salesforce')).faults.map(({ message }) => message);

  it('a picklist value out of use still makes partners of the rows that hold it, and check says nothing against it', async () => {
    await lab.sync({ dryRun: true });
    const before = await partners();
    expect(before).toBeGreaterThan(3);
    await lab.control('POST', '/setup', [
      { op: 'picklistValue', object: 'Account', field: 'Type', value: RESELLER, active: false },
    ]);
    await reopen();
    await lab.sync({ dryRun: true, full: true });
    expect(await partners()).toBe(before);
    expect(lab.mapping.text).toContain(RESELLER);
    expect((await said(lab.mapping.text)).filter((words) => words.includes(RESELLER))).toEqual([]);
    const typo = lab.mapping.text.replaceAll(RESELLER, 'Chanel Partner / Reseller');
    expect((await said(typo)).filter((words) => words.includes('Chanel')).length).toBeGreaterThan(
      0,
    );
  });

  describe('an encrypted field', () => {
    const text = (): string =>
      lab.mapping.text.replace('region: BillingCountry', 'region: TaxId__c');
    const regions = async (): Promise<(string | null)[]> =>
      (await lab.store.db.query.partners.findMany())
        .filter(({ deleted }) => deleted === 0)
        .map(({ region }) => region);
    beforeAll(async () => {
      const { org } = lab.sandbox;
      const account = org.object('Account')!;
      const phone = account.fields.find(({ name }) => name === 'AccountNumber')!;
      account.fields.push({
        ...phone,
        name: 'TaxId__c',
        label: 'Tax number',
        type: 'encryptedstring',
        custom: true,
        filterable: false,
        sortable: false,
        maskType: 'ssn',
        maskChar: 'X',
      });
      for (const row of org.table('Account').values()) row['TaxId__c'] = '123456789';
      await reopen();
    });

    it('is named by check, which refuses to filter by it', async () => {
      const found = await said(text());
      expect(found.filter((words) => words.includes('`TaxId__c` is encrypted'))).toHaveLength(1);
      const pulled = text().replace(
        '  partner:\n    object: Account\n',
        '  partner:\n    object: Account\n    pull: { field: TaxId__c, is: "123456789" }\n',
      );
      expect((await said(pulled)).join('\n')).toContain(
        '`TaxId__c` of `Account` is encrypted, and cannot be filtered on in the CRM',
      );
    });

    it('shows a mask, which is never taken for a value', async () => {
      const before = await regions();
      lab.mapping.text = text();
      await lab.sync({ dryRun: true, full: true });
      expect(await regions()).toEqual(before);
      const issues = await listIssues(lab.store, 'lab', 1000);
      const masked = issues.filter(({ message }) => message.includes('mask (`XXX-XX-6789`)'));
      expect(masked).toHaveLength(before.length);
      expect(masked[0]!.message).toContain('the right to view encrypted data');
    });

    it('is read by a user who may see it', async () => {
      const { org } = lab.sandbox;
      const user = org.users().find(({ admin, active }) => admin && active)!;
      const set = org.insert(org.admin, 'PermissionSet', {
        Name: 'Plain',
        Label: 'Plain',
        PermissionsViewEncryptedData: true,
      });
      expect(set.ok).toBe(true);
      for (const { id } of org.users())
        org.insert(org.admin, 'PermissionSetAssignment', {
          AssigneeId: id,
          PermissionSetId: set.ok ? set.id : '',
        });
      expect(user).toBeDefined();
      await lab.sync({ dryRun: true, full: true });
      expect(new Set(await regions())).toEqual(new Set(['123456789']));
    });
  });
});
