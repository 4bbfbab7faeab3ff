/**
 * What goes wrong in any CRM, week by week: a customer entered twice and merged, deals, contacts,
 * accounts and activities entered by mistake and deleted, one deletion regretted. Each week's
 * mishaps begin up to three weeks before it, so that the rows have lived in the CRM when they go.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, isoDate, momentOf, weekOf } from './calendar.ts';
import type { WorldEvent } from './events.ts';

/**
 * Mishaps of this many weeks before the end are part of the history; older deletions would
 * have left the recycle bin.
 */
const HISTORY_WEEKS = 2;
/** The earliest of a week's mishaps begins this many weeks before it. */
const LEAD_WEEKS = 3;

/** What the mishaps need to know of the world around them. */
export interface HousekeepingSetting {
  root: RandomStream;
  endWeek: number;
  currency: string;
  product: string;
  /** A customer that exists at the time, with someone who may act for it. */
  customer(stream: RandomStream, atMs: number): { id: string; name: string; ownerId: string };
  partnerId(stream: RandomStream): string | null;
}

type Place = { stream: RandomStream; key: string; week: number; setting: HousekeepingSetting };

function strayDeal(
  place: Place,
  part: string,
  atMs: number,
  account: { id: string; name: string; ownerId: string },
): WorldEvent {
  const { stream, key, setting } = place;
  const partnerId = setting.partnerId(stream);
  return {
    kind: 'deal',
    id: `${key}.${part}`,
    atMs,
    name: `${account.name.slice(0, 60)} - ${setting.product} (again)`,
    accountId: account.id,
    ownerId: account.ownerId,
    partnerId,
    role: partnerId === null ? null : 'sourced',
    campaignId: null,
    stage: 'qualification',
    amount: 500 + 100 * stream.below(200),
    currency: setting.currency,
    closeOn: isoDate(atMs + 60 * DAY_MS),
    product: setting.product,
    source: partnerId === null ? 'Web' : 'Partner Referral',
    registration: null,
  };
}

/** The same customer under a second name, with a deal of its own, merged on the Wednesday. */
function mergedTwice(place: Place): WorldEvent[] {
  const { stream, key, week, setting } = place;
  const bornMs = momentOf(week - 3, 0, 10);
  const winner = setting.customer(stream, bornMs);
  const loser = { id: `${key}.a`, name: `${winner.name} (2)`, ownerId: winner.ownerId };
  return [
    {
      kind: 'account',
      id: loser.id,
      atMs: bornMs,
      name: loser.name,
      industry: 'Retail',
      country: 'Germany',
      website: '',
      ownerId: loser.ownerId,
      parentId: null,
      partner: null,
    },
    {
      kind: 'contact',
      id: `${key}.c`,
      atMs: bornMs,
      accountId: loser.id,
      firstName: 'Alex',
      lastName: 'Twice',
      email: `alex.twice${week}@copy.example`,
      title: 'Buyer',
    },
    strayDeal(place, 'd', momentOf(week - 3, 1, 11), loser),
    { kind: 'accountMerge', atMs: momentOf(week, 2, 11), winnerId: winner.id, loserId: loser.id },
  ];
}

/** Two deals entered by mistake and deleted on the Thursday; the first was no mistake after all. */
function mistakenDeals(place: Place): WorldEvent[] {
  const { stream, key, week, setting } = place;
  const events: WorldEvent[] = [];
  for (const part of ['x1', 'x2']) {
    const bornMs = momentOf(week - 1, 3, 9, part === 'x1' ? 10 : 40);
    events.push(strayDeal(place, part, bornMs, setting.customer(stream, bornMs)), {
      kind: 'delete',
      atMs: momentOf(week, 3, 14, part === 'x1' ? 0 : 5),
      of: 'deal',
      id: `${key}.${part}`,
    });
  }
  events.push({ kind: 'undelete', atMs: momentOf(week, 4, 9), of: 'deal', id: `${key}.x1` });
  return events;
}

/**
 * A contact who asked to be forgotten, an account that was a test, a call
 * logged on the wrong record.
 */
function mistakenOthers(place: Place): WorldEvent[] {
  const { stream, key, week, setting } = place;
  const contactMs = momentOf(week - 1, 0, 15);
  const accountMs = momentOf(week - 2, 1, 9);
  const callMs = momentOf(week, 0, 13);
  const owner = setting.customer(stream, contactMs);
  const call = setting.customer(stream, callMs);
  return [
    {
      kind: 'contact',
      id: `${key}.f`,
      atMs: contactMs,
      accountId: owner.id,
      firstName: 'Robin',
      lastName: 'Gone',
      email: `robin.gone${week}@forget.example`,
      title: 'Former buyer',
    },
    { kind: 'delete', atMs: momentOf(week, 1, 10), of: 'contact', id: `${key}.f` },
    {
      kind: 'account',
      id: `${key}.t`,
      atMs: accountMs,
      name: 'TEST please delete',
      industry: 'Other',
      country: 'France',
      website: '',
      ownerId: owner.ownerId,
      parentId: null,
      partner: null,
    },
    { kind: 'delete', atMs: momentOf(week, 4, 15), of: 'account', id: `${key}.t` },
    {
      kind: 'activity',
      id: `${key}.y`,
      atMs: callMs,
      type: 'call',
      subject: 'Logged on the wrong account',
      dealId: null,
      accountId: call.id,
      contactId: null,
      ownerId: call.ownerId,
      onMs: callMs,
      minutes: 5,
      done: true,
      withBuyer: false,
    },
    { kind: 'delete', atMs: momentOf(week, 1, 15), of: 'activity', id: `${key}.y` },
  ];
}

/** All mishaps whose deletions fall in a week. */
function mishapsOf(setting: HousekeepingSetting, week: number): WorldEvent[] {
  const number = week - setting.endWeek;
  const place: Place = {
    stream: setting.root.fork('housekeeping', number),
    key: `h${number}`,
    week,
    setting,
  };
  return [...mergedTwice(place), ...mistakenDeals(place), ...mistakenOthers(place)];
}

/** The mishap events that fall in a week of the future, in no order. */
export function housekeepingWeek(setting: HousekeepingSetting, week: number): WorldEvent[] {
  const events: WorldEvent[] = [];
  for (let due = Math.max(week, setting.endWeek - HISTORY_WEEKS); due <= week + LEAD_WEEKS; due++)
    events.push(...mishapsOf(setting, due).filter((event) => weekOf(event.atMs) === week));
  return events;
}

/** The mishap events of the history, ascending. */
export function housekeepingHistory(setting: HousekeepingSetting, endMs: number): WorldEvent[] {
  const events: WorldEvent[] = [];
  for (let due = setting.endWeek - HISTORY_WEEKS; due <= setting.endWeek + LEAD_WEEKS; due++)
    events.push(...mishapsOf(setting, due).filter((event) => event.atMs <= endMs));
  return events.sort((a, b) => a.atMs - b.atMs);
}
