import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { get, make, open, post, type Json } from './support.ts';

describe('the control plane over a portal', () => {
  let sandbox: HubSpotSandbox;
  beforeEach(async () => {
    sandbox = await open();
  });
  const control = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${sandbox.controlUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  };

  test('every switch of the portal stands in docs/sandbox.md', async () => {
    const refused = await control('PUT', '/switches', { noSuchThing: 1 });
    const [, names = ''] = /There are: ([\w, ]+)/.exec(JSON.stringify(refused.body)) ?? [];
    expect(names.split(', ').length).toBeGreaterThan(10);
    const page = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
    const [, section = ''] = page.split('## A HubSpot portal');
    expect(names.split(', ').filter((name) => !section.includes(`\`${name}\``))).toEqual([]);
  });

  test('people’s changes go past the API but by the portal’s rules', async () => {
    const [made] = (
      await control('POST', '/records', [
        { do: 'create', object: 'deals', properties: { dealname: 'By hand' } },
      ])
    ).body as unknown as { id: string }[];
    const history = await get(
      sandbox,
      `/crm/v3/objects/deals/${made?.id ?? ''}?propertiesWithHistory=dealname`,
    );
    expect(history.body['propertiesWithHistory']).toMatchObject({
      dealname: [{ sourceType: 'CRM_UI', updatedByUserId: 1 }],
    });
    expect(
      (
        await control('POST', '/records', {
          do: 'update',
          object: 'deals',
          id: made?.id,
          properties: { nonsense: '1' },
        })
      ).status,
    ).toBe(400);
    expect((await control('POST', '/records', { do: 'nothing' })).status).toBe(400);
    await control('POST', '/records', { do: 'archive', object: 'deals', id: made?.id });
    expect((await get(sandbox, `/crm/v3/objects/deals/${made?.id ?? ''}`)).status).toBe(404);
  });

  test('a property may be taken away between two requests', async () => {
    await post(sandbox, '/crm/v3/properties/deals', {
      name: 'hw_x',
      label: 'x',
      type: 'string',
      fieldType: 'text',
      groupName: 'dealinformation',
    });
    const id = await make(sandbox, 'deals', { hw_x: '1' });
    await control('POST', '/records', { do: 'archiveProperty', object: 'deals', name: 'hw_x' });
    expect(
      (await get(sandbox, `/crm/v3/objects/deals/${id}?properties=hw_x`)).body['properties'],
    ).not.toHaveProperty('hw_x');
    expect((await post(sandbox, '/crm/v3/objects/deals/search', { sorts: ['hw_x'] })).status).toBe(
      400,
    );
  });

  test('switches change limits and behaviour; unknown ones are refused', async () => {
    expect(
      (await control('PUT', '/switches', { burst: 250, pageShrink: 1, useCalls: 10 })).body,
    ).toMatchObject({ burst: 250, pageShrink: 1 });
    for (let i = 0; i < 3; i++) await make(sandbox, 'companies', { name: `c${i}` });
    const page = (await get(sandbox, '/crm/v3/objects/companies?limit=3')).body;
    expect([(page['results'] as object[]).length, page['paging']]).toMatchObject([
      2,
      { next: { after: expect.any(String) } },
    ]);
    expect((await control('PUT', '/switches', { nonsense: 1 })).status).toBe(400);
  });

  test('the dump shows every record, archived ones too, with their associations; the log names what was asked', async () => {
    const gone = await make(sandbox, 'deals', { dealname: 'Gone' });
    await make(sandbox, 'deals', { dealname: 'Kept' });
    await make(sandbox, 'companies', { name: 'c' });
    await control('POST', '/records', { do: 'archive', object: 'deals', id: gone });
    await post(sandbox, '/crm/v3/objects/deals/search', {});
    const deals = (await control('GET', '/dump?objects=deals')).body['deals'] as {
      archived: boolean;
    }[];
    expect(deals.map((one) => one.archived)).toEqual([true, false]);
    expect((await control('GET', '/counters')).body['routes']).toHaveProperty(
      'POST /crm/v3/objects/deals/search',
    );
    expect((await control('GET', '/status')).body).toMatchObject({
      crm: 'hubspot',
      records: { deals: 2, companies: 1 },
    });
  });
});
