import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { latestForecast, findPartnerScores, rankedPartners } from '../../src/store/results.ts';
import { listConnections, statusOf } from '../../src/store/status.ts';
import { resultsPlace, whatIfOf } from '../../src/store/what-if.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

/** Everything that is served or shared: results, and the rows with what they mean. */
const SHARED = [
  'partner_scores',
  'deal_scores',
  'kpi_values',
  'forecasts',
  'models',
  'partners',
  'deals',
  'accounts',
  'crm_rows',
  'cursors',
  'link_states',
  'issues',
];

describe('a dry run beside what is served', () => {
  let lab: Lab;
  let real: string;
  beforeAll(async () => {
    lab = await openLab({ partners: 8, deals: 80, seed: 5 });
    real = (await lab.sync()).run.id;
  });
  afterAll(async () => await lab.close());

  const shared = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      await Promise.all(
        SHARED.map(async (table) => [
          table,
          await lab.store.read({
            sql: `select * from ${table} where connection_id = 'lab' order by 1, 2, 3`,
            params: [],
          }),
        ]),
      ),
    );

  const then = story('is never served, whatever it was made with');

  /** Edits of a mapping that each turn the results around in another place. */
  const MISTAKES: [string, (text: string) => string][] = [
    [
      'a mistyped condition',
      (text) => text.replace(/in: \[.*Partner.*\]|is: Partner\b|startsWith: .*/, 'is: Nobody'),
    ],
    [
      'another reporting currency',
      (text) => text.replace(/reportingCurrency: \w+/, 'reportingCurrency: GBP'),
    ],
    ['other rules of credit', (text) => `${text}\ndealPartner:\n  - by: campaign\n`],
    ['another horizon', (text) => text.replace(/horizonDays: \d+/, 'horizonDays: 30')],
  ];

  for (const [name, edit] of MISTAKES)
    then(`${name} changes nothing that is served or shared`, async () => {
      const before = await shared();
      const text = lab.mapping.text;
      lab.mapping.text = edit(
        text.replace(/\ndealPartner:\n(?: {2}.*\n)+/, name.startsWith('other rules') ? '\n' : '$&'),
      );
      expect(lab.mapping.text).not.toBe(text);
      const dry = await lab.sync({ dryRun: true });
      lab.mapping.text = text;
      expect(await shared()).toEqual(before);
      expect((await latestForecast(lab.store, 'lab'))?.runId).toBe(real);
      const status = await statusOf(lab.store, (await listConnections(lab.store))[0]!);
      expect(status).toMatchObject({ lastRun: { dryRun: true }, servedRun: { id: real } });
      // It stands beside, with its own numbers and names.
      const place = (await resultsPlace(lab.store, 'lab', true))!;
      expect(place.resultsId).toBe(whatIfOf('lab'));
      const found = await latestForecast(lab.store, place.resultsId);
      expect(found).toMatchObject({ runId: dry.run.id, forecast: dry.summary.forecast });
      const ranked = await rankedPartners(
        lab.store,
        place.rowsId,
        dry.run.id,
        500,
        'stake',
        place.resultsId,
      );
      expect(ranked).toHaveLength(dry.summary.partners);
    });

  then(
    'one with the mapping that is served sees what changed in the CRM, and serves none of it',
    async () => {
      const [first] = await rankedPartners(lab.store, 'lab', real, 1);
      const dry = await lab.sync({ dryRun: true });
      expect(dry.summary.copied).toBe(false);
      const served = await findPartnerScores(lab.store, 'lab', first!.score.partnerId);
      expect(served.map(({ score }) => score)).toEqual([first!.score]);
      const [left] = await lab.store.db.all<{ n: number }>(
        sql`select count(*) as n from crm_rows where connection_id like '%what-if'`,
      );
      expect(left?.n).toBe(0);
    },
  );

  then('the next real run is served, and writes what its own plan says', async () => {
    const next = await lab.sync();
    expect((await latestForecast(lab.store, 'lab'))?.runId).toBe(next.run.id);
    expect(next.summary.applied.every((one) => one.rejected === 0)).toBe(true);
  });
});
