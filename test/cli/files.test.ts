import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';

const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
/** What no folder has. */
const FOREIGN = /\bCRM\b|\borg\b|integration user/i;

describe('a folder of files on the command line', () => {
  const dir = tempDir();
  const run = async (...args: string[]): Promise<Ran> => await cli(dir, args);
  beforeAll(async () => {
    const data = join(dir, 'data');
    mkdirSync(data);
    writeFileSync(join(data, 'partners.csv'), 'id,name\np1,Nordwind\np2,Ostsee\n');
    const deals = Array.from({ length: 20 }, (_, n) =>
      [
        `d${n}`,
        `Deal ${n}`,
        n % 2 ? 'p1' : 'p2',
        n % 3 ? 'won' : 'proposal',
        1000,
        day(60 - n),
      ].join(),
    );
    writeFileSync(
      join(data, 'deals.csv'),
      `id,name,partner_id,stage,amount,created_at\n${deals.join('\n')}\n`,
    );
    writeFileSync(
      join(dir, 'headwater.connection.yaml'),
      `version: 1\nid: files\ncrm: csv\nmapping: csv.yaml\nsettings: { dir: ${data} }\n`,
    );
    writeFileSync(join(dir, 'csv.yaml'), readFileSync(join(ROOT, 'mappings/csv.yaml')));
    expect((await run('field', 'deploy')).code).toBe(0);
    expect((await run('sync', 'run')).code).toBe(0);
  });

  it.each([
    ['status'],
    ['run', 'show'],
    ['forecast', 'show'],
    ['credit', 'show'],
    ['credit', 'reconcile'],
    ['run', 'plan', '--diff'],
  ])('speaks of files: %s %s %s', async (...args) => {
    const ran = await run(...args.filter((arg) => arg !== undefined));
    expect(ran.code).toBe(0);
    expect(ran.stdout.length).toBeGreaterThan(80);
    expect(ran.stdout).not.toMatch(FOREIGN);
  });

  it('takes an object by any of its names, and names those that the run writes to', async () => {
    const last = (await run('run', 'list', '--json')).stdout;
    const id = (JSON.parse(last) as { id: string }[])[0]!.id;
    expect((await run('run', 'plan', id, '--diff', '--object', ' DEALS ')).stdout).toContain(
      'Deal 0',
    );
    const lost = await run('run', 'plan', id, '--diff', '--object', 'dealz');
    expect(lost.code).toBe(1);
    expect(lost.stderr).toMatch(/no object called "dealz"[\s\S]*partners[\s\S]*deals/);
  });

  it('says how many open deals rest on what nobody is known to have done', async () => {
    const { stdout } = await run('status');
    expect(stdout).toContain(
      'open deals: 0 proven, 0 half proven (nobody knows by whom), 7 unproven',
    );
    const events = [0, 3, 6, 9, 12, 15, 18].map((n) =>
      [`d${n},${day(60 - n)},registered`, `d${n},${day(41 - n)},proposal`].join('\n'),
    );
    writeFileSync(join(dir, 'data/deal_events.csv'), `deal_id,at,stage\n${events.join('\n')}\n`);
    expect((await run('sync', 'run')).code).toBe(0);
    expect((await run('status')).stdout).toContain('open deals: 0 proven, 7 half proven');
  });
});
