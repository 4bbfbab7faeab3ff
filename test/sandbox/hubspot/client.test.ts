import { Client } from '@hubspot/api-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { OTHERS } from '../../../src/sandbox/hubspot/model/object-types.ts';

/** The vendor's own client, in calls that it makes anywhere. */
let sandbox: HubSpotSandbox;
let client: Client;
beforeAll(async () => {
  sandbox = await startHubSpotSandbox({ port: 0, limits: { by: 'off' }, seeder: () => null });
  client = new Client({ accessToken: sandbox.accessToken, basePath: sandbox.url });
});
afterAll(async () => await sandbox.close());

const raw = async (method: string, path: string, body?: unknown) => {
  const answer = await client.apiRequest({ method, path, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: (await answer.json().catch(() => null)) as unknown };
};

describe('a change names what changes, and the rest stays', () => {
  it('of a property', async () => {
    const { coreApi, groupsApi } = client.crm.properties;
    await groupsApi.create('deals', { name: 'g1', label: 'G', displayOrder: 4 });
    await raw('POST', '/crm/v3/properties/deals', {
      ...{ name: 'p1', label: 'P', type: 'enumeration', fieldType: 'select', groupName: 'g1' },
      ...{ description: 'why', displayOrder: 7 },
      options: [{ label: 'A', value: 'a', displayOrder: 0, hidden: false }],
    });
    expect(await coreApi.update('deals', 'p1', { label: 'P2' })).toMatchObject({
      ...{ label: 'P2', description: 'why', displayOrder: 7 },
      options: [{ value: 'a' }],
    });
    expect(await groupsApi.update('deals', 'g1', { label: 'H' })).toMatchObject({
      ...{ label: 'H', displayOrder: 4 },
    });
  });

  it('of a schema, whose associations can be taken away again', async () => {
    const schemas = client.crm.schemas.coreApi;
    const posted = await raw('POST', '/crm-object-schemas/v3/schemas', {
      ...{ name: 'jpp', labels: { singular: 'Plan', plural: 'Plans' }, description: 'joint' },
      ...{ requiredProperties: [], searchableProperties: ['name'], primaryDisplayProperty: 'name' },
      ...{ secondaryDisplayProperties: [], associatedObjects: [] },
      properties: [{ name: 'name', label: 'Name', type: 'string', fieldType: 'text' }],
    });
    const { objectTypeId } = posted.body as { objectTypeId: string };
    const changed = await schemas.update(objectTypeId, { primaryDisplayProperty: 'name' });
    expect(changed).toMatchObject({
      labels: { singular: 'Plan', plural: 'Plans' },
      searchableProperties: ['name'],
    });
    const { body } = await raw('GET', `/crm-object-schemas/v3/schemas/${objectTypeId}`);
    expect(body).toMatchObject({ description: 'joint' });
    const link = await schemas.createAssociation(objectTypeId, {
      ...{ fromObjectTypeId: objectTypeId, toObjectTypeId: '0-3', name: 'plan_deal' },
    });
    await schemas.archiveAssociation(objectTypeId, link.id);
    const after = await schemas.getById(objectTypeId);
    expect(after.associations.filter(({ toObjectTypeId }) => toObjectTypeId === '0-3')).toEqual([]);
  });
});

it('a pipeline is put anew: stages that are not named go, the others keep their ids', async () => {
  const { pipelinesApi } = client.crm.pipelines;
  const stage = (label: string, probability: string) => ({
    ...{ label, displayOrder: 0, metadata: { probability } },
  });
  const made = await pipelinesApi.create('deals', {
    ...{ label: 'X', displayOrder: 1, stages: [stage('A', '0.5'), stage('B', '0.6')] },
  });
  const put = await pipelinesApi.replace('deals', made.id, {
    ...{ label: 'Y', displayOrder: 2, stages: [stage('B', '0.7'), stage('C', '1.0')] },
  });
  expect(put).toMatchObject({ label: 'Y', displayOrder: 2 });
  expect(put.stages.map(({ label }) => label).sort()).toEqual(['B', 'C']);
  const kept = put.stages.find(({ label }) => label === 'B')!;
  expect(kept.id).toBe(made.stages.find(({ label }) => label === 'B')!.id);
  expect(kept.metadata).toMatchObject({ probability: '0.7', isClosed: 'false' });
});

describe('associations', () => {
  let dealId: string;
  let companyId: string;
  beforeAll(async () => {
    const { deals, companies } = client.crm;
    companyId = (await companies.basicApi.create({ properties: { name: 'C' }, associations: [] }))
      .id;
    const properties = { dealname: 'D', dealstage: 'appointmentscheduled' };
    dealId = (await deals.basicApi.create({ properties, associations: [] })).id;
  });

  it('are made by default in batches, there and back', async () => {
    const made = await raw('POST', '/crm/v4/associations/deals/companies/batch/associate/default', {
      inputs: [{ from: { id: dealId }, to: { id: companyId } }],
    });
    expect(made.status).toBe(200);
    const spec = (associationTypeId: number) => ({
      associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId },
    });
    expect(made.body).toMatchObject({
      results: [
        { from: { id: dealId }, to: { id: companyId }, ...spec(341) },
        { from: { id: companyId }, to: { id: dealId }, ...spec(342) },
      ],
    });
  });

  it('have names in version 3', async () => {
    const { batchApi } = client.crm.associations;
    const row = { _from: { id: dealId }, to: { id: companyId }, type: 'deal_to_company' };
    const made = await batchApi.create('deals', 'companies', { inputs: [row] });
    expect(made.results.map(({ type }) => type)).toEqual(['deal_to_company', 'company_to_deal']);
    const read = await batchApi.read('deals', 'companies', { inputs: [{ id: dealId }] });
    expect(read.results[0]!.to).toContainEqual({ id: companyId, type: 'deal_to_company' });
    await batchApi.archive('deals', 'companies', { inputs: [row] });
    const { status } = await raw('POST', '/crm/v3/associations/deals/companies/batch/read', {
      inputs: [{ id: dealId }],
    });
    expect(status).toBe(207);
    const types = await raw('GET', '/crm/v3/associations/deals/companies/types');
    expect(types.body).toMatchObject({
      results: expect.arrayContaining([{ id: '341', name: 'deal_to_company' }]),
    });
  });
});

