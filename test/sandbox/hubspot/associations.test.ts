import { beforeEach, describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { call, client, get, make, open, post } from './support.ts';

const HUB = (associationTypeId: number) => ({
  associationCategory: 'HUBSPOT_DEFINED',
  associationTypeId,
});
type Linked = {
  to: {
    toObjectId: number;
    associationTypes: { category: string; typeId: number; label: string | null }[];
  }[];
  from: { id: string };
}[];

describe('associations v4', () => {
  let sandbox: HubSpotSandbox;
  let deal: string;
  let customer: string;
  let partner: string;
  let label: number;
  beforeEach(async () => {
    sandbox = await open();
    deal = await make(sandbox, 'deals', { dealname: 'D' });
    customer = await make(sandbox, 'companies', { name: 'Customer' });
    partner = await make(sandbox, 'companies', { name: 'Partner' });
  });
  const addLabel = async () => {
    const made = await post(sandbox, '/crm/v4/associations/deals/companies/labels', {
      name: 'partner',
      label: 'Partner',
      inverseLabel: 'Partner deal',
    });
    const kinds = made.body['results'] as { category: string; typeId: number; label: string }[];
    label = kinds[0]?.typeId ?? 0;
    return kinds;
  };
  /** The customer as the primary company, the partner with its label. */
  const linkBoth = async () => {
    await addLabel();
    const inputs = [
      { types: [HUB(5)], from: { id: deal }, to: { id: customer } },
      {
        types: [{ associationCategory: 'USER_DEFINED', associationTypeId: label }],
        from: { id: deal },
        to: { id: partner },
      },
    ];
    return await post(sandbox, '/crm/v4/associations/deals/companies/batch/create', { inputs });
  };
  const read = async (from: string, to: string, id: string) =>
    (
      (await post(sandbox, `/crm/v4/associations/${from}/${to}/batch/read`, { inputs: [{ id }] }))
        .body['results'] as Linked
    )[0]?.to.map((one) => [
      String(one.toObjectId),
      one.associationTypes.map((kind) => `${kind.typeId} ${kind.label}`),
    ]);
  const stampOf = async () =>
    (await get(sandbox, `/crm/v3/objects/deals/${deal}`)).body['updatedAt'];

  test('a label of one’s own has a type id for each direction, and its name is taken from then on', async () => {
    const kinds = await addLabel();
    expect(kinds.map((kind) => [kind.category, kind.label])).toEqual([
      ['USER_DEFINED', 'Partner'],
      ['USER_DEFINED', 'Partner deal'],
    ]);
    expect(
      (
        await post(sandbox, '/crm/v4/associations/deals/companies/labels', {
          name: 'partner',
          label: 'Partner',
        })
      ).status,
    ).toBe(409);
    expect(
      (await get(sandbox, '/crm/associations/2026-09/0-3/0-2/labels')).body['results'] as object[],
    ).toContainEqual({ category: 'USER_DEFINED', typeId: label, label: 'Partner' });
  });

  test('labelled links carry the plain kind too, read from both ends, and nobody’s stamp moves', async () => {
    const before = await stampOf();
    sandbox.clock.advance(1000);
    const created = await linkBoth();
    expect([created.status, created.body['results']]).toEqual([
      201,
      [
        {
          fromObjectTypeId: '0-3',
          fromObjectId: deal,
          toObjectTypeId: '0-2',
          toObjectId: customer,
          labels: ['Primary'],
        },
        {
          fromObjectTypeId: '0-3',
          fromObjectId: deal,
          toObjectTypeId: '0-2',
          toObjectId: partner,
          labels: ['Partner'],
        },
      ],
    ]);
    expect(await read('deals', 'companies', deal)).toEqual([
      [customer, ['341 null', '5 Primary']],
      [partner, ['341 null', `${label} Partner`]],
    ]);
    expect(await read('companies', 'deals', partner)).toEqual([
      [deal, ['342 null', `${label + 1} Partner deal`]],
    ]);
    expect(await stampOf()).toBe(before);
  });

  test('a deal has one primary company: a new one takes the old one’s place', async () => {
    await linkBoth();
    await call(sandbox, 'PUT', `/crm/v4/objects/deals/${deal}/associations/companies/${partner}`, [
      HUB(5),
    ]);
    expect(await read('deals', 'companies', deal)).toEqual([
      [customer, ['341 null']],
      [partner, ['341 null', `${label} Partner`, '5 Primary']],
    ]);
  });

  test('the client reads a thousand at once; records without any come as items of error', async () => {
    await linkBoth();
    const lonely = await make(sandbox, 'deals', { dealname: 'Lonely' });
    const found = await client(sandbox).links.getPage('deals', 'companies', {
      inputs: [{ id: deal }, { id: lonely }],
    });
    expect(
      found.results.map((one) => [one._from.id, one.to.map((to) => String(to.toObjectId))]),
    ).toEqual([[deal, [customer, partner]]]);
    const raw = await post(sandbox, '/crm/v4/associations/0-3/0-2/batch/read', {
      inputs: [{ id: lonely }],
    });
    expect(raw).toMatchObject({
      status: 207,
      body: {
        numErrors: 1,
        results: [],
        errors: [
          {
            subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
            context: { fromObjectId: [lonely] },
          },
        ],
      },
    });
    expect(
      (
        await post(sandbox, '/crm/v4/associations/deals/companies/batch/read', {
          inputs: Array.from({ length: 1001 }, (_, i) => ({ id: String(i) })),
        })
      ).status,
    ).toBe(400);
    expect(
      (
        await post(sandbox, '/crm/v4/associations/deals/companies/batch/read', {
          inputs: Array.from({ length: 1000 }, (_, i) => ({ id: String(i) })),
        })
      ).status,
    ).toBe(207);
  });

  test('lists name the kinds in words', async () => {
    await linkBoth();
    expect(
      (await get(sandbox, `/crm/v3/objects/deals/${deal}?associations=companies`)).body[
        'associations'
      ],
    ).toEqual({
      companies: {
        results: [
          { id: customer, type: 'deal_to_company_unlabeled' },
          { id: customer, type: 'deal_to_company' },
          { id: partner, type: 'deal_to_company_unlabeled' },
          { id: partner, type: 'partner' },
        ],
      },
    });
  });

  test('a company knows its parent, and the parent its children', async () => {
    const [parent, child] = [
      await make(sandbox, 'companies', { name: 'Parent' }),
      await make(sandbox, 'companies', { name: 'Child' }),
    ];
    await call(
      sandbox,
      'PUT',
      `/crm/v4/objects/companies/${child}/associations/companies/${parent}`,
      [HUB(14)],
    );
    expect(
      (
        await get(
          sandbox,
          `/crm/v3/objects/companies/${child}?properties=hs_parent_company_id&associations=companies`,
        )
      ).body,
    ).toMatchObject({
      properties: { hs_parent_company_id: parent },
      associations: {
        companies: { results: [{ id: parent }, { id: parent, type: 'child_to_parent_company' }] },
      },
    });
    expect(
      (await get(sandbox, `/crm/v3/objects/companies/${parent}?properties=hs_num_child_companies`))
        .body['properties'],
    ).toMatchObject({ hs_num_child_companies: '1' });
    expect(await read('companies', 'companies', parent)).toEqual([
      [child, ['450 null', '13 Child Company']],
    ]);
  });

  test('archived records show in no association and are back when restored', async () => {
    await linkBoth();
    await call(sandbox, 'DELETE', `/crm/v3/objects/companies/${partner}`);
    expect(await read('deals', 'companies', deal)).toEqual([[customer, ['341 null', '5 Primary']]]);
    sandbox.vendor.change({ do: 'restore', object: 'companies', id: partner });
    expect(await read('deals', 'companies', deal)).toHaveLength(2);
  });

  test('one record: list in pages, default, cut a label, cut all', async () => {
    await linkBoth();
    const page = await get(sandbox, `/crm/v4/objects/deals/${deal}/associations/companies?limit=1`);
    expect([(page.body['results'] as object[]).length, page.body['paging']]).toMatchObject([
      1,
      { next: { after: '1' } },
    ]);
    const inputs = [
      {
        types: [{ associationCategory: 'USER_DEFINED', associationTypeId: label }],
        from: { id: deal },
        to: { id: partner },
      },
    ];
    expect(
      (await post(sandbox, '/crm/v4/associations/deals/companies/batch/labels/archive', { inputs }))
        .status,
    ).toBe(204);
    expect(await read('deals', 'companies', deal)).toEqual([
      [customer, ['341 null', '5 Primary']],
      [partner, ['341 null']],
    ]);
    expect(
      (
        await call(
          sandbox,
          'DELETE',
          `/crm/v4/objects/deals/${deal}/associations/companies/${partner}`,
        )
      ).status,
    ).toBe(204);
    expect(await read('companies', 'deals', partner)).toBeUndefined();
    expect(
      (
        await call(
          sandbox,
          'PUT',
          `/crm/v4/objects/deals/${deal}/associations/default/companies/${partner}`,
        )
      ).status,
    ).toBe(200);
    expect(await read('companies', 'deals', partner)).toEqual([[deal, ['342 null']]]);
  });

  test('kinds that do not fit and ends that are not there', async () => {
    expect(
      await post(sandbox, '/crm/v4/associations/deals/companies/batch/create', {
        inputs: [{ types: [HUB(3)], from: { id: deal }, to: { id: customer } }],
      }),
    ).toMatchObject({ status: 400 });
    expect(
      await post(sandbox, '/crm/v4/associations/deals/companies/batch/create', {
        inputs: [{ types: [HUB(5)], from: { id: deal }, to: { id: '1' } }],
      }),
    ).toMatchObject({ status: 207, body: { numErrors: 1 } });
  });

  test('a label that is deleted leaves its links plain', async () => {
    await linkBoth();
    expect(
      (await call(sandbox, 'DELETE', `/crm/v4/associations/deals/companies/labels/${label}`))
        .status,
    ).toBe(204);
    expect(await read('companies', 'deals', partner)).toEqual([[deal, ['342 null']]]);
  });
});
