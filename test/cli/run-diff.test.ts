import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import type { CrmValue } from '../../src/model/connector.ts';
import { saveIntents, type Intent } from '../../src/store/intents.ts';
import { saveDocument, saveRun, type Run } from '../../src/store/runs.ts';
import { deals, partners } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openBench, type Bench } from './bench.ts';
import { recordText } from '../../src/cli/run-diff/text.ts';
import { cli, tempDir, type Ran } from './harness.ts';

const MAPPING = `version: 1
crm: salesforce
entities: {}
write:
  - object: Account
    entity: partner
    fields:
      S__c: { value: partner.score }
      R__c: { value: partner.reasons }
  - object: Opportunity
    entity: deal
    fields:
      P__c: { value: deal.winProbability, label: Chance to win }
`;
const RUN: Run = {
  id: 'run-1',
  connectionId: 'acme',
  kind: 'sync',
  state: 'done',
  dryRun: true,
  full: false,
  startedMs: Date.parse('2026-11-16T09:00:00Z'),
  asOfMs: null,
  endedMs: null,
  mapping: 'v1',
  model: null,
  calls: 0,
  error: null,
  resumeAtMs: null,
  undoes: null,
  flow: null,
  summary: null,
};

type Change = [string, string, string, CrmValue, CrmValue, string?];
const CHANGES: Change[] = [
  ['Account', 'A1', 'S__c', 42.7, 39.1],
  ['Account', 'A1', 'R__c', 'old', 'two deals slipped'],
  ['Account', 'A2', 'S__c', null, 61],
  ['Account', 'A3', 'S__c', 55, null],
  ['Account', 'A4', 'S__c', 10, 20, 'changed in the CRM since Headwater wrote it'],
  ['Opportunity', 'D1', 'P__c', 12, 34.5],
  ['Opportunity', 'D2', 'P__c', 50, 51],
];

const intentOf = ([object, recordId, field, oldValue, newValue, reason]: Change): Intent => ({
  runId: RUN.id,
  connectionId: RUN.connectionId,
  object,
  recordId,
  field,
  oldValue,
  newValue,
  state: reason === undefined ? 'planned' : 'held',
  reason: reason ?? null,
  atMs: RUN.startedMs,
});

async function fill(store: Store): Promise<void> {
  await saveRun(store, RUN);
  await saveDocument(store, RUN.connectionId, 'mapping', 'v1', MAPPING, RUN.startedMs);
  const own = { connectionId: RUN.connectionId, stampMs: 0, seenMs: 0, deleted: 0 };
  const named = { A1: 'Keystone Partners', A2: '=1+cmd|x', A3: '<script>alert(1)</script>' };
  for (const [id, name] of Object.entries(named))
    await store.db.insert(partners).values({ ...own, object: 'Account', id, name });
  for (const [id, name, resolvedPartnerId] of [
    ['D1', 'Keystone rollout', 'A1'],
    ['D2', 'Somebody else', 'A2'],
  ] as const)
    await store.db.insert(deals).values({
      ...own,
      object: 'Opportunity',
      id,
      name,
      stage: 'Open',
      createdAt: 0,
      resolvedPartnerId,
    });
  await store.batch(saveIntents(store, CHANGES.map(intentOf)));
}

