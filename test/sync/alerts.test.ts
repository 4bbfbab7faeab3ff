/** Alerts on their way: what arrives, what waits, what is dead, and where nothing is sent. */
import { setTimeout } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { isSignedBy } from '../../src/http/webhooks/standard-signature.ts';
import type { AlertChannel, QueuedAlert } from '../../src/model/alert.ts';
import { keepLook, listAlerts, reviveAlerts } from '../../src/store/alerts.ts';
import type { Store } from '../../src/store/store.ts';
import type { Mail } from '../../src/sync/alert/channel.ts';
import { deliverAlerts, type Delivered } from '../../src/sync/alert/deliver.ts';
import { openMemory } from '../store/open.ts';

const HOUR_MS = 3_600_000;
const SECRET = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
const API = 'https://api.resend.com/emails';
const SPEECH = { language: 'en', currency: 'USD', today: '2026-11-16' } as const;
const CHANNELS: Record<string, AlertChannel> = {
  hook: { kind: 'webhook', url: 'https://hooks.acme.example/in', secret: 'hookSecret' },
  crew: { kind: 'slack', url: 'crewUrl' },
  mail: { kind: 'smtp', url: 'smtpUrl', from: 'headwater@acme.example' },
};

interface Call {
  url: string;
  headers: Headers;
  body: string;
  redirect: string | undefined;
}
let store: Store;
let nowMs: number;
let calls: Call[];
let mails: Mail[];
let answer: (call: Call) => Response | Promise<Response>;

beforeEach(async () => {
  store = openMemory();
  nowMs = Date.parse('2026-11-16T09:00:00Z');
  calls = [];
  mails = [];
  answer = () => new Response('ok');
  const run = (sql: string) => ({ toSQL: () => ({ sql, params: [] }) });
  const facts = '1, 1, 0';
  await store.batch([
    run(
      `insert into partners (connection_id, object, id, name, stamp_ms, seen_ms, deleted) values ('sf', 'Account', 'p1', 'Acme <!channel>', ${facts})`,
    ),
    run(
      `insert into users (connection_id, object, id, name, email, stamp_ms, seen_ms, deleted) values ('sf', 'User', 'u1', 'Ada', 'ada@acme.example', ${facts}), ('sf', 'User', 'u2', 'Bo', null, ${facts})`,
    ),
  ]);
});

const queue = async (channel: string, n: number, change: Partial<QueuedAlert> = {}) =>
  await store.batch(
    keepLook(
      store,
      'sf',
      [],
      Array.from({ length: n }, (_, i) => ({
        ...{ key: `${channel} ${i} ${nowMs}`, rule: 'behind', on: 'partner.score', limit: 30 },
        ...{ subject: 'partner:p1', ownerId: 'u1', channel, recipient: 'u1', way: 'below' },
        ...{ value: i, atMs: nowMs, dueMs: nowMs, digest: false },
        ...change,
      })) as QueuedAlert[],
    ),
  );

const deliver = async (channels = CHANNELS): Promise<Delivered> =>
  await deliverAlerts({
    ...{ store, connectionId: 'sf', runId: 'run-1', channels, speech: SPEECH },
    deps: {
      nowMs: () => nowMs,
      hosts: ['hooks.acme.example'],
      secrets: {
        ...{ hookSecret: SECRET, crewUrl: 'https://hooks.slack.com/services/T/B/x' },
        smtpUrl: 'smtps://mail.acme.example',
      },
      fetch: async (input, init) => {
        const call = {
          ...{ url: String(input), headers: new Headers(init?.headers) },
          ...{ body: String(init?.body), redirect: init?.redirect },
        };
        calls.push(call);
        return await answer(call);
      },
      smtp: async (_, mail) => {
        mails.push(mail);
        return { ok: true };
      },
    },
  });
const valuesSent = (): number[] =>
  calls.map(({ body }) => (JSON.parse(body) as { data: { value: number } }).data.value);
const states = async (): Promise<Record<string, number>> => {
  const all = await listAlerts(store, 'sf', null, { skip: 0, limit: 5000 });
  return Object.fromEntries(
    [...Map.groupBy(all, ({ state }) => state)].map(([state, own]) => [state, own.length]),
  );
};

