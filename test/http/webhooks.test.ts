import { createHmac } from 'node:crypto';
import { eventsShape, marksOf } from '../../connectors/hubspot/webhook-events.ts';
import { pinConnection } from '../../src/store/runs.ts';
import type { ConnectorWebhook } from '../../src/model/webhook.ts';
import { demandSecrets, webhookSettings } from '../../src/http/webhooks/settings.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hintedIds } from '../../src/store/hints.ts';
import {
  HUBSPOT_SECRET,
  NOW_MS,
  openHttpLab,
  ORG,
  PORTAL,
  SALESFORCE_SECRET,
  type HttpLab,
} from './lab.ts';

const CRMS = ['hubspot', 'salesforce'];
let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
});
afterEach(() => {
  lab.close();
});

describe('POST /webhooks/hubspot', () => {
  const URL_ = 'https://hw.example/webhooks/hubspot';
  const event = (change: Record<string, unknown> = {}) => ({
    eventId: 1,
    subscriptionId: 9,
    portalId: Number(PORTAL),
    appId: 5,
    occurredAt: NOW_MS,
    subscriptionType: 'deal.propertyChange',
    attemptNumber: 0,
    objectId: 123,
    propertyName: 'dealstage',
    propertyValue: 'closedwon',
    ...change,
  });
  const send = (
    body: string,
    {
      atMs = NOW_MS,
      secret = HUBSPOT_SECRET,
      signed = body,
    }: { atMs?: number; secret?: string; signed?: string } = {},
    headers: Record<string, string> = {},
  ) =>
    lab.app.request(URL_, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-hubspot-request-timestamp': String(atMs),
        'x-hubspot-signature-v3': createHmac('sha256', secret)
          .update(`POST${URL_}${signed}${atMs}`)
          .digest('base64'),
        ...headers,
      },
    });

  it('knows a delivery again whose signature is spelt in another way', async () => {
    const body = JSON.stringify([event()]);
    const signature = createHmac('sha256', HUBSPOT_SECRET)
      .update(`POST${URL_}${body}${NOW_MS}`)
      .digest('base64');
    // The last letter before the sign of the end carries two bits that decode to nothing.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = letters[letters.indexOf(signature[42]!) ^ 1];
    const other = `${signature.slice(0, 42)}${last}=`;
    expect((await send(body)).status).toBe(200);
    expect((await send(body, {}, { 'x-hubspot-signature-v3': other })).status).toBe(409);
  });

  it('marks the records that events name, in the database of their portal, and believes nothing else', async () => {
    const events = [
      event(),
      event(),
      event({ subscriptionType: 'company.creation', objectId: 7 }),
      event({ subscriptionType: 'object.deletion', objectTypeId: '0-1', objectId: 8 }),
      event({ subscriptionType: 'object.creation', objectTypeId: '0-48', objectId: 9 }),
      event({ subscriptionType: 'object.creation', objectTypeId: '2-1200001', objectId: 10 }),
      event({
        subscriptionType: 'deal.associationChange',
        objectId: undefined,
        fromObjectId: 123,
        toObjectId: 77,
        associationType: 'DEAL_TO_COMPANY',
      }),
      event({
        subscriptionType: 'company.merge',
        objectId: undefined,
        primaryObjectId: 7,
        mergedObjectIds: [71],
        newObjectId: 72,
      }),
      // The newer form: each end of an association with its kind, and no record of its own.
      event({
        subscriptionType: 'object.associationChange',
        objectId: undefined,
        fromObjectTypeId: '2-1200001',
        fromObjectId: 11,
        toObjectTypeId: '0-3',
        toObjectId: 124,
        associationTypeId: 5,
        associationCategory: 'USER_DEFINED',
      }),
      event({
        subscriptionType: 'object.merge',
        objectTypeId: '2-1200001',
        objectId: undefined,
        primaryObjectId: 12,
        mergedObjectIds: ['13'],
        newObjectId: 14,
      }),
      event({ subscriptionType: 'object.propertyChange', objectTypeId: '0-999', objectId: 15 }),
      event({ subscriptionType: 'p123_plan.creation', objectId: 16 }),
      event({ objectTypeId: { odd: true }, mergedObjectIds: 'none', objectId: 125 }),
      event({ portalId: 999, objectId: 5 }),
      event({ subscriptionType: 'conversation.creation', objectId: 4 }),
    ];
    expect((await send(JSON.stringify(events))).status).toBe(200);
    const marked = async (object: string) =>
      (await hintedIds(lab.second, 'hs', object, 100)).map((hint) => hint.id);
    expect([
      await marked('deals'),
      await marked('companies'),
      await marked('contacts'),
      await marked('calls'),
      // Names of the portal's own are known to a session alone: the mark keeps what the event said.
      await marked('2-1200001'),
      await marked('0-999'),
      await marked('p123_plan'),
      await marked('conversation'),
    ]).toEqual([
      ['123', '124', '125'],
      ['7', '71', '72', '77'],
      ['8'],
      ['9'],
      ['10', '11', '12', '13', '14'],
      ['15'],
      ['16'],
      [],
    ]);
    expect(JSON.stringify(lab.hints)).not.toContain('closedwon');
  });

  it('loses no event for one that cannot be read, in whichever words its ends are', async () => {
    const ends = (associationType: string, fromObjectId: number, toObjectId: number) =>
      event({ objectId: undefined, associationType, fromObjectId, toObjectId });
    const events = [
      { eventId: 3 },
      null,
      { ...ends('DEAL_TO_QUOTE', 301, 302), subscriptionType: 'deal.associationChange' },
      {
        ...ends('CONTACT_TO_MEETING_EVENT', 303, 304),
        subscriptionType: 'contact.associationChange',
      },
      { ...ends('DEAL_TO_TASK', 305, 306), subscriptionType: 'deal.associationChange' },
      event({ subscriptionType: 'object.propertyChange', objectTypeId: '0-14', objectId: 307 }),
    ];
    expect((await send(JSON.stringify(events))).status).toBe(200);
    const marked = async (object: string) =>
      (await hintedIds(lab.second, 'hs', object, 100)).map((hint) => hint.id);
    expect(await marked('quotes')).toEqual(['302', '307']);
    expect(await marked('meetings')).toEqual(['304']);
    expect(await marked('tasks')).toEqual(['306']);
    expect(await marked('deals')).toEqual(expect.arrayContaining(['301', '305']));
    expect((await send(JSON.stringify([{ eventId: 3 }, 7]))).status).toBe(400);
  });

  it('refuses what is forged, altered, old, from the future or unsigned', async () => {
    const body = JSON.stringify([event()]);
    const refused = [
      send(body, { secret: 'another' }),
      send(body, { signed: `${body} ` }),
      send(body, { atMs: NOW_MS - 5 * 60_000 - 1 }),
      send(body, { atMs: NOW_MS + 5 * 60_000 + 1 }),
      send(body, {}, { 'x-hubspot-signature-v3': '' }),
      send(body, {}, { 'x-hubspot-signature-v3': 'a'.repeat(64) }),
      send(body, {}, { 'x-hubspot-request-timestamp': String(NOW_MS - 1) }),
      send(body, {}, { 'x-hubspot-request-timestamp': 'NaN' }),
    ];
    expect((await Promise.all(refused)).map((response) => response.status)).toEqual(
      refused.map(() => 401),
    );
    expect(lab.hints).toEqual([]);
  });

  it('takes a delivery once, even when two copies come at the same moment', async () => {
    const body = JSON.stringify([event()]);
    expect(
      (await Promise.all([send(body), send(body), send(body)]))
        .map((response) => response.status)
        .sort(),
    ).toEqual([200, 409, 409]);
    lab.clock.nowMs += 4 * 60_000;
    expect((await send(body)).status).toBe(409);
    expect(lab.hints).toHaveLength(1);
  });

  it('takes a delivery again whose marks could not be kept', async () => {
    const { takeHints } = lab.deps;
    lab.deps.takeHints = async () => {
      throw new Error('the queue is away');
    };
    const body = JSON.stringify([event()]);
    expect((await send(body)).status).toBe(500);
    lab.deps.takeHints = takeHints;
    expect((await send(body)).status).toBe(200);
  });

  it('refuses more than a hundred events, more bytes than it reads, and what is no list of events', async () => {
    expect(
      (await send(JSON.stringify(Array.from({ length: 100 }, (_, i) => event({ objectId: i })))))
        .status,
    ).toBe(200);
    expect(
      (await send(JSON.stringify(Array.from({ length: 101 }, (_, i) => event({ objectId: i })))))
        .status,
    ).toBe(400);
    expect((await send(`[${' '.repeat(300_000)}]`)).status).toBe(413);
    expect((await send('{"portalId":1}')).status).toBe(400);
    expect((await send('not json')).status).toBe(400);
  });

  it('is off without a secret', async () => {
    const off = await openHttpLab({
      webhooks: {
        secretOf: () => undefined,
        signalsSecret: () => undefined,
        publicOrigin: undefined,
      },
    });
    expect([
      (await off.call('POST', '/webhooks/hubspot', { body: '[]' })).status,
      (await off.call('POST', `/webhooks/salesforce/${SALESFORCE_SECRET}`, { body: '<x/>' }))
        .status,
    ]).toEqual([404, 404]);
    off.close();
  });
});

