import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { dealLinks } from '../../../src/store/schema.ts';
import { listFindings } from '../../../src/store/findings.ts';
import { findDealScores } from '../../../src/store/results.ts';
import type { SyncOutcome } from '../../../src/sync/run/run.ts';
import { addRecord, linkCompany } from '../../connectors/hubspot/support/seed.ts';
import { openMemory } from '../../store/open.ts';
import { day, openSmall, type Small } from './small.ts';
import { HUBSPOT_MAPPING, runHubSpot } from '../hubspot-run.ts';

const mapping = (partner: string, settings = ''): string => `
version: 1
crm: csv
settings: { ${settings} }
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
entities:
  partner:
    object: partners
    fields: { name: name, accountId: account, signedOn: signed }
  deal: { object: deals, fields: { name: name, stage: stage, createdAt: created_at, partnerId: ${partner} } }
dealPartner: [{ by: field }]
write: []
`;

describe('several records in one field of a file', () => {
  let small: Small;
  beforeEach(async () => {
    small = await openSmall();
    await small.put('partners.csv', [
      'id,name,account,signed',
      'p1,Nord,A-1,2022-03-01',
      'p2,Nord again,A-1,2020-03-01',
      'p3,Ost,A-2,',
    ]);
    await small.put('deals.csv', [
      'id,name,stage,created_at,partners',
      `d1,One,open,${day(20)},A-2; A-1`,
      `d2,Two,open,${day(20)},A-1`,
      `d3,Three,open,${day(20)},`,
    ]);
  });
  afterEach(async () => await small.close());
  const partnerOf = async (id: string): Promise<unknown> =>
    (await findDealScores(small.store, 'files', id))[0]?.score.partnerId ?? null;

  it.each([
    ['first', 'A-2', 1],
    ['primary', 'A-2', 1],
    ['none', null, 2],
  ])('%s: counts by the rule, and those left out are counted', async (rule, partner, leftOut) => {
    const { summary } = await small.sync(mapping(`{ field: partners, several: ${rule} }`));
    expect([await partnerOf('d1'), await partnerOf('d2')]).toEqual([partner, 'A-1']);
    expect(summary.severalLinks).toEqual([
      {
        object: 'deals',
        entity: 'deal',
        field: 'partnerId',
        rule,
        rows: 1,
        leftOut,
        examples: ['d1'],
      },
    ]);
    await small.put('deals.csv', [
      'id,name,stage,created_at,partners',
      `d1,One,open,${day(20)},A-1`,
    ]);
    const again = await small.sync(mapping(`{ field: partners, several: ${rule} }`));
    expect(again.summary.severalLinks).toEqual([]);
  });

  it.each([
    ['', 'p1', 'p2'],
    ['severalProfiles: last', 'p2', 'p1'],
  ])('two profiles of one account (%s): %s is left out', async (setting, left, counts) => {
    const { summary } = await small.sync(mapping('{ field: partners, several: first }', setting));
    expect(summary.severalProfiles).toMatchObject({ partners: 1, examples: [left] });
    const found = (await listFindings(small.store, 'files')).filter(
      ({ code }) => code === 'SHARED_ACCOUNT',
    );
    expect(found.map(({ id }) => id)).toEqual([left]);
    expect(found[0]!.message).toContain(`as ${counts} does`);
  });
});

const NOW_MS = Date.parse('2026-11-16T09:00:00Z');

describe('two companies under one label of a deal', () => {
  it('one counts by the mapping’s rule, credit names both, and the run says so', async () => {
    const sandbox = await startHubSpotSandbox({
      port: 0,
      nowMs: NOW_MS,
      ticking: false,
      partners: 3,
      deals: 10,
      limits: { by: 'off' },
    });
    const store = openMemory();
    try {
      const { portal } = sandbox.vendor.site;
      const company = (name: string): string =>
        addRecord(portal, 'companies', { name, is_partner: true }, NOW_MS);
      const [low, high] = [company('Low'), company('High')];
      const deal = addRecord(
        portal,
        'deals',
        { dealname: 'Both', dealstage: 'qualifiedtobuy', amount: 5 },
        NOW_MS,
      );
      for (const id of [low, high]) linkCompany(portal, deal, id, 'Partner');
      let runs = 0;
      const sync = async (text: string): Promise<SyncOutcome> =>
        await runHubSpot({ sandbox, store, runId: `run-${++runs}`, mappingText: text, full: true });
      const partnerOf = async (): Promise<unknown> =>
        (await findDealScores(store, 'hs', `0-3-${deal}`))[0]?.score.partnerId;
      const first = (await sync(HUBSPOT_MAPPING)).summary;
      expect(await partnerOf()).toBe(`0-2-${low}`);
      expect(first.severalLinks).toContainEqual(
        expect.objectContaining({
          entity: 'deal',
          field: 'partnerId',
          rule: 'primary',
          leftOut: 1,
        }),
      );
      const linked = async (): Promise<string[]> =>
        (await store.db.select().from(dealLinks))
          .filter((link) => link.dealId === `0-3-${deal}` && link.via === 'field')
          .filter((link) => link.endedMs === null)
          .map((link) => link.partnerId)
          .sort();
      expect(await linked()).toEqual([`0-2-${low}`, `0-2-${high}`].sort());
      const none = HUBSPOT_MAPPING.replace(
        "      partnerId: { field: 'associations.companies[Partner]', optional: true }",
        "      partnerId: { field: 'associations.companies[Partner]', optional: true, several: none }",
      );
      expect(none).not.toBe(HUBSPOT_MAPPING);
      const { summary } = await sync(none);
      expect(await partnerOf()).toBeNull();
      expect(summary.severalLinks).toContainEqual(
        expect.objectContaining({ entity: 'deal', field: 'partnerId', rule: 'none', leftOut: 2 }),
      );
      expect(await linked()).toHaveLength(2);
    } finally {
      store.close();
      await sandbox.close();
    }
  });
});
