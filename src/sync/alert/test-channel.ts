import type { AlertChannel, KeptAlert } from '../../model/alert.ts';
import { asHeadwaterError } from '../../model/error.ts';
import { say } from '../../model/language/say.ts';
import type { ChannelDeps, Sent } from './channel.ts';
import { sendBy } from './senders.ts';

const ENGLISH = { language: 'en', currency: 'USD', today: '1970-01-01' } as const;

/** An alert of no record. */
const testAlert = (atMs: number): KeptAlert => ({
  ...{ seq: 0, key: 'test', rule: 'test', on: 'test', subject: 'test', ownerId: null },
  ...{ channel: 'test', recipient: null, way: 'above', value: 0, limit: 0, atMs, dueMs: atMs },
  ...{ digest: false, state: 'queued', attempts: 0, nextMs: atMs, error: null, sentMs: null },
});

/** Sends one message now; nothing of it is kept. */
export async function testChannel(
  channel: AlertChannel,
  to: string | null,
  deps: ChannelDeps,
): Promise<Sent> {
  const nowMs = deps.nowMs();
  const text = say(ENGLISH, 'alert.test');
  const message = {
    ...{ id: `hw_test_${nowMs}`, title: text, lines: [text], alerts: [testAlert(nowMs)] },
    ...{ to, toName: null, about: null, nowMs },
  };
  return await sendBy(channel, message, deps).catch((error: unknown) => ({
    ...{ ok: false as const, why: 'later' as const, error: asHeadwaterError(error).message },
  }));
}
