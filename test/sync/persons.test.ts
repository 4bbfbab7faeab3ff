import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openLab, type Lab } from './lab.ts';

const RESELLER = 'Channel Partner / Reseller';

/** Accounts that are persons: a name in parts, and a contact that is the same person. */
describe('a partner that is a person', () => {
  let lab: Lab;
  let id = '';
  const org = (): Lab['sandbox']['org'] => lab.sandbox.org;
  const idOf = (made: ReturnType<Lab['sandbox']['org']['insert']>): string => {
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    return made.id;
  };
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30, org: { personAccounts: true } });
    id = idOf(
      org().insert(org().admin, 'Account', {
        FirstName: 'Ada',
        LastName: 'Nováková',
        PersonEmail: 'ada@example.com',
        Type: RESELLER,
        BillingCountry: 'CZ',
      }),
    );
    await lab.sync();
  });
  afterAll(async () => await lab.close());
  const partner = async () =>
    (await lab.store.db.query.partners.findMany()).find((one) => one.id === id);
  const cell = (name: string): unknown => org().table('Account').get(id)?.[name];

  it('has its name, its contact and a score on its record', async () => {
    expect(await partner()).toMatchObject({ name: 'Ada Nováková', region: 'CZ', deleted: 0 });
    const contacts = (await lab.store.db.query.contacts.findMany()).filter(
      ({ accountId }) => accountId === id,
    );
    expect(contacts).toEqual([expect.objectContaining({ id: cell('PersonContactId') })]);
    expect(cell('HW_Partner_Score__c')).toBeTypeOf('number');
  });

  it('keeps one name in both records when the person marries', async () => {
    const saved = org().update(org().admin, 'Account', id, { LastName: 'Dvořáková' });
    expect(saved.ok).toBe(true);
    const whole = org().update(org().admin, 'Account', id, { Name: 'Ada D.' });
    expect(whole).toMatchObject({
      ok: false,
      faults: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
    });
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    await lab.sync();
    expect((await partner())?.name).toBe('Ada Dvořáková');
    expect(
      org()
        .table('Contact')
        .get(String(cell('PersonContactId')))?.['Name'],
    ).toBe('Ada Dvořáková');
  });

  it('may be told from companies by the mapping, and an org without persons accepts that as well', async () => {
    const only = lab.mapping.text.replace(
      '        - { field: IsPartner, optional: true, is: true }\n',
      '        - { all: [{ field: IsPersonAccount, optional: true, is: true }, { field: PersonEmail, optional: true, set: true }] }\n',
    );
    expect(only).not.toBe(lab.mapping.text);
    for (const personAccounts of [true, false]) {
      const other = personAccounts ? lab : await openLab({ partners: 2, deals: 5 });
      const session = await other.connector.open(
        other.connection.settings,
        other.secrets,
        other.deps().connectorDeps,
      );
      const { faults, compiled } = await prepareMapping(session, only, 'salesforce');
      expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(compiled).not.toBeNull();
      await session.close();
      if (!personAccounts) await other.close();
    }
  });

  it('is gone when the person is deleted', async () => {
    org().remove(org().admin, id);
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    await lab.sync();
    expect((await partner())?.deleted).toBe(1);
  });
});
