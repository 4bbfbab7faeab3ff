import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Trial } from '../../src/sync/run/trial.ts';
import type { MappingFault } from '../../src/model/mapping.ts';
import { testFolder, type TestFolder } from '../connectors/csv/folder.ts';
import { cli, type Ran } from './harness.ts';
import { openBench, type Bench } from './bench.ts';

/** `mapping check` says what the records become; a model without partners or deals is no model. */

const MAPPING = {
  version: 1,
  crm: 'csv',
  stages: [
    { key: 'open', order: 1, closed: false, won: false },
    { key: 'won', order: 2, closed: true, won: true },
    { key: 'lost', order: 3, closed: true, won: false },
  ],
  entities: {
    partner: {
      object: 'companies',
      where: { field: 'kind', is: 'partner' },
      fields: { name: 'name' },
    },
    deal: {
      object: 'deals',
      fields: { name: 'name', partnerId: 'partner_id', stage: 'stage', createdAt: 'created_at' },
    },
  },
  dealPartner: [{ by: 'field' }],
};

interface Checked {
  ok: boolean;
  faults: MappingFault[];
  trial: Trial | null;
}

let close: () => Promise<void>;
afterEach(async () => await close());

async function files(
  companies: string[],
  deals: string[],
): Promise<{ folder: TestFolder; check(...args: string[]): Promise<Ran> }> {
  const folder = await testFolder();
  close = async () => await folder.remove();
  await folder.put('companies.csv', `id,name,kind\n${companies.join('\n')}\n`);
  await folder.put('deals.csv', `id,name,partner_id,stage,created_at\n${deals.join('\n')}\n`);
  await writeFile(join(folder.dir, 'm.yaml'), stringify(MAPPING));
  await writeFile(
    join(folder.dir, 'headwater.connection.yaml'),
    stringify({
      version: 1,
      id: 'files',
      crm: 'csv',
      mapping: 'm.yaml',
      settings: { dir: folder.dir },
    }),
  );
  return { folder, check: async (...args) => await cli(folder.dir, ['mapping', 'check', ...args]) };
}

const DEALS = [
  'd1,One,c1,open,2026-10-01',
  'd2,Two,c2,won,2026-10-02',
  'd3,Three,,open,2026-10-03',
];

describe('mapping check on files', () => {
  it('counts partners, deals, and deals that have one', async () => {
    const { check } = await files(['c1,Nord,partner', 'c2,Ost,customer'], DEALS);
    const { code, stdout } = await check();
    expect(stdout).toContain('partner: 1 of 2 rows of companies\n');
    expect(stdout).toContain('deal: 3 of 3 rows of deals\n');
    expect(stdout).toContain('deal -> partner: 1 of 3 (field 1)\n');
    expect(code).toBe(0);
  });

  it('a mapping that no partner fits is an error with its line', async () => {
    const { check } = await files(['c1,Nord,customer', 'c2,Ost,customer'], DEALS);
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^m\.yaml:\d+:\d+ error: No partner at all: none of 2 rows of companies/m,
    );
    expect(stdout).toContain('deal -> partner: 0 of 3\n');
    const json = JSON.parse((await check('--json')).stdout) as Checked;
    expect(json).toMatchObject({
      ok: false,
      faults: [{ severity: 'error', path: 'entities.partner' }],
      trial: { deals: { read: 3, withPartner: 0 } },
    });
  });

  it('partners that no deal leads to are an error of the rules; what leads to nobody and stages in no list are counted', async () => {
    const { check } = await files(
      ['c1,Nord,partner'],
      ['d1,One,Nord,open,2026-10-01', 'd2,Two,Nord,limbo,2026-10-01'],
    );
    const { code, stdout } = await check();
    expect(code).toBe(1);
    expect(stdout).toContain('error: No deal has a partner');
    expect(stdout).toContain('deal.partnerId of 2 rows leads to nobody: "Nord"');
    expect(stdout).toContain('the stage "limbo" is in no list of stages');
  });

  it('no company at all is no partner either', async () => {
    const { check } = await files([], []);
    expect((await check()).code).toBe(1);
  });
});

describe.each(['salesforce', 'hubspot'] as const)('mapping check on %s', (crm) => {
  it('counts within the stated calls, and refuses a placeholder that nobody fits', async () => {
    const bench: Bench = await openBench({ partners: 8, deals: 60, crm });
    close = async () => await bench.close();
    const good = (await bench.json('mapping', 'check')) as Checked;
    const of = (checked: Checked, entity: string) =>
      checked.trial!.counts.filter((one) => one.entity === entity);
    expect(of(good, 'partner')).toMatchObject([{ fits: 8 }]);
    expect(good.trial!.deals.withPartner).toBeGreaterThan(30);
    expect(good.trial!.calls).toBeLessThan(60);
    const file = join(bench.dir, 'mapping.yaml');
    const text = await readFile(file, 'utf8');
    const name = crm === 'salesforce' ? 'Name' : 'name';
    const empty = text.replace(
      /( {2}partner:\n.*\n {4}where:)\n[\s\S]*?(\n {4}fields:)/,
      `$1 { field: ${name}, is: PUT YOUR PARTNERS HERE }$2`,
    );
    expect(empty).not.toBe(text);
    await writeFile(file, empty);
    const { code, stdout } = await bench.run('mapping', 'check');
    expect(code, stdout).toBe(1);
    const rows = of(good, 'partner')[0]!.rows;
    expect(stdout).toContain(`partner: 0 of ${rows} rows of `);
    expect(stdout).toContain(`deal -> partner: 0 of ${good.trial!.deals.read}\n`);
  });
});
