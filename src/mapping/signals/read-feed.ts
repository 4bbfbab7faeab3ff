import { signalShape, type SignalFeed, type SignalInput } from '../../model/signals.ts';

/** Below it a number of a moment is in seconds: as milliseconds it would lie before 1974. */
const SECONDS_BELOW = 1e11;

/** What one delivery of a webhook says. */
export interface ReadFeed {
  signals: SignalInput[];
  /** Events that are of none of the feed's kinds. */
  other: number;
  /** Events in which a part of a signal is missing or longer than it may be, by the part. */
  unread: Record<string, number>;
}

/** What stands at a path; undefined = nothing does. Only what the sender wrote is looked at. */
function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
      return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

function textAt(value: unknown, path: string): string | null {
  const found = at(value, path);
  const text = typeof found === 'string' || typeof found === 'number' ? String(found).trim() : '';
  return text === '' ? null : text;
}

/** A number, or a text that is one; NaN = something else, which no signal can have. */
const numberIn = (said: unknown): number =>
  typeof said === 'number' || (typeof said === 'string' && said.trim() !== '')
    ? Number(said)
    : Number.NaN;

function momentAt(value: unknown, path: string): string | null {
  const found = at(value, path);
  if (typeof found !== 'number') return textAt(value, path);
  const moment = new Date(found < SECONDS_BELOW ? found * 1000 : found);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** Reads what a webhook sent by the rules of its feed; null = where its events should be is no list. */
export function readFeed(sent: unknown, feed: SignalFeed): ReadFeed | null {
  const list = feed.items === undefined ? [sent] : at(sent, feed.items);
  if (!Array.isArray(list)) return null;
  const read: ReadFeed = { signals: [], other: 0, unread: {} };
  for (const event of list as unknown[]) {
    const word = textAt(event, feed.kind);
    if (word !== null && feed.kinds !== undefined && !Object.hasOwn(feed.kinds, word)) {
      read.other++;
      continue;
    }
    const said = feed.value === undefined ? undefined : at(event, feed.value);
    const value = said === undefined || said === null || said === '' ? undefined : numberIn(said);
    const sound = signalShape.safeParse({
      key: textAt(event, feed.key),
      partner: textAt(event, feed.partner),
      kind: word === null ? null : (feed.kinds?.[word] ?? word),
      at: momentAt(event, feed.at),
      ...(value === undefined ? {} : { value }),
    });
    if (sound.success) {
      read.signals.push(sound.data);
      continue;
    }
    const part = String(sound.error.issues[0]!.path[0]);
    read.unread[part] = (read.unread[part] ?? 0) + 1;
  }
  return read;
}
