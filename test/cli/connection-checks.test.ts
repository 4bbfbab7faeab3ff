import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withOrgSettings } from '../../src/cli/setup/org-settings.ts';
import type { ConnectionCheck, CrmIdentity } from '../../src/model/connector.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { cli, ROOT, tempDir } from './harness.ts';

/** An org whose fiscal year starts in April, and a user who may read and not edit. */
describe('connection check', () => {
  let sandbox: Sandbox;
  const dir = tempDir();
  const shipped = join(ROOT, 'mappings/salesforce.yaml');
  beforeAll(async () => {
    sandbox = await startSandbox({
      partners: 3,
      deals: 10,
      prm: false,
      org: { fiscalYearStartMonth: 4 },
    });
  });
  afterAll(async () => await sandbox.close());

  const check = async (mapping: string): Promise<ConnectionCheck[]> => {
    await writeFile(
      join(dir, 'headwater.connection.yaml'),
      `version: 1\nid: acme\ncrm: salesforce\nmapping: ${mapping}\nsettings: { auth: access-token, instanceUrl: '${sandbox.url}' }\nsecrets: { accessToken: { env: TOKEN } }\n`,
    );
    const ran = await cli(dir, ['connection', 'check', '--json'], {
      env: { TOKEN: sandbox.accessToken },
    });
    return (JSON.parse(ran.stdout) as { checks: ConnectionCheck[] }).checks;
  };

  it('asks for the right to edit only what is written', async () => {
    const names = (await check(shipped)).map(({ name }) => name);
    expect(names.filter((name) => name.endsWith('write access')).sort()).toEqual([
      'Account: write access',
      'Opportunity: write access',
    ]);
  });

  it('says of an optional object that is not there that the mapping does without it', async () => {
    const checks = await check(shipped);
    const optional = checks.filter(({ name }) => name.endsWith('(optional)'));
    expect(optional.length).toBeGreaterThan(3);
    expect(optional.every(({ ok }) => ok)).toBe(true);
    expect(optional.some(({ detail }) => /does without it/.test(detail))).toBe(true);
  });

  it('compares the fiscal year with that of the org', async () => {
    const wrong = (await check(shipped)).filter(({ ok }) => !ok);
    expect(wrong).toEqual([
      expect.objectContaining({
        name: 'Settings of the mapping: fiscalYearStartMonth',
        detail: expect.stringMatching(/starts in April/),
        cure: 'Write `fiscalYearStartMonth: 4`.',
      }),
    ]);
    const own = join(dir, 'own.yaml');
    await writeFile(
      own,
      (await readFile(shipped, 'utf8')).replace('StartMonth: 1', 'StartMonth: 4'),
    );
    expect((await check(own)).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('connection add takes the fiscal year over into the mapping it copies', async () => {
    const fresh = tempDir();
    const ran = await cli(
      fresh,
      [
        ...['connection', 'add', '--crm', 'salesforce', '--auth', 'client-credentials'],
        ...['--set', `instanceUrl=${sandbox.url}`, '--set', `clientId=${sandbox.clientId}`],
        ...['--from-env', 'clientSecret=SECRET'],
      ],
      { env: { SECRET: sandbox.clientSecret } },
    );
    expect(ran.stdout).toContain('Connected');
    const mapping = await readFile(join(fresh, 'mapping.yaml'), 'utf8');
    expect(mapping).toBe(
      (await readFile(shipped, 'utf8')).replace('StartMonth: 1', 'StartMonth: 4'),
    );
    expect(await readFile(join(fresh, 'mapping.schema.json'), 'utf8')).toBe(
      await readFile(join(ROOT, 'mappings/mapping.schema.json'), 'utf8'),
    );
  });
});

describe('what the org says of itself', () => {
  const org = (change: Partial<CrmIdentity>): CrmIdentity => ({
    ...{ orgId: 'o', userId: 'u', userName: 'n', orgName: 'Acme', instanceUrl: '', apiVersion: '' },
    ...{ currency: null, multiCurrency: false, timeZone: null },
    ...change,
  });

  it.each(['salesforce', 'hubspot', 'csv'])('replaces only values of %s', async (crm) => {
    const text = await readFile(join(ROOT, 'mappings', `${crm}.yaml`), 'utf8');
    expect(withOrgSettings(text, org({}))).toBe(text);
    const own = withOrgSettings(
      text,
      org({ fiscalYearStartMonth: 7, timeZone: 'Asia/Tokyo', currency: 'JPY' }),
    );
    expect(own.split('\n').filter((line) => !text.includes(line))).toEqual([
      expect.stringMatching(/^ {2}timeZone: Asia\/Tokyo/),
      expect.stringMatching(/^ {2}fiscalYearStartMonth: 7/),
      expect.stringMatching(/^ {2}reportingCurrency: JPY/),
    ]);
    expect(own.split('\n').length).toBe(text.split('\n').length);
  });
});

describe('a mistyped CRM', () => {
  it.each([
    ['salesfroce', 'salesforce'],
    ['Hubspot', 'hubspot'],
    ['cvs', 'csv'],
  ])('%s is told with its line and what was meant', async (typed, meant) => {
    const dir = tempDir();
    await writeFile(
      join(dir, 'headwater.connection.yaml'),
      `version: 1\nid: acme\n# the CRM\ncrm: ${typed}\nmapping: m.yaml\nsecrets: { accessToken: { env: NOWHERE } }\n`,
    );
    for (const args of [
      ['connection', 'check'],
      ['sync', 'run'],
    ]) {
      const { code, stderr } = await cli(dir, args);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`line 4: there is no connector`)]);
      expect(stderr).toContain(`Did you mean \`${meant}\`?`);
    }
  });
});
