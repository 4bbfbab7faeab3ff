/** Webhooks of other systems, signed by the Standard Webhooks specification. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedSecret } from '../../src/model/webhook-secret.ts';
import { readFeed } from '../../src/mapping/signals/read-feed.ts';
import { saveMapped } from '../../src/store/rows.ts';
import { mapped } from '../store/open.ts';
import { NOW_MS, openHttpLab, SIGNALS_SECRET, type HttpLab } from './lab.ts';
import { syncedBy } from './synced.ts';

const MAPPING = `version: 1
crm: salesforce
settings:
  signalFeeds:
    lms:
      items: data.events
      key: id
      partner: learner.email
      kind: type
      at: done_at
      value: score
      kinds: { course.completed: training_completed }
entities: {}
`;
let lab: HttpLab;
let secret: string;
beforeEach(async () => {
  lab = await openHttpLab();
  await syncedBy(lab.store, 'sf', MAPPING);
  const partner = mapped('partner', 'A1', { name: 'Northwind', domain: 'northwind.example' });
  await lab.store.batch(saveMapped(lab.store, 'sf', [partner], 1));
  secret = await feedSecret(SIGNALS_SECRET, 'sf', 'lms');
});
afterEach(() => {
  lab.close();
});

const event = (change: object = {}) => ({
  id: 17,
  learner: { email: 'ann@northwind.example' },
  type: 'course.completed',
  done_at: NOW_MS - 86_400_000,
  ...change,
});
const payload = (...events: object[]): string => JSON.stringify({ data: { events } });

/** As a sender signs, by the specification and none of our code. */
function sign(body: string, change: { secret?: string; id?: string; atMs?: number } = {}) {
  const id = change.id ?? 'msg_1';
  const at = String(Math.floor((change.atMs ?? lab.clock.nowMs) / 1000));
  const key = Buffer.from((change.secret ?? secret).replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': `v1,${signature}` };
}
async function send(
  body: string,
  headers: Record<string, string> = sign(body),
  path = '/webhooks/signals/sf/lms',
): Promise<[number, unknown]> {
  const answer = await lab.call('POST', path, { body, headers });
  return [answer.status, await answer.json()];
}

it('keeps what the feed reads, and counts what is of no kind of it or incomplete', async () => {
  const { learner: _, ...nobody } = event({ id: 19 });
  const body = payload(event(), event({ id: 18, type: 'course.viewed' }), nobody);
  expect(await send(body)).toEqual([
    200,
    { kept: 1, corrected: 0, same: 0, refused: 0, other: 1, unread: { partner: 1 } },
  ]);
  const [row] = await lab.store.db.query.signals.findMany();
  expect(row).toMatchObject({
    id: 'lms/17',
    partnerId: 'A1',
    kind: 'training_completed',
    value: 1,
  });
});

it('takes a delivery that is sent anew, and refuses the very same one', async () => {
  const body = payload(event());
  expect((await send(body))[0]).toBe(200);
  expect((await send(body))[0]).toBe(409);
  lab.clock.nowMs += 60_000;
  expect(await send(body)).toEqual([200, expect.objectContaining({ kept: 0, same: 1 })]);
});

it('takes one of several signatures, and none that is wrong, old or of another feed', async () => {
  const body = payload(event());
  const right = sign(body);
  const refused: [string, Record<string, string>][] = [
    ['no signature', { ...right, 'webhook-signature': '' }],
    ['another body', sign(payload())],
    ['another id', { ...right, 'webhook-id': 'msg_2' }],
    ['another feed', sign(body, { secret: await feedSecret(SIGNALS_SECRET, 'sf', 'portal') })],
    ['another connection', sign(body, { secret: await feedSecret(SIGNALS_SECRET, 'hs', 'lms') })],
    ['too old', sign(body, { atMs: NOW_MS - 5 * 60_000 - 1000 })],
    ['from the future', sign(body, { atMs: NOW_MS + 5 * 60_000 + 1000 })],
    ['another version', { ...right, 'webhook-signature': `v2,${right['webhook-signature']}` }],
  ];
  for (const [why, headers] of refused)
    expect([why, (await send(body, headers))[0]]).toEqual([why, 401]);
  const both = `v1,${'A'.repeat(43)}= ${right['webhook-signature']}`;
  expect((await send(body, { ...right, 'webhook-signature': both }))[0]).toBe(200);
});

it('refuses what has no list of events where the feed looks for it', async () => {
  const body = JSON.stringify({ data: { event: event() } });
  expect(await send(body)).toEqual([
    400,
    { error: expect.objectContaining({ code: 'NO_ITEMS' }) as object },
  ]);
});

it('says which feed the mapping lacks, to those alone who can sign', async () => {
  const body = payload(event());
  const path = '/webhooks/signals/sf/portal';
  expect((await send(body, sign(body), path))[0]).toBe(401);
  const signed = sign(body, { secret: await feedSecret(SIGNALS_SECRET, 'sf', 'portal') });
  expect(await send(body, signed, path)).toEqual([
    404,
    { error: expect.objectContaining({ code: 'NO_FEED' }) as object },
  ]);
});

describe('a feed', () => {
  const rules = { key: 'id', partner: 'who', kind: 'what', at: 'when', value: 'n' };
  const sent = { id: 'a', who: 'A1', what: 'login', when: '2026-11-01', n: '2' };
  it.each([
    [sent, { at: '2026-11-01', value: 2 }],
    [
      { ...sent, when: 1_790_000_000, n: 0 },
      { at: '2026-09-21T14:13:20.000Z', value: 0 },
    ],
    [{ ...sent, when: 1_790_000_000_000, n: null }, { at: '2026-09-21T14:13:20.000Z' }],
  ])('reads %o', (event, expected) => {
    expect(readFeed(event, rules)?.signals).toEqual([
      { key: 'a', partner: 'A1', kind: 'login', ...expected },
    ]);
  });
  it.each([
    [{ ...sent, n: 'many' }, { value: 1 }],
    [{ ...sent, n: [] }, { value: 1 }],
    [{ ...sent, n: true }, { value: 1 }],
    [{ ...sent, n: ' ' }, { value: 1 }],
    [{ ...sent, id: ' ' }, { key: 1 }],
    [{ ...sent, id: { a: 1 } }, { key: 1 }],
    [{ ...sent, when: 9e15 }, { at: 1 }],
    [{ ...sent, who: 'x'.repeat(300) }, { partner: 1 }],
    [null, { key: 1 }],
    ['text', { key: 1 }],
  ])('counts %o as unread', (event, unread) => {
    expect(readFeed(event, rules)).toEqual({ signals: [], other: 0, unread });
  });
  it('looks at nothing that the sender did not write', () => {
    expect(readFeed(sent, { ...rules, key: 'constructor.name' })?.unread).toEqual({ key: 1 });
    expect(readFeed({ list: sent }, { ...rules, items: 'list' })).toBeNull();
  });
});
