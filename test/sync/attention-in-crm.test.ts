/** The attention list where reps work: list views over the fields that a run wrote. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packager } from '../../connectors/salesforce/packaging/index.ts';
import { viewLines } from '../../connectors/hubspot/packaging/views.ts';
import { compileWrites } from '../../src/mapping/compile/writes.ts';
import type { CrmPackage } from '../../src/model/packaging.ts';
import type { Speech } from '../../src/model/language/languages.ts';
import { attentionList, type AttentionItem } from '../../src/sync/measure/attention.ts';
import { parsed } from '../mapping/fixtures/document.ts';
import { MAPPING, openLab, type Lab } from './lab.ts';

const HUBSPOT = readFileSync(new URL('../../mappings/hubspot.yaml', import.meta.url), 'utf8');
/** Of a hundred: far from what is closed without another look. */
const RATED = 30;
const speech: Speech = { language: 'en', currency: 'USD', today: '2026-11-16' };
const inGerman = (mapping: string): string => mapping.replace('language: en', 'language: de');

async function made(mapping: string): Promise<CrmPackage> {
  const document = parsed(mapping);
  return await packager({
    writes: compileWrites(document, () => null),
    currency: 'USD',
    language: document.settings.language,
    version: '1',
  });
}

async function deployPackage(lab: Lab): Promise<void> {
  const { files } = await made(MAPPING);
  const { connector, connection, secrets } = lab;
  const deps = {
    ...lab.deps().connectorDeps,
    sleep: async () => await new Promise<void>((done) => setTimeout(done, 5)),
  };
  const session = await connector.open(connection.settings, secrets, deps);
  expect(await session.deployPackage?.(files)).toEqual([]);
  await session.close();
}

describe('list views over what a run wrote', () => {
  let lab: Lab;
  let items: AttentionItem[];
  const page = async (path: string): Promise<string> =>
    await (await lab.sandbox.fetch(`${lab.sandbox.url}${path}`)).text();
  /** Ids of the records that a page of a list shows, in its order. */
  const shown = async (path: string): Promise<string[]> =>
    [...(await page(path)).matchAll(/<a href="\/record\/(\w+)">/g)].map(([, id]) => id!);
  beforeAll(async () => {
    lab = await openLab({ seed: 5, partners: 12, deals: 140 });
    const { run } = await lab.sync();
    await deployPackage(lab);
    const place = { rowsId: 'lab', resultsId: 'lab', runId: run.id };
    items = await attentionList(lab.store, place, { all: false }, speech);
  });
  afterAll(async () => {
    await lab.close();
  });
  /** Written by the user of the runs: of a deal's chance, of a hundred. */
  const rated = (id: string, percent: number): void => {
    const { org, username } = lab.sandbox;
    const fields = { HW_Ever_Probability__c: percent };
    expect(org.update(org.userByName(username)!, 'Opportunity', id, fields).ok).toBe(true);
  };
  const ids = (kind: AttentionItem['kind']): string[] =>
    items.filter((item) => item.kind === kind).map(({ id }) => id!);

  it('shows the partners of the attention list, by money at stake, with what would close the gap', async () => {
    const path = '/list/Account/Headwater_Attention?sort=HW_Money_At_Stake__c';
    expect((await shown(path)).length).toBeGreaterThan(1);
    expect(await shown(path)).toEqual(ids('partner'));
    const text = await page(path);
    expect(text).toContain(
      '<th><a href="?sort=HW_Closing__c">Deals that would close the gap</a></th>',
    );
    const [first] = items.filter(({ kind, closing }) => kind === 'partner' && closing.length > 0);
    expect(text).toContain(`“${first!.closing[0]!.name}” (USD `);
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
  const ATTENTION = '/list/Opportunity/Headwater_Attention?sort=HW_At_Stake__c';
  const TO_CLOSE = '/list/Opportunity/Headwater_To_Close';
  /** Open deals of partners that were written a chance below one of a hundred. */
  const hopeless = (): string[] =>
    [...lab.sandbox.org.table('Opportunity').values()].flatMap((row) => {
      const percent = row['HW_Ever_Probability__c'];
      return typeof percent === 'number' && percent < 1 && row['IsClosed'] === false
        ? [row['Id'] as string]
        : [];
    });
  it('shows its deals, most money at stake first', async () => {
    expect(await shown(ATTENTION)).toEqual(ids('deal'));
    expect([...(await shown(TO_CLOSE))].sort()).toEqual(hopeless().sort());
  });
  it('compares with what stands in the fields, in the language of the mapping', async () => {
    const { files } = await made(inGerman(MAPPING));
    const path =
      'force-app/main/default/objects/Opportunity/listViews/Headwater_Stalled.listView-meta.xml';
    expect(files.get(path)).toContain('<value>festgefahren</value>');
    expect(files.get(path)).toContain('<label>Festgefahrene Deals von Partnern</label>');
  });
  it('has none that was not deployed', async () => {
    expect(await page('/list/Account/Nobody_Made_It')).toMatch(/^No list view Account\.Nobody/);
  });
  it.each([
    [0.4, 'to close in one go'],
    [0.99, 'to close in one go'],
    [1, 'that need attention'],
  ])(
    'has a deal of %d of a hundred among those %s, and in no other list',
    async (percent, list) => {
      const closes = list === 'to close in one go';
      const before = await shown(ATTENTION);
      const closing = await shown(TO_CLOSE);
      const [id] = ids('deal');
      rated(id!, percent);
      try {
        expect([...(await shown(TO_CLOSE))].sort()).toEqual(
          (closes ? [...closing, id] : closing).sort(),
        );
        expect(await shown(ATTENTION)).toEqual(closes ? before.slice(1) : before);
      } finally {
        rated(id!, RATED);
      }
    },
  );
});

it('names the same lists for HubSpot, where a person makes them', () => {
  const lines = compileWrites(parsed(HUBSPOT), () => null).flatMap((write) =>
    viewLines(write, 'en'),
  );
  expect(lines.join('\n')).toContain(
    'View “Partners that need attention today”: “Next best action” is known; sorted by “Money at stake”, largest first. Columns: Money at stake, Gap to goal, Deals that would close the gap, Next best action.',
  );
  expect(lines.filter((line) => /attention|one go/.test(line))).toHaveLength(3);
  // A deal of exactly 1 is in one of the two lists.
  expect(lines.join('\n')).toMatch(/attention today.*is greater than or equal to 1;/);
  expect(lines.join('\n')).toMatch(/one go.*is less than 1\./);
  const german = compileWrites(parsed(inGerman(HUBSPOT)), () => null).flatMap((write) =>
    viewLines(write, 'de'),
  );
  expect(german.join('\n')).toContain('„Zustand des Deals“ ist gleich festgefahren');
});
