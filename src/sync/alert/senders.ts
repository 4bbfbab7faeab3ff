import type { AlertChannel } from '../../model/alert.ts';
import { HeadwaterError } from '../../model/error.ts';
import { standardSignature } from '../../model/standard-signature.ts';
import { makeTask } from '../outbound/task.ts';
import {
  postJson,
  secretOf,
  type ChannelDeps,
  type Message,
  type Sender,
  type Sent,
} from './channel.ts';

/** Names who made a task, to whoever gets it. */
const TASK_BODY = 'Made by Headwater from an alert rule of the mapping.';
const DAY_MS = 86_400_000;

/** Signs of Slack's mark-up, which a name from the CRM must not make. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const textOf = ({ title, lines }: Message): string =>
  lines.length === 1 ? lines[0]! : `${title}\n${lines.map((line) => `• ${line}`).join('\n')}`;

const NO_ADDRESS: Sent = { ok: false, why: 'refused', error: 'its owner has no mail address' };

/** Every channel by its kind: what a new one needs stands here, and its settings in the model. */
const SENDERS: { [Kind in AlertChannel['kind']]: Sender<Kind> } = {
  webhook: {
    grouped: false,
    send: async ({ url, secret }, { id, alerts, lines, nowMs }, deps) => {
      const [alert] = alerts;
      const { rule, on, subject, ownerId, way, value, limit, atMs } = alert!;
      const at = new Date(atMs).toISOString();
      const body = JSON.stringify({
        ...{ type: 'headwater.alert', timestamp: at },
        data: { id, rule, on, subject, ownerId, way, value, limit, at, text: lines[0] },
      });
      const timestamp = String(Math.floor(nowMs / 1000));
      const signature = await standardSignature(secretOf(secret, deps), { id, timestamp, body });
      const headers = {
        ...{ 'webhook-id': id, 'webhook-timestamp': timestamp },
        'webhook-signature': signature,
      };
      return await postJson(url, body, headers, deps);
    },
  },
  slack: {
    grouped: true,
    send: async ({ url }, message, deps) =>
      await postJson(
        secretOf(url, deps),
        JSON.stringify({ text: plain(textOf(message)) }),
        {},
        deps,
      ),
  },
  'mail-api': {
    grouped: true,
    send: async ({ url, secret, from }, message, deps) => {
      if (message.to === null) return NO_ADDRESS;
      const body = JSON.stringify({
        ...{ from, to: [message.to], subject: message.title, text: message.lines.join('\n') },
      });
      const authorization = `Bearer ${secretOf(secret, deps)}`;
      return await postJson(url, body, { authorization, 'idempotency-key': message.id }, deps);
    },
  },
  task: {
    grouped: false,
    send: async ({ dueDays }, { alerts, lines, about, nowMs }, deps) => {
      const tasks = await deps.tasks?.();
      if (tasks == null)
        throw new HeadwaterError('config', 'alerts: this CRM has no tasks that can be made', {
          code: 'NO_TASKS',
          cure: 'Give a channel of another kind.',
        });
      const [alert] = alerts;
      const { recipient, atMs } = alert!;
      const dueOn = new Date(nowMs + dueDays * DAY_MS).toISOString().slice(0, 10);
      // A mail address is no user whom a record could belong to.
      const ownerId = recipient?.includes('@') === true ? null : recipient;
      const task = { subject: lines[0]!, body: TASK_BODY, about, ownerId, dueOn };
      return { ok: true, wrote: await makeTask(tasks, task, atMs) };
    },
  },
  smtp: {
    grouped: true,
    send: async ({ url, from }, { to, title, lines, id }, deps) => {
      if (to === null) return NO_ADDRESS;
      if (deps.smtp === undefined)
        throw new HeadwaterError('config', 'alerts: this host cannot speak SMTP', {
          code: 'NO_SMTP',
          cure: 'On Workers give a channel of the kind mail-api.',
        });
      const mail = { from, to, subject: title, text: lines.join('\n'), id };
      return await deps.smtp(secretOf(url, deps), mail);
    },
  },
};

export const isGrouped = ({ kind }: AlertChannel): boolean => SENDERS[kind].grouped;

/** Sends by the channel's own kind. Errors: `config` where it cannot be sent at all as it is set. */
export async function sendBy(
  channel: AlertChannel,
  message: Message,
  deps: ChannelDeps,
): Promise<Sent> {
  const sender = SENDERS[channel.kind] as Sender<AlertChannel['kind']>;
  return await sender.send(channel, message, deps);
}