describe('POST /webhooks/salesforce/{secret}', () => {
  const notification = (id: string, object = 'Opportunity') =>
    `<Notification><Id>04l000000000001AAA</Id><sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${id}</sf:Id><sf:Amount>1000000</sf:Amount></sObject></Notification>`;
  const message = (inner: string, org = ORG) =>
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${org}</OrganizationId><ActionId>04k000000000001</ActionId><SessionId xsi:nil="true"/>${inner}</notifications></soapenv:Body></soapenv:Envelope>`;
  const send = (body: string, secret = SALESFORCE_SECRET) =>
    lab.call('POST', `/webhooks/salesforce/${secret}`, {
      body,
      headers: { 'content-type': 'text/xml' },
    });

  it('marks the records and acknowledges in SOAP, as often as it comes', async () => {
    const body = message(
      notification('006000000000001') +
        notification('001000000000002AAA', 'Account') +
        notification('no id') +
        notification('006000000000001AAA'),
    );
    for (let i = 0; i < 2; i++) {
      const response = await send(body);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        200,
        'text/xml; charset=utf-8',
      ]);
      expect(await response.text()).toContain(
        '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse>',
      );
    }
    expect((await hintedIds(lab.store, 'sf', 'Opportunity', 10)).map((hint) => hint.id)).toEqual([
      '006000000000001AAA',
    ]);
    expect((await hintedIds(lab.store, 'sf', 'Account', 10)).map((hint) => hint.id)).toEqual([
      '001000000000002AAA',
    ]);
  });

  it('refuses a wrong secret, another org, and what is no Outbound Message, always in SOAP', async () => {
    const good = message(notification('006000000000001AAA'));
    const answers = [
      await send(good, `${SALESFORCE_SECRET}x`),
      await send(good, 'short'),
      await send(message(notification('006000000000001AAA'), '00D000000000009EAA')),
      await send('<x/>'),
      await send(good.replace('<?xml', '<!DOCTYPE x [<!ENTITY a "b">]><?xml')),
      await send(message(notification('006000000000001AAA').repeat(101))),
      await send(message(notification("1' or 1=1"))),
      await send(message(' '.repeat(1_100_000))),
    ];
    expect(answers.map((response) => response.status)).toEqual([
      404, 404, 403, 400, 400, 400, 400, 413,
    ]);
    for (const response of answers) expect(await response.text()).toMatch(/soapenv:Fault/);
    expect(lab.hints).toEqual([]);
  });

  it('asks to be sent again while the marks cannot be kept', async () => {
    const full = await openHttpLab({
      takeHints: async () => {
        throw new Error('queue full');
      },
    });
    const response = await full.call('POST', `/webhooks/salesforce/${SALESFORCE_SECRET}`, {
      body: message(notification('006000000000001AAA')),
    });
    expect([response.status, await response.text()]).toEqual([
      503,
      expect.not.stringContaining('queue full'),
    ]);
    full.close();
  });
});

describe('the webhook of any other connector', () => {
  const acme = async (webhook: Partial<ConnectorWebhook>): Promise<HttpLab> => {
    const own = await openHttpLab({
      connector: async (crm) => (crm === 'acme' ? { webhook: { ...POSTS_IDS, ...webhook } } : null),
      webhooks: {
        secretOf: (crm) => (crm === 'acme' ? 'of-acme' : undefined),
        signalsSecret: () => undefined,
        publicOrigin: 'https://outside.example',
      },
    });
    await pinConnection(own.store, {
      id: 'ac',
      crm: 'acme',
      orgId: 'org',
      orgName: '',
      instanceUrl: '',
      pinnedMs: 1,
    });
    return own;
  };
  const POSTS_IDS: ConnectorWebhook = {
    maxBytes: 100,
    proof: 'signature',
    knownOrgsOnly: false,
    read: async ({ url, header, body }, secret) =>
      header('x-proof') === `${secret} ${url}`
        ? { kind: 'marks', orgs: [{ orgId: 'org', marks: [{ object: 'deal', id: body }] }] }
        : { kind: 'unsigned' },
  };
  const headers = { 'x-proof': 'of-acme https://outside.example/webhooks/acme' };

  it('is where its name is, with the secret of its name and the address that the CRM posted to', async () => {
    const own = await acme({});
    const taken = await own.call('POST', '/webhooks/acme', { body: '7', headers });
    expect([taken.status, await taken.json()]).toEqual([200, { marked: 1 }]);
    expect(own.hints).toMatchObject([{ connectionId: 'ac', marks: [{ object: 'deal', id: '7' }] }]);
    expect((await own.call('POST', '/webhooks/acme', { body: '7' })).status).toBe(401);
    const long = await own.call('POST', '/webhooks/acme', { body: 'x'.repeat(101), headers });
    expect(long.status).toBe(413);
    own.close();
  });

  it('may come again, unless it says that it counts once', async () => {
    const again = await acme({});
    const once = await acme({
      read: async () => ({ kind: 'marks', orgs: [], once: { text: 'a', keptMs: 1000 } }),
    });
    const twice = async (own: HttpLab): Promise<number[]> => [
      (await own.call('POST', '/webhooks/acme', { body: '7', headers })).status,
      (await own.call('POST', '/webhooks/acme', { body: '7', headers })).status,
    ];
    expect([await twice(again), await twice(once)]).toEqual([
      [200, 200],
      [200, 409],
    ]);
    again.close();
    once.close();
  });

  it('is not there where no connector has one, or where its proof does not stand', async () => {
    const own = await acme({});
    for (const path of ['/webhooks/none', '/webhooks/constructor', '/webhooks/acme/of-acme'])
      expect((await own.call('POST', path, { body: '7', headers })).status, path).toBe(401);
    const inAddress = await acme({ proof: 'address' });
    const post = async (path: string): Promise<number> =>
      (await inAddress.call('POST', path, { body: '7', headers })).status;
    expect([await post('/webhooks/acme'), await post('/webhooks/acme/other')]).toEqual([401, 404]);
    own.close();
    inAddress.close();
  });
});

describe('secrets of webhooks', () => {
  it.each(['HEADWATER_HUBSPOT_SECRET', 'HEADWATER_SALESFORCE_SECRET', 'HEADWATER_SIGNALS_SECRET'])(
    'a %s that is too short is refused, not ignored',
    (name) => {
      const given = (value: string) => (asked: string) => (asked === name ? value : undefined);
      expect(() => demandSecrets(webhookSettings(given('x'.repeat(23))), CRMS)).toThrow(
        `${name} is shorter than 24 characters`,
      );
      expect(() => demandSecrets(webhookSettings(given('x'.repeat(24))), CRMS)).not.toThrow();
    },
  );

  it('bear the name of their connector', () => {
    const settings = webhookSettings((name) => `${name} of enough characters`);
    expect(settings.secretOf('acme-crm')).toBe('HEADWATER_ACME_CRM_SECRET of enough characters');
  });
});

describe('names that every object has', () => {
  it('are read as names, never as what objects inherit', async () => {
    for (const kind of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      const [portal] = marksOf(
        eventsShape.parse([
          { portalId: 1, subscriptionType: `${kind}.creation`, objectId: 1 },
          { portalId: 1, subscriptionType: 'object.creation', objectTypeId: kind, objectId: 2 },
        ]),
      );
      for (const { object } of portal!.marks) expect(typeof object).toBe('string');
    }
  });
});
