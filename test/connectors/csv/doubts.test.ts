import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csv } from '../../../connectors/csv/index.ts';
import { connectionSchema } from '../../../src/model/connection.ts';
import { openD1Store } from '../../../src/store/d1.ts';
import { latestForecast } from '../../../src/store/results.ts';
import { deals } from '../../../src/store/schema.ts';
import { and, eq } from 'drizzle-orm';
import type { Store } from '../../../src/store/store.ts';
import { runSync, type SyncOutcome } from '../../../src/sync/run/run.ts';
import { openD1OnDisk } from '../../runtime/d1-on-disk.ts';
import { openMemory } from '../../store/open.ts';
import { testFolder, type TestFolder } from './folder.ts';

/** Numbers that go wrong in silence, on files, with either database behind them. */
const MAPPING = readFileSync(resolve(import.meta.dirname, '../../../mappings/csv.yaml'), 'utf8');
const DAY_MS = 86_400_000;
const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const day = (daysAgo: number): string => new Date(NOW_MS - daysAgo * DAY_MS).toISOString();
const DEALS = Array.from({ length: 24 }, (_, n) => ({
  id: `d${n}`,
  partner_id: n % 2 === 0 ? 'p1' : 'p2',
  stage: n % 4 === 3 ? 'lost' : n % 5 === 4 ? 'qualified' : 'won',
  amount: '1000',
  close_date: day(40 - n).slice(0, 10),
  created_at: day(80 - n),
}));
const fileOf = (deals: Record<string, string>[]): string =>
  `id,name,partner_id,stage,amount,close_date,created_at\n${deals.map((deal) => `${deal['id']},Deal,${deal['partner_id']},${deal['stage']},${deal['amount']},${deal['close_date']},${deal['created_at']}`).join('\n')}\n`;

const STORES: [string, () => { store: Store; close: () => void }][] = [
  ['Node', () => ({ store: openMemory(), close: () => {} })],
  [
    'D1',
    () => {
      const dir = mkdtempSync(join(tmpdir(), 'headwater-d1-'));
      const { binding, close } = openD1OnDisk(join(dir, 'd1.sqlite'));
      return {
        store: openD1Store(binding),
        close: () => {
          close();
          rmSync(dir, { recursive: true, force: true });
        },
      };
    },
  ],
];

for (const [name, open] of STORES)
  describe(`files on ${name}`, () => {
    let folder: TestFolder;
    let store: Store;
    let close: () => void;
    let nowMs: number;
    beforeEach(async () => {
      folder = await testFolder();
      ({ store, close } = open());
      nowMs = NOW_MS;
      await folder.put('partners.csv', 'id,name\np1,Nordwind\np2,Ostsee\n', NOW_MS - DAY_MS);
      await folder.put('deals.csv', fileOf(DEALS), NOW_MS - DAY_MS);
    });
    afterEach(async () => {
      close();
      await folder.remove();
    });

    const aliveDeals = async (): Promise<string[]> => {
      const alive = store.db
        .select({ id: deals.id })
        .from(deals)
        .where(and(eq(deals.connectionId, 'files'), eq(deals.deleted, 0)));
      return (await alive).map(({ id }) => id).sort();
    };
    let runs = 0;
    const sync = async (
      change: { text?: string; dryRun?: boolean; files?: Record<string, unknown> } = {},
    ): Promise<SyncOutcome> =>
      await runSync(
        {
          store,
          connector: csv,
          secrets: {},
          mappingText: change.text ?? MAPPING,
          runId: `run-${++runs}`,
          progress: () => {},
          connection: connectionSchema.parse({
            version: 1,
            id: 'files',
            crm: 'csv',
            mapping: 'csv.yaml',
            settings: { dir: folder.dir, files: change.files ?? {} },
          }),
          connectorDeps: {
            fetch,
            nowMs: () => nowMs,
            sleep: async () => {},
            random: () => 0.5,
            log: () => {},
            saveSecret: async () => {},
          },
        },
        { dryRun: change.dryRun ?? false, full: false },
      );

    it('a dry run with a mistyped condition leaves what is served', async () => {
      await sync();
      const served = await latestForecast(store, 'files');
      expect(served!.forecast.wonToDate).toBeGreaterThan(0);
      const mistyped = MAPPING.replace(
        '    object: partners\n',
        '    object: partners\n    where: { field: name, in: [Nordwnd] }\n',
      );
      const dry = await sync({ text: mistyped, dryRun: true });
      expect(dry.summary.partners).toBe(0);
      expect(await latestForecast(store, 'files')).toEqual(served);
      expect((await aliveDeals()).length).toBe(DEALS.length);
    });

    it('a deal that leaves the filter, by its own change or the filter’s, is no deal any more', async () => {
      const text = MAPPING.replace(
        '    object: deals\n',
        '    object: deals\n    pull: [{ field: stage, op: ne, value: lost }]\n',
      );
      await sync({ text });
      const kept = DEALS.filter((deal) => deal.stage !== 'lost');
      expect(await aliveDeals()).toHaveLength(kept.length);
      nowMs += DAY_MS;
      const changed = DEALS.map((deal) => (deal.id === 'd0' ? { ...deal, stage: 'lost' } : deal));
      await folder.put('deals.csv', fileOf(changed), nowMs - DAY_MS / 2);
      await sync({ text });
      expect(await aliveDeals()).not.toContain('d0');
      nowMs += DAY_MS;
      await sync({ text: text.replace('value: lost', 'value: won') });
      const unwon = changed.filter((deal) => deal.stage !== 'won').map(({ id }) => id);
      expect(await aliveDeals()).toEqual(unwon.sort());
    });

    it('a time of creation as the stamp: edits arrive all the same', async () => {
      const files = { deals: { stamp: 'created_at' } };
      await sync({ files });
      nowMs += DAY_MS;
      const changed = DEALS.map((deal) => (deal.id === 'd4' ? { ...deal, stage: 'won' } : deal));
      expect(changed).not.toEqual(DEALS);
      await folder.put('deals.csv', fileOf(changed), nowMs - DAY_MS / 2);
      const { summary } = await sync({ files });
      expect(summary.pulled.find(({ object }) => object === 'deals')).toMatchObject({ changed: 1 });
    });

    it('a history of stages alone leaves a deal the amount and the close date that it has', async () => {
      const plain = await sync({ dryRun: true });
      const events = DEALS.flatMap((deal) => [
        `${deal.id},${deal.created_at},registered`,
        `${deal.id},${deal.close_date}T08:00:00Z,${deal.stage}`,
      ]);
      await folder.put(
        'deal_events.csv',
        `deal_id,at,stage\n${events.join('\n')}\n`,
        NOW_MS - DAY_MS,
      );
      const { summary } = await sync();
      expect(summary.forecast!.wonToDate).toBeGreaterThan(0);
      expect(summary.forecast!.wonToDate).toBe(plain.summary.forecast!.wonToDate);
      expect(summary.credit).toMatchObject({ unknown: 0 });
    });
  });
