import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmSession } from '../../src/model/connector.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openLab, type Lab } from './lab.ts';

const RESELLER = 'Channel Partner / Reseller';

/** What admins do to an org in the course of years, through the sandbox's set-up. */
describe('an org with a past', () => {
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
});
