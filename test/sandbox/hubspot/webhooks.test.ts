import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { call, make, open, post } from './support.ts';

interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
  items: Record<string, unknown>[];
}
const received: Received[] = [];
let status = 204;
const server: Server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({
      headers: request.headers,
      body,
      items: JSON.parse(body) as Record<string, unknown>[],
    });
    response.writeHead(status).end();
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());
const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?q=a%3Ab`;

const TYPES = [
  'deal.creation',
  'deal.deletion',
  'deal.merge',
  'deal.associationChange',
  'object.propertyChange',
];

describe('webhooks', () => {
  let sandbox: HubSpotSandbox;
  let webhooks: HubSpotSandbox['vendor']['webhooks'];
  beforeEach(async () => {
    received.length = 0;
    status = 204;
    sandbox = await open();
    webhooks = sandbox.vendor.webhooks;
    for (const type of TYPES)
      webhooks.subscribe(type, target, type === 'object.propertyChange' ? 'dealstage' : null);
  });

  test('own writes are told as INTEGRATION, people’s as CRM_UI, and only subscribed properties', async () => {
    const id = await make(sandbox, 'deals', { dealname: 'W', dealstage: 'qualifiedtobuy' });
    sandbox.vendor.change({
      do: 'update',
      object: 'deals',
      id,
      properties: { dealstage: 'contractsent', dealname: 'V' },
    });
    expect(received).toHaveLength(0);
    expect(await webhooks.flush()).toMatchObject([{ status: 204, events: 3, attempt: 0 }]);
    const [creation, first, second] = received[0]?.items ?? [];
    expect(creation).toMatchObject({
      subscriptionType: 'deal.creation',
      objectId: Number(id),
      changeFlag: 'CREATED',
      changeSource: 'INTEGRATION',
      attemptNumber: 0,
      portalId: 48291637,
      occurredAt: sandbox.clock.nowMs(),
    });
    expect(first).toMatchObject({
      propertyName: 'dealstage',
      propertyValue: 'qualifiedtobuy',
      changeSource: 'INTEGRATION',
      objectTypeId: '0-3',
    });
    expect(second).toMatchObject({
      propertyValue: 'contractsent',
      changeSource: 'CRM_UI',
      sourceId: 'userId:1',
    });
  });

  test('the signature is the one that HubSpot’s own client checks', async () => {
    const { Signature } = createRequire(import.meta.url)(
      '@hubspot/api-client/lib/src/utils/signature.js',
    ) as { Signature: { isValid(options: object): boolean } };
    await make(sandbox, 'deals', { dealname: 'W' });
    await webhooks.flush();
    const { headers, body } = received[0] ?? { headers: {} as Received['headers'], body: '' };
    const check = (requestBody: string) =>
      Signature.isValid({
        signature: headers['x-hubspot-signature-v3'],
        clientSecret: sandbox.clientSecret,
        requestBody,
        signatureVersion: 'v3',
        url: target.replace('%3A', ':'),
        method: 'POST',
        timestamp: Number(headers['x-hubspot-request-timestamp']),
      });
    expect([check(body), check(`${body} `)]).toEqual([true, false]);
  });

  test('deletions, merges and both ends of an association are told', async () => {
    const [a, b, company] = [
      await make(sandbox, 'deals', { dealname: 'A' }),
      await make(sandbox, 'deals', { dealname: 'B' }),
      await make(sandbox, 'companies', { name: 'C' }),
    ];
    await webhooks.flush();
    received.length = 0;
    await call(sandbox, 'PUT', `/crm/v4/objects/deals/${a}/associations/companies/${company}`, [
      { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 5 },
    ]);
    await post(sandbox, '/crm/v3/objects/deals/merge', { primaryObjectId: a, objectIdToMerge: b });
    await call(sandbox, 'DELETE', `/crm/v3/objects/deals/${a}`);
    await webhooks.flush();
    const items = received.flatMap((one) => one.items);
    expect(
      items.filter((one) => one['subscriptionType'] === 'deal.associationChange'),
    ).toMatchObject([
      {
        associationType: 'DEAL_TO_COMPANY',
        toObjectId: Number(company),
        isPrimaryAssociation: false,
      },
      { isPrimaryAssociation: true, associationRemoved: false },
    ]);
    expect(items.find((one) => one['subscriptionType'] === 'deal.merge')).toMatchObject({
      primaryObjectId: Number(a),
      mergedObjectIds: [Number(b)],
      newObjectId: Number(a),
    });
    expect(items.find((one) => one['subscriptionType'] === 'deal.deletion')).toMatchObject({
      objectId: Number(a),
      changeFlag: 'DELETED',
    });
  });

  test('no more than 100 in a call; what fails is sent again with the next attempt number, ten times at most', async () => {
    for (let i = 0; i < 150; i++) await make(sandbox, 'deals', { dealname: `N${i}` });
    status = 500;
    expect((await webhooks.flush()).map((one) => one.events)).toEqual([100, 50]);
    for (let attempt = 1; attempt <= 10; attempt++)
      expect((await webhooks.flush()).every((one) => one.attempt === attempt)).toBe(true);
    expect(webhooks.pending).toBe(0);
    const ids = new Set(received.flatMap((one) => one.items.map((item) => item['eventId'])));
    expect([ids.size, received.length]).toEqual([150, 22]);
  });

  test('a timer sends by itself until it is stopped', async () => {
    sandbox.vendor.configure({ webhookEveryMs: 5 });
    await make(sandbox, 'deals', { dealname: 'Timed' });
    await expect.poll(() => received.length, { timeout: 600_000 }).toBe(1);
    sandbox.vendor.configure({ webhookEveryMs: 0 });
    await make(sandbox, 'deals', { dealname: 'Waiting' });
    expect(webhooks.pending).toBe(1);
  });

  test('a deletion for privacy leaves nothing, and is heard of as a deletion and as what it is', async () => {
    for (const type of ['contact.deletion', 'contact.privacyDeletion'])
      webhooks.subscribe(type, target);
    const id = await make(sandbox, 'contacts', { lastname: 'Gone', email: 'gone@x.example' });
    const other = await make(sandbox, 'deals', { dealname: 'D', dealstage: 'qualifiedtobuy' });
    const path = '/crm/v3/objects/contacts/gdpr-delete';
    expect((await post(sandbox, path, { objectId: id })).status).toBe(204);
    await webhooks.flush();
    const heard = received
      .flatMap(({ items }) => items)
      .filter((item) => item['objectId'] === Number(id));
    expect(heard.map((item) => item['subscriptionType'])).toEqual([
      'contact.deletion',
      'contact.privacyDeletion',
    ]);
    for (const query of ['', '?archived=true'])
      expect((await call(sandbox, 'GET', `/crm/v3/objects/contacts/${id}${query}`)).status).toBe(
        404,
      );
    // Nobody's address goes on a block list; an id that nobody has, or another object, is an error.
    const unknown = { objectId: 'nobody@x.example', idProperty: 'email' };
    expect((await post(sandbox, path, unknown)).status).toBe(204);
    expect((await post(sandbox, path, { objectId: id })).status).toBe(404);
    expect(
      (await post(sandbox, path.replace('contacts', 'deals'), { objectId: other })).status,
    ).toBe(404);
  });
});