it.each(Object.values(OTHERS).map(([, , plural]) => plural))(
  "HubSpot's own object %s is there, by name and number, and takes records",
  async (plural) => {
    const { basicApi, batchApi, searchApi } = client.crm.objects;
    const made = await basicApi.create(plural, { properties: {}, associations: [] });
    const page = await basicApi.getPage(plural, 10);
    expect(page.results.map(({ id }) => id)).toEqual([made.id]);
    const inputs = [{ id: made.id }];
    const read = await batchApi.read(plural, { inputs, properties: [], propertiesWithHistory: [] });
    expect(read.results.length).toBe(1);
    const found = await searchApi.doSearch(plural, {
      ...{ filterGroups: [], sorts: [], properties: [], limit: 1, after: '0' },
    });
    expect(found.total).toBe(1);
    expect((await client.crm.properties.coreApi.getAll(plural)).results.length).toBeGreaterThan(2);
  },
);

it('records and custom objects have limits as documented', async () => {
  const { body } = await raw('GET', '/crm/v3/limits/records');
  const { hubspotDefinedObjectTypes, customObjectTypes } = body as Record<string, unknown>;
  expect(hubspotDefinedObjectTypes).toContainEqual(
    expect.objectContaining({ objectTypeId: '0-3', singularLabel: 'Deal', usage: 1 }),
  );
  expect(customObjectTypes).toMatchObject({ byObjectType: [{ usage: 0 }] });
  expect((await raw('GET', '/crm/limits/2026-09/custom-object-types')).body).toEqual({
    ...{ limit: 10, usage: 1, percentage: 10 },
  });
});
