import type { AlertChannel, KeptAlert } from '../../model/alert.ts';
import { cleanLine } from '../../model/clean-text.ts';
import { asHeadwaterError } from '../../model/error.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import {
  peopleOf,
  recordsOfSubjects,
  type Person,
  type SubjectRecord,
} from '../../store/alert-names.ts';
import { dropLease, takeLease } from '../../store/lease.ts';
import { closeChannel, dueAlerts, settleAlerts, waitingChannels } from '../../store/alerts.ts';
import type { Store } from '../../store/store.ts';
import type { ChannelDeps, Message, Sent } from './channel.ts';
import { keepWritten } from '../outbound/task.ts';
import { isGrouped, sendBy } from './senders.ts';
import { alertText } from './words.ts';
import { MINUTE_MS } from '../../model/time.ts';

/** Messages that one pass sends by one channel; the rest goes with the next. */
const MESSAGES_PER_PASS = 100;
/** Alerts that are read at once: D1 takes a hundred values in one statement. */
const ALERTS_AT_ONCE = 50;
/** More alerts for one person in one pass become one message. */
const SINGLE = 3;
/** Lines of a message; nobody reads more. */
const LINES = 40;
/** Longer than a receiver may take for all that is read at once. */
const SOLE_MS = 15 * MINUTE_MS;
const LONGEST_WAIT_MS = 6 * 60 * MINUTE_MS;
/** Tried for so long: a week covers a receiver that is down over a weekend and a holiday. */
const GIVE_UP_MS = 7 * 24 * 60 * MINUTE_MS;

export interface Delivery {
  store: Store;
  connectionId: string;
  /** The run after which it is sent: what is written into the CRM is a write of it. */
  runId: string;
  channels: Readonly<Record<string, AlertChannel>>;
  speech: Speech;
  deps: ChannelDeps;
}
/** A delivery of one process, and whether it still is the only one. */
interface SoleDelivery extends Delivery {
  stillSole: () => Promise<boolean>;
}
export interface Delivered {
  sent: number;
  waiting: number;
  dead: number;
}

/** Those for one person together where they are many or a digest; else each by itself. */
function groups(channel: AlertChannel, due: KeptAlert[]): KeptAlert[][] {
  if (!isGrouped(channel)) return due.map((one) => [one]);
  return [...Map.groupBy(due, ({ recipient }) => recipient).values()].flatMap((own) =>
    own.length > SINGLE || own.some(({ digest }) => digest) ? [own] : own.map((one) => [one]),
  );
}

const aboutOf = (record: SubjectRecord | undefined): Message['about'] =>
  record === undefined ? null : { object: record.object, id: record.id };

function messageOf(
  alerts: KeptAlert[],
  records: ReadonlyMap<string, SubjectRecord>,
  people: ReadonlyMap<string, Person>,
  { speech, connectionId, deps }: Delivery,
): Message {
  // A name is one line of what people read: it makes no second one, and hides nothing.
  const nameOf = ({ subject }: KeptAlert): string | null => {
    const name = records.get(subject)?.name;
    return name === undefined ? null : cleanLine(name);
  };
  const [first] = alerts;
  const recipient = first!.recipient;
  const person = people.get(recipient ?? '');
  const shown = alerts.slice(0, LINES).map((one) => alertText(one, nameOf(one), speech));
  const more = alerts.length - shown.length;
  return {
    // Those that join a message after its first try make it another one: a receiver that knows the
    // first would drop them.
    id: `hw_${connectionId}_${alerts.length === 1 ? first!.seq : `${first!.seq}-${alerts.at(-1)!.seq}-${alerts.length}`}`,
    title:
      alerts.length === 1
        ? say(speech, 'alert.one', { name: nameOf(first!) ?? first!.on })
        : say(speech, 'alert.several', { n: alerts.length }),
    lines: more > 0 ? [...shown, say(speech, 'alert.more', { n: more })] : shown,
    alerts,
    to: recipient?.includes('@') === true ? recipient : (person?.email ?? null),
    toName: person?.name ?? null,
    about: aboutOf(records.get(first!.subject)),
    nowMs: deps.nowMs(),
  };
}

