import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csv } from '../../../connectors/csv/index.ts';
import { connectionSchema } from '../../../src/model/connection.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { runSync, type SyncOutcome } from '../../../src/sync/run/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { openMemory } from '../../store/open.ts';
import { readAll, testFolder, type TestFolder } from './folder.ts';

const mapping = (name: string): string =>
  readFileSync(resolve(import.meta.dirname, `../../../mappings/${name}`), 'utf8');
const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString();

let folder: TestFolder;
let store: Store & { close(): void };
beforeEach(async () => {
  folder = await testFolder();
  store = openMemory();
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

/** Two partners with forty deals, of which most are decided. */
async function fill(): Promise<void> {
  const deals = Array.from({ length: 40 }, (_, n) => ({
    id: `d${n}`,
    partner: n % 2 === 0 ? 'p1' : 'p2',
    ended: n % 4 === 3 ? 'lost' : n % 5 === 4 ? 'qualified' : 'won',
    began: 300 - n * 5,
  }));
  await folder.put('partners.csv', 'id,name,tier\np1,"Nordwind, GmbH",gold\np2,Südsee,silver\n');
  await folder.put(
    'deals.csv',
    `id;name;partner_id;stage;amount;created_at\n${deals.map((deal, n) => `${deal.id};Deal ${n};${deal.partner};${deal.ended};${1000 + n * 10.5};${day(deal.began)}`).join('\n')}\n`,
  );
  await folder.put(
    'deal_events.csv',
    `deal_id,at,stage\n${deals.flatMap((deal) => [`${deal.id},${day(deal.began)},registered`, `${deal.id},${day(deal.began - 40)},${deal.ended}`]).join('\n')}\n`,
  );
}

let runs = 0;
const sync = async (options: { full?: boolean } = {}): Promise<SyncOutcome> =>
  await runSync(
    {
      store,
      connector: csv,
      secrets: {},
      mappingText: mapping('csv.yaml'),
      runId: `run-${++runs}`,
      progress: () => {},
      connection: connectionSchema.parse({
        version: 1,
        id: 'files',
        crm: 'csv',
        mapping: 'csv.yaml',
        settings: { dir: folder.dir },
        shadow: [],
      }),
      connectorDeps: {
        fetch,
        nowMs: () => Date.now(),
        sleep: async () => {},
        random: () => 0.5,
        log: () => {},
        saveSecret: async () => {},
      },
    },
    { dryRun: false, full: false, ...options },
  );

async function deploy(): Promise<void> {
  const session = await folder.open();
  const { compiled, faults } = await prepareMapping(session, mapping('csv.yaml'), 'csv');
  expect(faults.filter((fault) => fault.severity === 'error')).toEqual([]);
  await session.deployFields(
    await session.planFields(
      compiled!.writes.flatMap((write) => write.fields.map((field) => field.spec)),
    ),
  );
}

describe('a folder of files as a connection', () => {
  it('is scored, written beside the files, and then at rest', async () => {
    await fill();
    await deploy();
    const first = await sync();
    expect(first.summary.pulled.find((pull) => pull.object === 'deals')).toMatchObject({
      read: 40,
      rejected: 0,
    });
    expect(first.summary.applied.reduce((sum, one) => sum + one.fields, 0)).toBeGreaterThan(0);
    expect(first.summary.applied.every((one) => one.rejected === 0)).toBe(true);
    const scores = (await readAll(await folder.open(), 'partners')).map(
      (row) => row.fields['Partner score'],
    );
    expect(scores.every((score) => typeof score === 'number' && score >= 0 && score <= 100)).toBe(
      true,
    );
    const second = await sync();
    expect(second.summary.plan.map((plan) => plan.fieldsChanged)).toEqual([0, 0]);
  });
  it('takes a changed cell, and on a full run a row that is gone', async () => {
    await fill();
    await sync();
    const session = await folder.open();
    const before = await readAll(session, 'partners');
    await folder.put('partners.csv', 'id,name,tier\np1,"Nordwind, GmbH",platinum\n');
    expect((await sync()).summary.pulled.find((pull) => pull.object === 'partners')).toMatchObject({
      mode: 'changes',
      changed: 1,
    });
    expect(before).toHaveLength(2);
    expect((await sync({ full: true })).summary.hardDeletes).toBe(1);
  });
});

describe('a bare event log', () => {
  it('fits the example mapping', async () => {
    await folder.put('owners.csv', 'owner_id,name\n7,Anna\n');
    await folder.put(
      'cases.csv',
      'case_id,created_at,amount,owner_id\n100,2026-01-05T08:00:00Z,5000,7\n',
    );
    await folder.put(
      'events.csv',
      'case_id,at,activity\n100,2026-01-05T08:00:00Z,Submitted\n100,2026-01-06T08:00:00Z,Called\n100,2026-02-01T08:00:00Z,Accepted\n',
    );
    const session = await folder.open();
    const { compiled, faults } = await prepareMapping(session, mapping('csv-log.yaml'), 'csv');
    expect(faults.filter((fault) => fault.severity !== 'note')).toEqual([]);
    const mapped = (await readAll(session, 'events')).map((row) => compiled!.mapRow(row));
    expect(mapped.flatMap((result) => result.rejects)).toEqual([]);
    expect(
      mapped
        .flatMap((result) => result.rows)
        .filter((row) => !row.deleted)
        .map((row) => [row.values['dealId'], row.values['stage']]),
    ).toEqual([
      ['100', 'open'],
      ['100', 'won'],
    ]);
  });
});
