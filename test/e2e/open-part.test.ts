/**
 * Who adds up what stands in the CRM comes to the forecast: amount x stored probability x realised
 * multiplier over open deals is its open part to the cent, and the CRM's own fields come to it
 * within what their thresholds leave unwritten, as the run says.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../connectors/csv/index.ts';
import { fieldSumText } from '../../src/cli/field-sum-text.ts';
import { connectionSchema } from '../../src/model/connection.ts';
import type { HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { dealScorePage } from '../../src/store/results.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { runSync, type SyncOutcome } from '../../src/sync/run/run.ts';
import { testFolder, type TestFolder } from '../connectors/csv/folder.ts';
import { openMemory } from '../store/open.ts';
import { NOW_MS } from '../sync/lab.ts';
import { through, type Through } from './crm.ts';

const DAY_MS = 86_400_000;
const WORLD = { seed: 33, partners: 8, deals: 120 };
/** Points that a win probability may be off in the CRM before it is written again. */
const THRESHOLD = 1;
const HALF_A_CENT = 0.005;

/** `inCrm` = percent in the CRM's field by deal, read without any part of the engine. */
async function addsUp(
  store: Store,
  connectionId: string,
  { run, summary }: SyncOutcome,
  inCrm: ReadonlyMap<string, number>,
): Promise<number> {
  const forecast = summary.forecast!;
  const deals = await dealScorePage(store, connectionId, run.id, '', 1000);
  const over = (of: (deal: (typeof deals)[number]) => number): number =>
    forecast.multiplier * deals.reduce((sum, deal) => sum + deal.amount * of(deal), 0);
  const stored = over(({ probability }) => probability);
  expect(deals.length).toBe(forecast.openDeals);
  expect(stored).toBeGreaterThan(1000);
  expect(Math.abs(stored - forecast.openMean)).toBeLessThan(HALF_A_CENT);
  const fields = over(({ dealId }) => inCrm.get(dealId)! / 100);
  const allowed = over(() => THRESHOLD / 100);
  expect(Math.abs(fields - forecast.openMean)).toBeLessThanOrEqual(allowed);
  const sum = summary.plan.find(({ entity }) => entity === 'deal')!.fieldSum!;
  // The run rounds deal by deal.
  const slack = 0.01 * deals.length;
  expect(sum).toMatchObject({ deals: deals.length, kept: 0 });
  for (const [cents, money] of [
    [sum.scored, stored],
    [sum.fields, fields],
    [sum.allowed, allowed],
  ] as const)
    expect(Math.abs((cents / 100) * forecast.multiplier - money)).toBeLessThan(slack);
  const said = fieldSumText(summary);
  expect(said).toMatch(
    /^ {2}win probabilities in the CRM come to [\d,.]+ \w+ over \d+ open deals,/,
  );
  return Math.abs(fields - stored);
}

const ofSalesforce = ({ sandbox }: Through): Map<string, number> =>
  new Map(
    [...(sandbox as Sandbox).org.table('Opportunity').values()].map((row) => [
      String(row['Id']),
      Number(row['HW_Win_Probability__c']),
    ]),
  );
const ofHubSpot = ({ sandbox }: Through): Map<string, number> => {
  const { portal } = sandbox as HubSpotSandbox;
  const type = portal.typeNamed('deals');
  return new Map(
    [...portal.table(type).all()].map(({ id, values }) => [
      `${type.id}-${id}`,
      Number(values['hw_win_probability']),
    ]),
  );
};

describe.each([
  ['salesforce', ofSalesforce],
  ['hubspot', ofHubSpot],
] as const)('%s', (crm, read) => {
  let opened: Through;
  beforeAll(async () => {
    opened = await through(crm, WORLD);
  });
  afterAll(async () => {
    await opened.close();
  });

  it('adds up when all was just written, and days later when small changes were not', async () => {
    const first = await opened.sync();
    const off = await addsUp(opened.store, 'through', first, read(opened));
    expect(off).toBeLessThan(HALF_A_CENT);
    opened.sandbox.clock.advance(2 * DAY_MS);
    const later = await opened.sync();
    expect(await addsUp(opened.store, 'through', later, read(opened))).toBeGreaterThan(0);
  });
});

describe('a folder of csv files', () => {
  let folder: TestFolder;
  const store = openMemory();
  const mappingText = readFileSync(resolve(import.meta.dirname, '../../mappings/csv.yaml'), 'utf8');
  let nowMs = NOW_MS;
  beforeAll(async () => {
    folder = await testFolder();
    await folder.put('partners.csv', 'id,name\np1,Northwind\np2,Keystone\n');
    const rows = Array.from({ length: 60 }, (_, n) => {
      const began = new Date(NOW_MS - (420 - 7 * n) * DAY_MS).toISOString();
      const ended = new Date(NOW_MS - (385 - 7 * n) * DAY_MS).toISOString();
      const stage = n >= 54 || n % 4 === 3 ? 'qualified' : n % 3 === 0 ? 'won' : 'lost';
      return { n, began, ended, stage };
    });
    await folder.put(
      'deals.csv',
      `id,name,partner_id,stage,amount,created_at\n${rows.map(({ n, began, stage }) => `d${n},Deal ${n},p${1 + (n % 2)},${stage},${1000 + 333.33 * n},${began}`).join('\n')}\n`,
    );
    await folder.put(
      'deal_events.csv',
      `deal_id,at,stage\n${rows.flatMap(({ n, began, ended, stage }) => [`d${n},${began},registered`, ...(ended < new Date(NOW_MS).toISOString() ? [`d${n},${ended},${stage}`] : [])]).join('\n')}\n`,
    );
    const session = await folder.open();
    const { compiled } = await prepareMapping(session, mappingText, 'csv');
    await session.deployFields(
      await session.planFields(
        compiled!.writes.flatMap((write) => write.fields.map((field) => field.spec)),
      ),
    );
    await session.close();
  });
  afterAll(async () => {
    store.close();
    await folder.remove();
  });

  const sync = async (runId: string): Promise<SyncOutcome> =>
    await runSync(
      {
        ...{ store, connector: csv, secrets: {}, mappingText, runId },
        progress: () => {},
        connection: connectionSchema.parse({
          ...{ version: 1, id: 'files', crm: 'csv', mapping: 'csv.yaml', shadow: [] },
          settings: { dir: folder.dir },
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
      { dryRun: false, full: false },
    );
  /** The file of results by its head; cells stand in quotes and may hold line ends. */
  const inFile = (): Map<string, number> => {
    const text = readFileSync(join(folder.dir, 'deals.headwater.csv'), 'utf8');
    const cells = [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)];
    const rows: string[][] = [[]];
    for (const [, quoted, bare, end] of cells) {
      rows.at(-1)!.push(quoted ?? bare ?? '');
      if (end !== ',') rows.push([]);
    }
    const column = rows[0]!.indexOf('Win probability');
    return new Map(rows.slice(1).map((row) => [row[0] ?? '', Number(row[column])] as const));
  };

  it('adds up when all was just written, and days later when small changes were not', async () => {
    expect(await addsUp(store, 'files', await sync('r1'), inFile())).toBeLessThan(HALF_A_CENT);
    nowMs += 2 * DAY_MS;
    await addsUp(store, 'files', await sync('r2'), inFile());
  });
});