describe('run plan --diff', () => {
  const dir = tempDir();
  const diff = async (...args: string[]): Promise<Ran> =>
    await cli(dir, ['run', 'plan', 'run-1', '--diff', ...args]);
  beforeAll(async () => {
    const store = await nodeDeps().openStore(join(dir, 'headwater.sqlite'));
    await fill(store);
    store.close();
  });

  it('says whose number changes from what to what, and what lies behind it', async () => {
    const { code, stdout } = await diff();
    expect(code).toBe(0);
    expect(stdout).toContain('~ Keystone Partners  score 42.7 -> 39.1\n');
    expect(stdout).toContain('because: two deals slipped');
    expect(stdout).toContain('+ =1+cmd|x  score (empty) -> 61\n');
    expect(stdout).toContain(
      '- <script>alert(1)</script>  score 55 -> (empty)  (there is no result for it any more)\n',
    );
    expect(stdout).toContain('~ Keystone rollout  chance to win 12 -> 34.5\n');
  });

  it('says once what keeps all fields of a record', () => {
    const held = (label: string, to: number) => ({
      ...{ field: label, label, output: null, from: null, to },
      ...{ state: 'held' as const, reason: 'not there' },
    });
    const record = { object: 'Account', recordId: 'A1', name: 'Keystone', because: null };
    expect(recordText({ ...record, fields: [held('Score', 61), held('Gap', 5)] })).toBe(
      '! Keystone  Score (empty) -> 61  held: not there\n            Gap (empty) -> 5  held\n',
    );
  });

  it('says why a value is held, once more in the sum with its cure', async () => {
    const { stdout } = await diff();
    expect(stdout).toContain('! A4  score 10 -> 20  held: changed in the CRM since');
    expect(stdout).toContain('Account: 4 records, 4 fields change, 1 held');
    expect(stdout).toMatch(/held, 1 field: changed in the CRM.*`owner: headwater`/);
  });

  it.each([
    [['--object', 'opportunity'], ['Keystone rollout', 'Somebody else'], ['Keystone Partners']],
    [
      ['--partner', 'keystone'],
      ['Keystone Partners', 'Keystone rollout'],
      ['A4', 'Somebody'],
    ],
    [['--partner', 'A1', '--object', 'Account'], ['Keystone Partners'], ['Keystone rollout']],
    [['--limit', '1'], ['Keystone Partners', 'and 5 more records'], ['Keystone rollout']],
  ])('%j shows what was asked for', async (args, there, absent) => {
    const { stdout } = await diff(...args);
    for (const text of there) expect(stdout).toContain(text);
    for (const text of absent) expect(stdout).not.toContain(text);
  });

  it('a partner that nobody is called is a fault, and so is a file that cannot be written', async () => {
    const nobody = await diff('--partner', 'Nobody');
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      expect.stringContaining('no partner matches "Nobody"'),
    ]);
    const nowhere = await diff('--csv', 'nowhere/x.csv');
    expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('cannot write')]);
  });

  it('writes all of it to a spreadsheet and a page that run nothing of what the CRM holds', async () => {
    const { code } = await diff('--csv', 'plan.csv', '--html', 'plan.html');
    expect(code).toBe(0);
    const csv = (await readFile(join(dir, 'plan.csv'), 'utf8')).trimEnd().split('\n');
    expect(csv).toHaveLength(CHANGES.length + 1);
    expect(csv).toContain(
      'Account,A1,Keystone Partners,S__c,Partner score,42.7,39.1,planned,two deals slipped',
    );
    expect(csv.filter((line) => line.includes("A2,'=1+cmd|x,S__c"))).toHaveLength(1);
    const html = await readFile(join(dir, 'plan.html'), 'utf8');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&lt;script&gt;');
    expect(html.match(/<table>/g)).toHaveLength(2);
    expect(html.match(/<\/table>/g)).toHaveLength(2);
    expect(html.match(/<tr class/g)).toHaveLength(CHANGES.length);
  });
});

describe('run undo --dry-run', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ partners: 4, deals: 30, seed: 21 });
    for (const args of [
      ['field', 'deploy'],
      ['sync', 'run'],
    ])
      expect((await bench.run(...args)).code, args.join(' ')).toBe(0);
  });
  afterAll(async () => {
    await bench.close();
  });

  it('shows what every record goes back to; a part that nobody is called is a fault', async () => {
    const [{ id }] = (await bench.json('run', 'list', '--limit', '1')) as [{ id: string }];
    const undone = await bench.run('run', 'undo', id, '--dry-run', '--csv', 'undo.csv');
    expect(undone.code).toBe(0);
    expect(undone.stdout).toContain('dry run: nothing was written');
    expect(undone.stdout).toMatch(/\n- \w.*  score \d.* -> \(empty\) {2}\(takes back run /);
    expect(
      (await readFile(join(bench.dir, 'undo.csv'), 'utf8')).split('\n').length,
    ).toBeGreaterThan(4);
    const part = await bench.run('run', 'undo', id, '--partner', 'x');
    expect([part.code, part.stderr]).toEqual([
      1,
      expect.stringContaining('no partner matches "x"'),
    ]);
    const file = await bench.run('run', 'undo', id, '--csv', 'x.csv');
    expect([file.code, file.stderr]).toEqual([2, expect.stringContaining('only with --dry-run')]);
  });
});