describe('a webhook', () => {
  it('that is dead for a day gets every alert once afterwards, in order', async () => {
    await queue('hook', 5);
    answer = () => new Response('down', { status: 503 });
    for (let hour = 0; hour < 24; hour++) {
      await deliver();
      if (hour === 10) await queue('hook', 5);
      nowMs += HOUR_MS;
    }
    expect(new Set(valuesSent())).toEqual(new Set([0]));
    expect(calls.length).toBeLessThan(10);
    calls = [];
    answer = () => new Response('ok');
    nowMs += 6 * HOUR_MS;
    await deliver();
    await deliver();
    expect(valuesSent()).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(new Set(calls.map(({ headers }) => headers.get('webhook-id'))).size).toBe(10);
    expect(await states()).toEqual({ sent: 10 });
  });
  it('gets each alert once from two processes that send at once, and all that came meanwhile', async () => {
    await queue('hook', 3);
    const gate = Promise.withResolvers<void>();
    answer = async () => {
      await gate.promise;
      return new Response('ok');
    };
    const first = deliver();
    await expect.poll(() => calls.length).toBe(1);
    await queue('hook', 1, { key: 'meanwhile', value: 9 });
    const second = deliver();
    await Promise.race([second, setTimeout(200)]);
    gate.resolve();
    expect([(await second).sent, (await first).sent]).toEqual([0, 4]);
    expect(valuesSent()).toEqual([0, 1, 2, 9]);
    await queue('hook', 1, { key: 'afterwards' });
    expect((await deliver()).sent).toBe(1);
  });
  it('is signed by the Standard Webhooks specification', async () => {
    await queue('hook', 1);
    await deliver();
    const [{ headers, body }] = calls as [Call];
    const delivery = {
      id: headers.get('webhook-id'),
      timestamp: headers.get('webhook-timestamp'),
      signatures: headers.get('webhook-signature'),
    };
    expect(await isSignedBy(SECRET, { ...delivery, body }, nowMs)).toBe(true);
    expect(await isSignedBy(SECRET, { ...delivery, body: `${body} ` }, nowMs)).toBe(false);
    expect(body).not.toContain(SECRET);
  });
  it('that redirects is not followed, and is told of its new address', async () => {
    await queue('hook', 2);
    answer = () => new Response(null, { status: 302, headers: { location: 'https://evil.test' } });
    await deliver();
    expect(calls).toHaveLength(1);
    expect(calls[0]!.redirect).toBe('manual');
    const [waiting] = await listAlerts(store, 'sf', 'queued', { skip: 1, limit: 1 });
    expect(waiting!.error).toContain('redirects');
  });
  it('that answers 410 takes nothing any more; the dead letters can be tried again', async () => {
    await queue('hook', 3);
    answer = () => new Response(null, { status: 410 });
    await deliver();
    expect(calls).toHaveLength(1);
    expect(await states()).toEqual({ dead: 3 });
    answer = () => new Response('ok');
    await reviveAlerts(store, 'sf', 'hook', nowMs);
    await deliver();
    expect(await states()).toEqual({ sent: 3 });
  });
  it.each(['https://169.254.169.254/x', 'http://hooks.acme.example/in', 'https://evil.test', 'x'])(
    'is sent nothing at %s, which nobody listed or anybody could read',
    async (url) => {
      const channels = { odd: { kind: 'webhook', url, secret: 'hookSecret' } as const };
      await queue('odd', 1);
      await deliver(channels);
      expect(calls).toEqual([]);
      const [waiting] = await listAlerts(store, 'sf', 'queued', { skip: 0, limit: 1 });
      expect(waiting!.error).toMatch(/nothing is sent to|is no URL/);
    },
  );
});

describe('channels for people', () => {
  it('a thousand alerts in one run are few messages, and none is lost', async () => {
    await queue('crew', 1000);
    await deliver();
    expect(calls.length).toBeLessThanOrEqual(20);
    expect(calls[0]!.body).toContain('and 10 more');
    expect(await states()).toEqual({ sent: 1000 });
  });
  it('a message that more alerts joined after its first try is another one', async () => {
    const channels = { post: { kind: 'mail-api', url: API, secret: 'hookSecret', from: 'h@x.y' } };
    await queue('post', 4);
    answer = () => new Response('down', { status: 503 });
    await deliver(channels as Record<string, AlertChannel>);
    await queue('post', 1, { key: 'fifth' });
    nowMs += HOUR_MS;
    answer = () => new Response('ok');
    await deliver(channels as Record<string, AlertChannel>);
    const keys = calls.map(({ headers }) => headers.get('idempotency-key'));
    expect(new Set(keys).size).toBe(2);
    expect(await states()).toEqual({ sent: 5 });
  });
  it('make no mark-up of names', async () => {
    await queue('crew', 1);
    await deliver();
    const { text } = JSON.parse(calls[0]!.body) as { text: string };
    expect(text).toContain('Partner score of Acme &lt;!channel&gt; has fallen to 0');
  });
  it('keep a name on its line, without marks that hide what it says', async () => {
    const params = ['Acme\n• all is well\u202e', 'p1'];
    await store.batch([
      { toSQL: () => ({ sql: 'update partners set name = ? where id = ?', params }) },
    ]);
    await queue('mail', 1);
    await queue('hook', 1);
    await deliver();
    const { data } = JSON.parse(calls[0]!.body) as { data: { text: string } };
    for (const text of [mails[0]!.subject, mails[0]!.text, data.text]) {
      expect(text).toContain('Acme • all is well');
      expect(text).not.toMatch(/[\n\u202e]/);
    }
  });
  it('an owner without a mail address is a dead letter that holds nobody up', async () => {
    await queue('mail', 1, { recipient: 'u2' });
    await queue('mail', 1, { key: 'second', recipient: 'u1' });
    await queue('mail', 1, { key: 'third', recipient: 'bo@acme.example' });
    await deliver();
    expect(mails.map(({ to }) => to)).toEqual(['ada@acme.example', 'bo@acme.example']);
    const [dead] = await listAlerts(store, 'sf', 'dead', { skip: 0, limit: 1 });
    expect(dead!.error).toContain('no mail address');
  });
  it('a channel that the connection does not name is a dead letter', async () => {
    await queue('nowhere', 1);
    await deliver();
    expect(await states()).toEqual({ dead: 1 });
  });
  it('nothing is sent before it is due', async () => {
    await queue('crew', 1, { dueMs: nowMs + HOUR_MS });
    await deliver();
    expect(calls).toEqual([]);
    nowMs += HOUR_MS;
    expect((await deliver()).sent).toBe(1);
  });
});
