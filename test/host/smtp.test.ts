/** Mail by SMTP, against a server that answers as it is asked to. */
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { sendBySmtp } from '../../src/host/node/smtp.ts';
import type { QueuedAlert } from '../../src/model/alert.ts';
import { keepLook, listAlerts } from '../../src/store/alerts.ts';
import { deliverAlerts } from '../../src/sync/alert/deliver.ts';
import { openMemory } from '../store/open.ts';

let server: Server;
let said: string[];
afterEach(() => {
  server.close();
});

/** The URL of a server that answers a command with `answers`, by its first word. */
async function serverThat(answers: Record<string, string>): Promise<string> {
  said = [];
  server = createServer((socket) => {
    let inData = false;
    socket.write('220 here\r\n');
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      const text = bytes.toString();
      said.push(text);
      if (inData && !text.endsWith('\r\n.\r\n')) return;
      const word = inData ? 'END' : /^\w+/.exec(text)![0].toUpperCase();
      inData = word === 'DATA' && answers['DATA'] === undefined;
      socket.write(`${answers[word] ?? (word === 'DATA' ? '354 go on' : '250 ok')}\r\n`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const mail = {
  ...{ from: 'headwater@acme.example', to: 'ada@acme.example', text: 'words', id: 'hw_1' },
  subject: 'Acme\r\nBcc: eve@evil.test',
};

it('sends a mail whose subject makes no header', async () => {
  expect(await sendBySmtp(await serverThat({}), mail)).toEqual({ ok: true });
  const all = said.join('');
  expect(all).toContain('Message-ID: <hw_1@headwater>');
  expect(all).not.toMatch(/^Bcc:/m);
  expect(all.match(/RCPT TO/g)).toHaveLength(1);
});
it.each<[answers: Record<string, string>, why: string]>([
  [{ RCPT: '550 5.1.1 <ada@acme.example> is no more' }, 'refused'],
  [{ END: '554 <ada@acme.example> takes no such mail' }, 'refused'],
  [{ RCPT: '450 <ada@acme.example> later' }, 'later'],
  [{ MAIL: '550 not from you' }, 'later'],
])('after %o a mail is %s, and the address is not noted', async (answers, why) => {
  const sent = await sendBySmtp(await serverThat(answers), mail);
  expect(sent).toMatchObject({ ok: false, why });
  expect(JSON.stringify(sent)).not.toContain('ada@');
});

it('brings alerts from the queue to their readers, many for one of them in one mail', async () => {
  const store = openMemory();
  const nowMs = Date.parse('2026-11-16T09:00:00Z');
  const alert = (recipient: string, i: number): QueuedAlert => ({
    ...{ key: `${recipient} ${i}`, rule: 'low', on: 'partner.score', subject: `partner:p${i}` },
    ...{ ownerId: null, channel: 'mail', recipient, way: 'below', value: i, limit: 30 },
    ...{ atMs: nowMs, dueMs: nowMs, digest: false },
  });
  const many = Array.from({ length: 5 }, (_, i) => alert('ada@acme.example', i));
  await store.batch(keepLook(store, 'sf', [], [...many, alert('bo@acme.example', 9)]));
  const url = await serverThat({});
  const sent = await deliverAlerts({
    ...{ store, connectionId: 'sf', runId: 'run-1' },
    channels: { mail: { kind: 'smtp', url: 'smtpUrl', from: 'headwater@acme.example' } },
    speech: { language: 'en', currency: 'USD', today: '2026-11-16' },
    deps: {
      ...{ fetch, nowMs: () => nowMs, hosts: [], secrets: { smtpUrl: url }, smtp: sendBySmtp },
    },
  });
  expect(sent).toEqual({ sent: 6, waiting: 0, dead: 0 });
  const all = said.join('');
  expect(all.match(/RCPT TO:<[^>]*>/g)).toEqual([
    'RCPT TO:<ada@acme.example>',
    'RCPT TO:<bo@acme.example>',
  ]);
  expect(all).toContain('Subject: 5 alerts of Headwater');
  const kept = await listAlerts(store, 'sf', 'sent', { skip: 0, limit: 10 });
  expect(kept).toHaveLength(6);
  store.close();
});
