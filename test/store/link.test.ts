import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityName, EntityValue, MappedRow } from '../../src/model/entities.ts';
import { linkDeals, type Linking } from '../../src/store/link-deals.ts';
import { dropRestored, shortenRedirects } from '../../src/store/link.ts';
import { saveLocal, saveMapped } from '../../src/store/rows.ts';
import { deals } from '../../src/store/schema.ts';
import type { Statement, Store } from '../../src/store/store.ts';
import { linkCompany } from '../bench/link-company.ts';
import { mapped, openMemory } from './open.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-11-16T09:00:00Z');
const RULES: Linking['rules'] = [
  { by: 'field' },
  { by: 'role' },
  { by: 'registration' },
  { by: 'campaign' },
  { by: 'accountParent' },
];
const linking = (dayOffset = 0, version = 'm'): Linking => ({
  rules: RULES,
  money: { reportingCurrency: 'USD', asOfMs: START_MS + dayOffset * DAY_MS },
  version,
});

const answers = async (store: Store): Promise<unknown[]> =>
  await store.db
    .select({
      id: deals.id,
      partner: deals.resolvedPartnerId,
      via: deals.resolvedVia,
      rate: deals.rate,
      on: deals.rateOn,
    })
    .from(deals)
    .orderBy(deals.id);

/**
 * What a change of the world may be: a row that comes, changes, dies or is merged away, or time
 * that passes.
 */
const ID = fc.constantFrom('1', '2', '3');
const ACCOUNT = fc.constantFrom('a1', 'a2', 'a3', null);
const DEAL = fc.constantFrom('d1', 'd2', 'd3');
const of = (
  entity: EntityName,
  prefix: string,
  values: Record<string, fc.Arbitrary<EntityValue>>,
): fc.Arbitrary<MappedRow> =>
  fc
    .record({
      id: ID,
      fate: fc.constantFrom('lives', 'lives', 'lives', 'dies', 'merged'),
      into: ID,
      values: fc.record(values),
    })
    .map(({ id, fate, into, values: given }) =>
      mapped(entity, `${prefix}${id}`, given, {
        deleted: fate !== 'lives',
        mergedIntoId:
          fate === 'merged' && into !== id && (entity === 'account' || entity === 'partner')
            ? `${prefix}${into}`
            : null,
        object: entity === 'partner' ? 'account' : entity,
      }),
    );
const CHANGE = fc.oneof(
  of('partner', 'a', { name: fc.constantFrom('A', 'B'), accountId: ACCOUNT }),
  ...Array.from({ length: 3 }, () =>
    of('account', 'a', { name: fc.constantFrom('A', 'B'), parentId: ACCOUNT }),
  ),
  of('campaign', 'c', { name: fc.constantFrom('A', 'B'), partnerId: ACCOUNT }),
  of('dealPartner', 'r', {
    dealId: DEAL,
    partnerId: fc.constantFrom('a1', 'a2', 'a3'),
    role: fc.constantFrom('Reseller', null),
  }),
  of('registration', 'g', {
    dealId: DEAL,
    partnerId: fc.constantFrom('a1', 'a2', 'a3'),
    submittedAt: fc.constantFrom(1, 2),
  }),
  of('rate', 'x', {
    code: fc.constantFrom('EUR', 'GBP'),
    perReporting: fc.constantFrom(2, 3),
    startOn: fc.constantFrom('2026-01-01', '2026-11-17', '2026-11-18', null),
  }),
  of('deal', 'd', {
    name: fc.constantFrom('A', 'B'),
    stage: fc.constant('s'),
    createdAt: fc.constant(1),
    partnerId: ACCOUNT,
    accountId: ACCOUNT,
    campaignId: fc.constantFrom('c1', 'c2', null),
    currency: fc.constantFrom('USD', 'EUR', null),
    closeDate: fc.constantFrom('2026-06-01', '2027-01-01', null),
  }),
);

const upkeep = (store: Store): Statement[] => [
  ...dropRestored(store, 'c'),
  ...shortenRedirects(store, 'c'),
];

describe('linking only what changed', () => {
  it('says of every deal what linking all of them anew says, whatever changed and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(CHANGE, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 25 }),
        async (ticks) => {
          const store = openMemory();
          try {
            for (const [tick, rows] of ticks.entries()) {
              await store.batch([
                ...rows.flatMap((row) => [
                  ...saveMapped(store, 'c', [{ ...row, stampMs: tick }], tick),
                  // A loser that is alive again is told from its local row.
                  ...saveLocal(
                    store,
                    'c',
                    [{ row: { ...row, fields: {}, stampMs: tick }, hash: 'h' }],
                    'm',
                    tick,
                  ),
                ]),
                ...upkeep(store),
              ]);
              await linkDeals(store, 'c', linking(tick % 4));
              const little = await answers(store);
              // Another version of the mapping has everything linked again.
              await linkDeals(store, 'c', linking(tick % 4, `other ${tick}`));
              expect(little).toEqual(await answers(store));
              await store.db.run(sql`update link_states set mapping = 'm'`);
            }
          } finally {
            store.close();
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('links the deals of a merged company again when its survivor comes to another group', async () => {
    const store = openMemory();
    const deal = mapped('deal', 'd1', { name: 'D', stage: 's', createdAt: 1, accountId: 'lost' });
    const survivor = mapped('account', 'kept', { name: 'K', parentId: 'p1' });
    await store.batch(
      saveMapped(
        store,
        'c',
        [
          mapped('partner', 'p1', { name: 'One' }),
          mapped('partner', 'p2', { name: 'Two' }),
          mapped('account', 'lost', { name: 'L' }, { deleted: true, mergedIntoId: 'kept' }),
          survivor,
          deal,
        ],
        1,
      ),
    );
    await linkDeals(store, 'c', linking());
    const moved = { ...survivor, values: { ...survivor.values, parentId: 'p2' } };
    await store.batch(saveMapped(store, 'c', [moved], 2));
    expect(await linkDeals(store, 'c', linking())).toMatchObject({ all: false });
    expect(await answers(store)).toMatchObject([{ id: 'd1', partner: 'p2' }]);
    store.close();
  });

  it('looks at nothing on a tick that changed nothing, and writes no deal whose answer stays', async () => {
    const store = openMemory();
    const company = linkCompany(300, 120);
    await store.batch(saveMapped(store, 'c', company, 1));
    expect(await linkDeals(store, 'c', linking())).toMatchObject({ all: true });
    const changes = async (): Promise<number> =>
      (await store.read({ sql: 'select total_changes()', params: [] }))[0]![0] as number;
    const before = await changes();
    expect(await linkDeals(store, 'c', linking())).toMatchObject({ all: false });
    expect((await changes()) - before).toBe(0);
    // A name that changed concerns nobody; a partner that came concerns all, and changes few.
    const partner = company.find((row) => row.entity === 'partner')!;
    const renamed = { ...partner, values: { ...partner.values, name: 'Renamed' } };
    await store.batch(saveMapped(store, 'c', [renamed], 2));
    expect(await linkDeals(store, 'c', linking())).toMatchObject({ all: false });
    await store.batch(saveMapped(store, 'c', [{ ...partner, id: 'nobody knows it' }], 3));
    const known = await changes();
    expect(await linkDeals(store, 'c', linking())).toMatchObject({ all: true });
    expect((await changes()) - known).toBe(1);
    store.close();
  });
});
