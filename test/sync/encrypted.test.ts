import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLab, type Lab } from './lab.ts';

type Answer = { records?: Record<string, unknown>[] } & { errorCode?: string; message?: string }[];

/** Shield stores values encrypted and shows them as they are; queries can do less with them. */
describe('a field that Shield encrypts', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 5, deals: 30 });
    await encrypt('Site', 'probabilistic');
    await encrypt('AccountNumber', 'deterministic');
    for (const [n, row] of [...lab.sandbox.org.table('Account').values()].entries())
      Object.assign(row, { Site: `Site ${n}`, AccountNumber: `N${n}` });
  });
  afterAll(async () => await lab.close());

  const encrypt = async (field: string, scheme: string): Promise<void> => {
    expect(
      await lab.control('POST', '/setup', [
        { op: 'encryptField', object: 'Account', field, scheme },
      ]),
    ).toEqual([expect.objectContaining({ ok: true })]);
  };
  const asked = async (soql: string): Promise<number | string> => {
    const { url, accessToken } = lab.sandbox;
    const address = `${url}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`;
    const answer = (await (
      await lab.sandbox.fetch(address, { headers: { authorization: `Bearer ${accessToken}` } })
    ).json()) as Answer;
    return answer.records?.length ?? `${answer[0]?.errorCode}: ${answer[0]?.message}`;
  };

  it.each([
    [`WHERE Site = 'Site 1'`, 'can not be filtered'],
    [`WHERE Site != null`, 'can not be filtered'],
    ['ORDER BY Site', 'can not be sorted'],
    ['ORDER BY AccountNumber', 'can not be sorted'],
    [`WHERE AccountNumber LIKE 'N%'`, 'can not be filtered'],
    [`WHERE AccountNumber > 'N1'`, 'can not be filtered'],
  ])('in the CRM: %s is refused', async (clause, words) => {
    expect(await asked(`SELECT Id FROM Account ${clause}`)).toMatch(
      new RegExp(`INVALID_FIELD: [\\s\\S]*${words} in a query call`),
    );
  });

  it('in the CRM: is neither grouped by nor aggregated, but read, and found again where equal values look alike', async () => {
    expect(await asked('SELECT COUNT(Id) FROM Account GROUP BY Site')).toMatch(
      /can not be grouped/,
    );
    expect(await asked('SELECT MAX(Site) FROM Account')).toMatch(/aggregate operator MAX/);
    expect(await asked('SELECT Id, Site FROM Account')).toBeGreaterThan(5);
    expect(await asked(`SELECT Id FROM Account WHERE AccountNumber = 'N1'`)).toBe(1);
    expect(await asked(`SELECT Id FROM Account WHERE AccountNumber IN ('N1', 'N2')`)).toBe(2);
  });

  it('is read as it is, and a pull by it ends the run before anything is read, with its cure', async () => {
    const good = lab.mapping.text;
    lab.mapping.text = good.replace('region: BillingCountry', 'region: Site');
    await lab.sync({ dryRun: true });
    const partners = await lab.store.db.query.partners.findMany();
    expect(partners.length).toBeGreaterThan(3);
    expect(partners.every(({ region }) => region?.startsWith('Site '))).toBe(true);
    lab.mapping.text = good.replace(
      '  partner:\n    object: Account\n',
      '  partner:\n    object: Account\n    pull: [{ field: Site, op: ne, value: Closed }]\n',
    );
    await expect(lab.sync({ dryRun: true })).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringMatching(
        /`Site` of `Account` is encrypted, and cannot be filtered on in the CRM[\s\S]*`where`/,
      ),
    });
    lab.mapping.text = good;
  });
});
