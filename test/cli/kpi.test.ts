import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { METRICS } from '../../src/model/metrics.ts';
import { csvCompany } from './csv-company.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const run = async (...args: string[]): Promise<Ran> => await cli(dir, args);

beforeAll(async () => {
  csvCompany(dir, 12, YEAR, YEAR - 1);
  expect((await run('field', 'deploy')).stderr).toBe('');
  expect((await run('sync', 'run')).code).toBe(0);
});

it('the dictionary lists every metric, and marks what a plan may promise', async () => {
  const listed = await run('kpi', 'list');
  for (const id of Object.keys(METRICS)) expect(listed.stdout).toMatch(new RegExp(` ${id} `));
  expect(listed.stdout).toMatch(/decision_hours .*less is better/);
  const json = JSON.parse((await run('kpi', 'list', '--json')).stdout) as { kpi: string }[];
  expect(json.map((one) => one.kpi)).toEqual(Object.keys(METRICS));
});

it('a metric is explained by its id or by what people call it, with a partner’s figure', async () => {
  const explained = await run('kpi', 'explain', 'Booked ARR', '--partner', 'Northwind');
  expect(explained.stdout).toContain('Won this period (won_amount; outcome, amount)');
  expect(explained.stdout).toContain('more is better');
  expect(explained.stdout).toMatch(/Northwind +0 /);
  const typo = await run('kpi', 'explain', 'portal_frequenzy');
  expect([typo.code, typo.stderr]).toEqual([2, expect.stringContaining('mean portal_frequency?')]);
  const nobody = await run('kpi', 'explain', 'growth', '--partner', 'Nobody');
  expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('"Nobody"')]);
});

it('what was sent from outside the CRM is measured at the next run', async () => {
  const ago = (days: number): string =>
    new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
  const rows = [5, 12, 40].map((days) => `Northwind,login,${ago(days)},13`);
  writeFileSync(join(dir, 'lms.csv'), `Partner,Event,Date,Count\n${rows.join('\n')}\n`);
  expect((await run('signal', 'import', 'lms.csv', '--history', '--yes')).code).toBe(0);
  expect((await run('sync', 'run')).code).toBe(0);
  const { stdout } = await run(
    'kpi',
    'explain',
    'portal_frequency',
    '--partner',
    'Northwind',
    '--json',
  );
  expect(JSON.parse(stdout)).toMatchObject({ partners: [{ name: 'Northwind', value: 3 }] });
});

it('a metric of one’s own is shown, explained, promised in a plan, and checked before it runs', async () => {
  const mapping = readFileSync(join(ROOT, 'mappings/csv.yaml'), 'utf8');
  const own = (kpi: string): string =>
    mapping.replace('\nsettings:', `$&\n  kpis: { big: ${kpi} }`);
  const connection = join(dir, 'headwater.connection.yaml');
  const document = readFileSync(connection, 'utf8');
  writeFileSync(connection, document.replace(join(ROOT, 'mappings/csv.yaml'), 'mapping.yaml'));
  const where = '[{ field: amount, op: gte, value: 5000 }]';
  writeFileSync(
    join(dir, 'mapping.yaml'),
    own('{ label: Big deals, unit: count, of: deal, measure: sum }'),
  );
  const refused = await run('mapping', 'check');
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('needs field')]);
  const sound = `{ label: Big deals, unit: count, of: deal, measure: count, window: 1500, where: ${where} }`;
  writeFileSync(join(dir, 'mapping.yaml'), own(sound));
  expect((await run('mapping', 'check')).code).toBe(0);
  expect((await run('sync', 'run')).code).toBe(0);
  expect((await run('kpi', 'list')).stdout).toMatch(
    /own +own\.big +count +Big deals +more is better/,
  );
  const sheet = `Partner,KPI,Goal,Side,Year\nNorthwind,Big deals,3,,${YEAR}\nNorthwind,own.small,3,,${YEAR}\n`;
  writeFileSync(join(dir, 'plans.csv'), sheet);
  const unknown = await run('plan', 'import', 'plans.csv');
  expect([unknown.code, unknown.stdout]).toEqual([1, expect.stringContaining('own.big')]);
  writeFileSync(join(dir, 'plans.csv'), sheet.split('\n').slice(0, 2).join('\n'));
  expect((await run('plan', 'import', 'plans.csv', '--yes')).code).toBe(0);
  expect((await run('plan', 'show')).stdout).toContain('own.big');
  expect((await run('sync', 'run')).code).toBe(0);
  const why = await run('score', 'explain', '--partner', 'Northwind');
  expect(why.stdout).toContain('Big deals');
  expect(why.stdout).not.toContain('not measured');
  const figure = await run('kpi', 'explain', 'own.big', '--partner', 'Northwind');
  expect(figure.stdout).toMatch(/Northwind +4 /);
});

it('metrics roll up over all partners and by what they are, and say that nothing is systemic', async () => {
  const all = await run('kpi', 'rollup');
  expect(all.stdout).toMatch(/Expected to reach the goal +all partners +2 /);
  expect(all.stdout).toContain('nothing that chance alone');
  const json = JSON.parse((await run('kpi', 'rollup', '--by', 'type', '--json')).stdout) as object;
  expect(json).toMatchObject({ groups: [], findings: [] });
  const none = await run('kpi', 'rollup', '--metric', 'what');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('kpi list')]);
});