/** Keeps how a message came out; whether the next one of the channel may go. */
async function settle(
  delivery: Delivery,
  name: string,
  alerts: KeptAlert[],
  sent: Sent,
): Promise<{ fate: 'sent' | 'waiting' | 'dead'; goOn: boolean }> {
  const { store, connectionId, deps } = delivery;
  const nowMs = deps.nowMs();
  if (sent.ok) {
    if (sent.wrote !== undefined)
      await keepWritten(store, { connectionId, runId: delivery.runId, nowMs }, sent.wrote);
    await settleAlerts(store, alerts, { state: 'sent', sentMs: nowMs, error: null });
    return { fate: 'sent', goOn: true };
  }
  const attempts = 1 + Math.max(...alerts.map((one) => one.attempts));
  const { error } = sent;
  if (sent.why === 'gone') {
    await closeChannel(store, connectionId, name, error);
    return { fate: 'dead', goOn: false };
  }
  const spent = nowMs - Math.min(...alerts.map(({ dueMs }) => dueMs)) > GIVE_UP_MS;
  if (spent || sent.why === 'refused') {
    await settleAlerts(store, alerts, { state: 'dead', attempts, error });
    return { fate: 'dead', goOn: true };
  }
  const wait = Math.min(LONGEST_WAIT_MS, MINUTE_MS * 4 ** (attempts - 1));
  await settleAlerts(store, alerts, { attempts, error, nextMs: nowMs + wait });
  // What comes behind must not overtake it.
  return { fate: 'waiting', goOn: false };
}

async function throughChannel(
  delivery: SoleDelivery,
  name: string,
  channel: AlertChannel,
): Promise<Delivered> {
  const { store, connectionId, deps } = delivery;
  const counts: Delivered = { sent: 0, waiting: 0, dead: 0 };
  for (let messages = 0; messages < MESSAGES_PER_PASS; ) {
    if (!(await delivery.stillSole())) return counts;
    const due = await dueAlerts(store, connectionId, name, deps.nowMs(), ALERTS_AT_ONCE);
    // One that waits for its next try holds up all behind it.
    if (due.length === 0 || due[0]!.nextMs > deps.nowMs()) return counts;
    const records = await recordsOfSubjects(
      store,
      connectionId,
      due.map(({ subject }) => subject),
    );
    const people = await peopleOf(
      store,
      connectionId,
      due.flatMap(({ recipient }) => recipient ?? []),
    );
    for (const alerts of groups(channel, due)) {
      const message = messageOf(alerts, records, people, delivery);
      const sent = await sendBy(channel, message, deps).catch(
        (error: unknown): Sent => ({
          ...{ ok: false, why: 'later', error: asHeadwaterError(error).message },
        }),
      );
      const { fate, goOn } = await settle(delivery, name, alerts, sent);
      counts[fate] += alerts.length;
      messages++;
      if (!goOn) return counts;
    }
  }
  return counts;
}

async function throughChannels(delivery: SoleDelivery): Promise<Delivered> {
  const { store, connectionId, channels } = delivery;
  const total: Delivered = { sent: 0, waiting: 0, dead: 0 };
  for (const name of await waitingChannels(store, connectionId)) {
    const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
    if (channel === undefined) {
      await closeChannel(
        store,
        connectionId,
        name,
        `the connection document has no channel ${name}`,
      );
      continue;
    }
    const counts = await throughChannel(delivery, name, channel);
    total.sent += counts.sent;
    total.waiting += counts.waiting;
    total.dead += counts.dead;
  }
  return total;
}

/**
 * Sends what is due, channel by channel in the order in which it came. One that was taken is noted
 * before the next goes; a receiver that was away gets everything once it is back, in order. While
 * another process is at it, nothing is sent here: it takes along what is queued meanwhile.
 */
export async function deliverAlerts(delivery: Delivery): Promise<Delivered> {
  const { store, connectionId, deps } = delivery;
  const holder = crypto.randomUUID();
  const take = async () =>
    await takeLease(store, `${connectionId}~alerts`, holder, deps.nowMs(), SOLE_MS);
  const lease = await take();
  if (lease === null) return { sent: 0, waiting: 0, dead: 0 };
  try {
    return await throughChannels({ ...delivery, stillSole: async () => (await take()) !== null });
  } finally {
    await dropLease(store, lease);
  }
}
