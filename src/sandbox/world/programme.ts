/**
 * What a partner does in the programme week by week: logins, training, certificates, joint
 * meetings, costs, loose leads.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, isoDate, toWorkingTime, WEEK_MS, weekStartMs, YEAR_MS } from './calendar.ts';
import type { Channel } from './channel.ts';
import type { WorldEvent } from './events.ts';
import { looseLead } from './leads.ts';
import type { Partner } from './partners.ts';

/** Weekly chances for a partner of full engagement. */
const LOGIN_WEEKLY = 0.6;
const DOWNLOAD_WEEKLY = 0.12;
const TRAINING_WEEKLY = 0.05;
const CERTIFICATE_WEEKLY = 0.03;
const MEETING_WEEKLY = 0.14;
const COST_WEEKLY = 0.05;
const LEAD_WEEKLY = 0.06;
/** Junk registrants keep logging in: the activity that fools a naive score. */
const JUNK_LOGINS = 12;

const CERTIFICATES = [
  { name: 'Sales Associate', years: 1 },
  { name: 'Technical Professional', years: 2 },
  { name: 'Solution Architect', years: 2 },
  { name: 'Founding Member', years: null },
];
const COSTS = [
  { type: 'market development fund', amount: 5000 },
  { type: 'rebate', amount: 2500 },
  { type: 'co-sell hours', amount: 1200 },
] as const;

/**
 * Share of its engagement that a partner shows at a time: nothing before it
 * signed, little once dormant.
 */
function presence(partner: Partner, atMs: number): number {
  if (atMs < partner.signedMs) return 0;
  return (
    partner.engagement * (partner.dormantFromMs !== null && atMs > partner.dormantFromMs ? 0.08 : 1)
  );
}

function certificate(stream: RandomStream, partner: Partner, id: string, atMs: number): WorldEvent {
  const kind = stream.pick(CERTIFICATES);
  return {
    kind: 'certification',
    id,
    atMs,
    partnerId: partner.id,
    contactId: `${partner.id}.${stream.below(partner.contacts)}`,
    name: kind.name,
    issuedOn: isoDate(atMs),
    expiresOn: kind.years === null ? null : isoDate(atMs + kind.years * YEAR_MS),
  };
}

function meeting(
  stream: RandomStream,
  channel: Channel,
  partner: Partner,
  id: string,
  atMs: number,
): WorldEvent {
  return {
    kind: 'activity',
    id,
    atMs,
    type: 'meeting',
    subject: stream.pick(['Joint planning', 'Quarterly review', 'Pipeline review']),
    dealId: null,
    accountId: partner.id,
    contactId: `${partner.id}.${stream.below(partner.contacts)}`,
    ownerId: channel.staff.managers[partner.manager]?.id ?? 'm0',
    onMs: atMs,
    minutes: 60,
    done: true,
    withBuyer: false,
  };
}

function cost(
  stream: RandomStream,
  channel: Channel,
  partner: Partner,
  id: string,
  atMs: number,
): WorldEvent {
  const kind = stream.pick(COSTS);
  return {
    kind: 'cost',
    id,
    atMs,
    partnerId: partner.id,
    type: kind.type,
    amount: Math.round(stream.lognormal(kind.amount, 0.5)),
    currency: channel.currency,
    on: isoDate(atMs - stream.below(20) * DAY_MS),
  };
}

/** The partner's events of one calendar week, not in order. */
export function programmeWeek(channel: Channel, partner: Partner, week: number): WorldEvent[] {
  const startMs = weekStartMs(week);
  const there = presence(partner, startMs);
  if (there === 0 || startMs < channel.startMs) return [];
  const stream = channel.root.fork('programme', partner.index, week - channel.endWeek);
  const events: WorldEvent[] = [];
  const moment = (): number => toWorkingTime(startMs + stream.next() * WEEK_MS);
  const id = (letter: string): string => `${letter}${partner.index}w${week - channel.endWeek}`;
  const junk = partner.junkFromMs !== null && startMs > partner.junkFromMs;
  const signal = (
    letter: string,
    type: 'portal login' | 'training' | 'download',
    value: number,
  ): void => {
    events.push({
      kind: 'signal',
      id: id(letter),
      atMs: moment(),
      partnerId: partner.id,
      type,
      value,
    });
  };
  if (junk || stream.chance(LOGIN_WEEKLY * there))
    signal('sl', 'portal login', 1 + stream.poisson(junk ? JUNK_LOGINS : 2));
  if (stream.chance(DOWNLOAD_WEEKLY * there)) signal('sd', 'download', 1 + stream.poisson(1));
  if (stream.chance(TRAINING_WEEKLY * there)) signal('st', 'training', 1);
  if (stream.chance(CERTIFICATE_WEEKLY * there))
    events.push(certificate(stream, partner, id('z'), moment()));
  if (stream.chance(MEETING_WEEKLY * there))
    events.push(meeting(stream, channel, partner, id('pm'), moment()));
  if (stream.chance(COST_WEEKLY * there))
    events.push(cost(stream, channel, partner, id('k'), moment()));
  if (stream.chance(LEAD_WEEKLY * there))
    events.push(looseLead(stream, id('l'), partner.id, moment()));
  return events;
}
