import { describe, expect, test } from 'vitest';
import { call, client, get, make, NOW_MS, open, post } from './support.ts';

const HOUR_MS = 3_600_000;
type Properties = Record<string, string | null>;
const properties = (reply: { body: unknown }): Properties =>
  (reply.body as { properties: Properties }).properties;

describe('property history and stage clocks', async () => {
  const sandbox = await open();

  test('versions come newest first with their time and source, and unchanged values make none', async () => {
    const id = await make(sandbox, 'deals', {
      dealname: 'H',
      dealstage: 'qualifiedtobuy',
      amount: '1',
    });
    sandbox.clock.advance(HOUR_MS);
    await call(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, {
      properties: { dealstage: 'contractsent', amount: '1' },
    });
    const deal = await client(sandbox).deals.getById(id, undefined, ['dealstage', 'amount']);
    const versions = (name: string) =>
      deal.propertiesWithHistory?.[name]?.map((one) => [
        one.value,
        new Date(one.timestamp).getTime(),
        one.sourceType,
      ]);
    expect(versions('dealstage')).toEqual([
      ['contractsent', NOW_MS + HOUR_MS, 'INTEGRATION'],
      ['qualifiedtobuy', NOW_MS, 'INTEGRATION'],
    ]);
    expect(versions('amount')).toEqual([['1', NOW_MS, 'INTEGRATION']]);
  });

  test('entering and leaving stages sets their clocks; a second visit adds to the time spent', async () => {
    sandbox.clock.set(NOW_MS);
    const id = await make(sandbox, 'deals', { dealname: 'Clock', dealstage: 'qualifiedtobuy' });
    for (const stage of ['contractsent', 'qualifiedtobuy', 'closedwon']) {
      sandbox.clock.advance(HOUR_MS);
      await call(sandbox, 'PATCH', `/crm/v3/objects/deals/${id}`, {
        properties: { dealstage: stage },
      });
    }
    const asked = [
      'hs_v2_date_entered_qualifiedtobuy',
      'hs_v2_date_exited_qualifiedtobuy',
      'hs_v2_cumulative_time_in_qualifiedtobuy',
      'hs_v2_date_entered_closedwon',
      'hs_is_closed',
      'hs_is_closed_won',
      'hs_is_closed_lost',
      'hs_deal_stage_probability',
    ];
    expect(
      properties(await get(sandbox, `/crm/v3/objects/deals/${id}?properties=${asked.join()}`)),
    ).toMatchObject({
      hs_v2_date_entered_qualifiedtobuy: '2026-11-22T11:00:00.125Z',
      hs_v2_date_exited_qualifiedtobuy: '2026-11-22T12:00:00.125Z',
      hs_v2_cumulative_time_in_qualifiedtobuy: String(2 * HOUR_MS),
      hs_v2_date_entered_closedwon: '2026-11-22T12:00:00.125Z',
      hs_is_closed: 'true',
      hs_is_closed_won: 'true',
      hs_is_closed_lost: 'false',
      hs_deal_stage_probability: '1.0',
    });
    sandbox.clock.set(NOW_MS);
  });

  test('amounts in another currency are turned into the company’s', async () => {
    const other = await open({ settings: { exchangeRates: { EUR: 1.25 } } });
    const id = await make(other, 'deals', {
      dealname: 'Euro',
      amount: '1000',
      dealstage: 'presentationscheduled',
      deal_currency_code: 'EUR',
    });
    expect(
      properties(
        await get(
          other,
          `/crm/v3/objects/deals/${id}?properties=amount_in_home_currency,hs_projected_amount_in_home_currency,hs_exchange_rate`,
        ),
      ),
    ).toMatchObject({
      amount_in_home_currency: '1250',
      hs_projected_amount_in_home_currency: '750',
      hs_exchange_rate: '1.25',
    });
    expect((await get(sandbox, '/crm/v3/properties/deals/deal_currency_code')).status).toBe(404);
  });
});

describe('merges', () => {
  test('the loser vanishes without being archived, its id leads to the winner, blanks are filled and links move', async () => {
    const sandbox = await open();
    const [winner, loser, deal] = [
      await make(sandbox, 'companies', { name: 'Keep', phone: '1' }),
      await make(sandbox, 'companies', { name: 'Drop', city: 'Bern' }),
      await make(sandbox, 'deals', { dealname: 'D' }),
    ];
    await call(sandbox, 'PUT', `/crm/v4/objects/deals/${deal}/associations/companies/${loser}`, [
      { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 5 },
    ]);
    sandbox.clock.advance(5);
    const merged = await post(sandbox, '/crm/v3/objects/companies/merge', {
      primaryObjectId: winner,
      objectIdToMerge: loser,
    });
    expect(merged.body['id']).toBe(winner);
    expect(properties(merged)).toMatchObject({
      name: 'Keep',
      phone: '1',
      city: 'Bern',
      hs_merged_object_ids: loser,
      hs_lastmodifieddate: '2026-11-22T09:00:00.130Z',
    });
    expect((await get(sandbox, `/crm/v3/objects/companies/${loser}`)).body['id']).toBe(winner);
    expect((await get(sandbox, '/crm/v3/objects/companies?archived=true')).body['results']).toEqual(
      [],
    );
    expect((await post(sandbox, '/crm/v3/objects/companies/search', {})).body['total']).toBe(1);
    expect(
      (await get(sandbox, `/crm/v3/objects/deals/${deal}?associations=companies`)).body[
        'associations'
      ],
    ).toEqual({
      companies: {
        results: [
          { id: winner, type: 'deal_to_company_unlabeled' },
          { id: winner, type: 'deal_to_company' },
        ],
      },
    });
    expect(
      await post(sandbox, '/crm/v3/objects/companies/batch/read', {
        inputs: [{ id: loser }, { id: winner }],
      }),
    ).toMatchObject({
      status: 207,
      body: { errors: [{ category: 'OBJECT_NOT_FOUND', context: { ids: [loser] } }] },
    });
    sandbox.vendor.configure({ mergedGet: 'notFound' });
    expect((await get(sandbox, `/crm/v3/objects/companies/${loser}`)).status).toBe(404);
  });

  test('a portal may give the merged record a new id that knows both old ones', async () => {
    const sandbox = await open({ switches: { mergeCreatesNewId: true } });
    const [a, b] = [
      await make(sandbox, 'deals', { dealname: 'A', amount: '3' }),
      await make(sandbox, 'deals', { dealname: 'B', dealtype: 'newbusiness' }),
    ];
    const merged = await post(sandbox, '/crm/v3/objects/deals/merge', {
      primaryObjectId: a,
      objectIdToMerge: b,
    });
    expect([a, b]).not.toContain(merged.body['id']);
    expect(properties(merged)).toMatchObject({
      dealname: 'A',
      amount: '3',
      dealtype: 'newbusiness',
      hs_merged_object_ids: `${a};${b}`,
    });
    for (const old of [a, b])
      expect((await get(sandbox, `/crm/v3/objects/deals/${old}`)).body['id']).toBe(
        merged.body['id'],
      );
  });
});
