import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csv } from '../../connectors/csv/index.ts';
import { connectionSchema } from '../../src/model/connection.ts';
import { listIntents } from '../../src/store/intents.ts';
import { listIssues } from '../../src/store/issues.ts';
import { findPartnerScores } from '../../src/store/results.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { runSync, type SyncOutcome } from '../../src/sync/run/run.ts';
import type { Store } from '../../src/store/store.ts';
import { readAll, testFolder, type TestFolder } from '../connectors/csv/folder.ts';
import { openMemory } from '../store/open.ts';

const DAY_MS = 86_400_000;
const day = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString();

/** A programme object of its own: its records are not the accounts that deals name. */
const MAPPING = `
version: 1
crm: csv
settings: { reportingCurrency: USD }
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
  - { key: lost, order: 3, closed: true, won: false }
entities:
  partner:
    object: profiles
    fields: { name: name, accountId: account_id }
  deal:
    object: deals
    fields: { name: name, partnerId: partner_id, stage: stage, amount: amount, currency: { field: currency, optional: true }, createdAt: created_at }
  cost:
    object: costs
    optional: true
    fields: { partnerId: partner_id, kind: kind, amount: amount, currency: currency, at: at }
  registration:
    object: registrations
    optional: true
    fields: { partnerId: partner_id, submittedAt: submitted_at, amount: amount, currency: currency }
  rate:
    object: rates
    optional: true
    fields: { code: code, perReporting: per, startOn: start_on }
write:
  - object: profiles
    entity: partner
    fields: { Score: { value: partner.score } }
  - object: deals
    entity: deal
    fields: { Chance: { value: deal.winProbability } }
`;

let folder: TestFolder;
let store: Store;
let runs = 0;

async function fill(profiles: string): Promise<void> {
  const deals = Array.from({ length: 40 }, (_, n) => ({
    id: `d${n}`,
    account: n % 2 === 0 ? 'acc-1' : 'acc-2',
    stage: n % 4 === 3 ? 'lost' : n % 5 === 4 ? 'open' : 'won',
    began: 300 - n * 5,
  }));
  await folder.put('profiles.csv', `id,name,account_id\n${profiles}`);
  await folder.put(
    'deals.csv',
    `id,name,partner_id,stage,amount,currency,created_at\n${deals.map((deal, n) => `${deal.id},Deal ${n},${deal.account},${deal.stage},${1000 + n},USD,${day(deal.began)}`).join('\n')}\n`,
  );
  const session = await folder.open();
  const { compiled, faults } = await prepareMapping(session, MAPPING, 'csv');
  if (compiled === null) throw new Error(JSON.stringify(faults));
  await session.deployFields(
    await session.planFields(
      compiled.writes.flatMap((write) => write.fields.map((field) => field.spec)),
    ),
  );
}

const sync = async (shadow: string[] = []): Promise<SyncOutcome> =>
  await runSync(
    {
      store,
      connector: csv,
      secrets: {},
      mappingText: MAPPING,
      runId: `run-${++runs}`,
      progress: () => {},
      connection: connectionSchema.parse({
        version: 1,
        id: 'files',
        crm: 'csv',
        mapping: 'm.yaml',
        settings: { dir: folder.dir },
        shadow,
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
    { dryRun: false, full: false },
  );

beforeEach(async () => {
  folder = await testFolder();
  store = openMemory();
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

describe('partners kept in an object of their own', () => {
  it('are scored on their deals, written to on their record, and found by record, account or name', async () => {
    await fill('prof-1,Nord,acc-1\nprof-2,Süd,acc-2\n');
    const run = await sync();
    expect(
      run.summary.applied.map((applied) => [applied.object, applied.fields > 0, applied.rejected]),
    ).toEqual([
      ['profiles', true, 0],
      ['deals', true, 0],
    ]);
    const rows = await readAll(await folder.open(), 'profiles');
    expect(rows.map((row) => typeof row.fields['Score'])).toEqual(['number', 'number']);
    for (const needle of ['prof-1', 'acc-1', 'nord'])
      expect(
        (await findPartnerScores(store, 'files', needle)).map(({ name, score }) => [
          name,
          score.partnerId,
          score.evidence > 0,
        ]),
      ).toEqual([['Nord', 'prof-1', true]]);
  });

  it('in shadow, by the id of the record or of the account, neither their record nor their deals are written', async () => {
    for (const named of ['prof-1', 'acc-1']) {
      store.close();
      store = openMemory();
      await folder.remove();
      folder = await testFolder();
      await fill('prof-1,Nord,acc-1\nprof-2,Süd,acc-2\n');
      const run = await sync([named]);
      const intents = await listIntents(store, run.run.id, 1000);
      const own = (intent: { object: string; recordId: string }): boolean =>
        intent.object === 'profiles'
          ? intent.recordId === 'prof-1'
          : Number(intent.recordId.slice(1)) % 2 === 0;
      expect(
        intents.filter(own).map((intent) => intent.state),
        named,
      ).toEqual(intents.filter(own).map(() => 'held'));
      expect(
        intents.filter((intent) => !own(intent)).every((intent) => intent.state === 'done'),
      ).toBe(true);
      expect(new Set(intents.filter(own).map((intent) => intent.object))).toEqual(
        new Set(['profiles', 'deals']),
      );
    }
  });

  it('two of one account count once: the same score on both, the deals and the forecast of one, and a word to the admin', async () => {
    await fill('prof-1,Nord,acc-1\nprof-2,Süd,acc-2\n');
    const single = (await sync()).summary;
    await fill('prof-1,Nord,acc-1\nprof-2,Süd,acc-2\nprof-3,Nord again,acc-1\n');
    const double = (await sync()).summary;
    expect(double.partners).toBe(3);
    expect([double.deals, double.forecast?.openDeals, double.forecast?.openMean]).toEqual([
      single.deals,
      single.forecast?.openDeals,
      expect.closeTo(single.forecast!.openMean, 0),
    ]);
    expect(
      (await listIssues(store, 'files', 10)).map(({ object, id, code }) => [object, id, code]),
    ).toEqual([['profiles', 'prof-3', 'SHARED_ACCOUNT']]);
    const scores = new Map(
      (await readAll(await folder.open(), 'profiles')).map((row) => [row.id, row.fields['Score']]),
    );
    expect(scores.get('prof-3')).toBe(scores.get('prof-1'));
  });

  it('money without a rate is said, currency by currency, and no longer said once there is a rate', async () => {
    await fill('prof-1,Nord,acc-1\nprof-2,Süd,acc-2\n');
    await folder.put(
      'costs.csv',
      'id,partner_id,kind,amount,currency,at\nk1,acc-1,fund,500,EUR,2026-02-01\nk2,acc-1,fund,500,EUR,2026-03-01\n',
    );
    await sync();
    expect(
      (await listIssues(store, 'files', 10)).map(({ entity, id, code, message }) => [
        entity,
        id,
        code,
        message.slice(0, 16),
      ]),
    ).toEqual([['cost', 'EUR', 'NO_RATE', '2 costs in EUR o']]);
    await folder.put('rates.csv', 'code,per,start_on\nEUR,0.9,2026-01-01\n');
    await sync();
    expect(await listIssues(store, 'files', 10)).toEqual([]);
  });
});
