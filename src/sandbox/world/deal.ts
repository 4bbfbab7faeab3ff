/**
 * One deal from its first entry to its last event, drawn whole from its own stream: the reader
 * takes the part up to a time.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, HOUR_MS, isoDate, toWorkingTime, WEEK_MS, weekStartMs } from './calendar.ts';
import type { Channel } from './channel.ts';
import { campaignAt } from './campaigns.ts';
import type { Customer } from './customers.ts';
import { contactId } from './customers.ts';
import type { WorldEvent } from './events.ts';
import type { EvidenceSetting } from './evidence.ts';
import { addEvidence } from './evidence.ts';
import type { DealLife } from './hazards.ts';
import { liveDeal, OPEN_STAGES } from './hazards.ts';
import { dealLead } from './leads.ts';
import { clip } from './names.ts';
import type { Partner } from './partners.ts';
import type { Rep } from './staff.ts';
import type { TouchContext } from './touches.ts';
import { touch, touchCount } from './touches.ts';

/** Which deal: the `number`-th that a partner (or nobody) brought in a week. */
export interface DealRef {
  partner: Partner | null;
  junk: boolean;
  week: number;
  number: number;
}

/** The CRM's limit of a deal's name. */
const NAME_LENGTH = 120;
const PRODUCTS = [
  { name: 'Analytics Cloud', weight: 4, amount: 24_000 },
  { name: 'Data Gateway', weight: 3, amount: 12_000 },
  { name: 'Edge Appliance', weight: 2, amount: 38_000 },
  { name: 'Support Plus', weight: 2, amount: 6_000 },
  { name: 'Migration Services', weight: 1, amount: 55_000 },
];
const PRODUCT_WEIGHTS = PRODUCTS.map((product) => product.weight);
const AMOUNT_LOG_SD = 0.9;
const WHALE_SHARE = 0.008;
const WHALE_FACTOR = 12;
const MISSING_AMOUNT_SHARE = 0.03;
const ZERO_AMOUNT_SHARE = 0.004;
const NEGATIVE_AMOUNT_SHARE = 0.001;
const REVISION_WEEKLY = 0.035;
const REVISION_LOG_SD = 0.3;
const OWNER_CHANGE_WEEKLY = 0.003;
/**
 * Sd of what is the deal's own in its quality, and how much a larger amount (per unit of log)
 * costs.
 */
export const OWN_QUALITY_SD = 0.35;
export const AMOUNT_QUALITY = -0.12;
const SOURCED_SHARE = 0.8;
const REGISTERED_SHARE = 0.85;
const OTHER_SOURCES = ['Web', 'Phone Inquiry', 'Purchased List', 'Other'];
const CLOSE_AFTER_DAYS = 90;
const PUSH_CHANCE = 0.7;
const MISSING_CLOSE_SHARE = 0.01;
/** A dead deal's registration is turned down this often when it died young. */
const REJECT_YOUNG = 0.25;
const YOUNG_WEEKS = 4;
/** An approval protects the partner for about two quarters. */
const PROTECTION_DAYS = 180;
const CAMPAIGN_SHARE = 0.35;
const JUNK_NEVER_MARKED = 0.6;

export const NOISE_SD = Math.hypot(OWN_QUALITY_SD, AMOUNT_QUALITY * AMOUNT_LOG_SD);
/**
 * Mean amount of a deal, for setting goals: the lognormal's mean over the
 * products, whales included.
 */
export const MEAN_AMOUNT =
  (PRODUCTS.reduce((sum, product) => sum + product.weight * product.amount, 0) /
    PRODUCTS.reduce((sum, product) => sum + product.weight, 0)) *
  Math.exp(AMOUNT_LOG_SD ** 2 / 2) *
  (1 + WHALE_SHARE * (WHALE_FACTOR - 1));

function dealId(channel: Channel, ref: DealRef): string {
  return `${ref.junk ? 'j' : 'd'}${ref.partner === null ? 'x' : ref.partner.index}w${ref.week - channel.endWeek}n${ref.number}`;
}

function dealStream(channel: Channel, ref: DealRef): RandomStream {
  return channel.root.fork(
    ref.junk ? 'junk' : 'deal',
    ref.partner?.index ?? -1,
    ref.week - channel.endWeek,
    ref.number,
  );
}

interface Draft {
  channel: Channel;
  ref: DealRef;
  id: string;
  stream: RandomStream;
  rawMs: number;
  openedMs: number;
  customer: Customer;
  rep: Rep;
  events: WorldEvent[];
}

function drawAmount(stream: RandomStream, median: number): { amount: number; logRelative: number } {
  const logRelative = stream.normal(0, AMOUNT_LOG_SD);
  const whale = stream.chance(WHALE_SHARE) ? WHALE_FACTOR : 1;
  return { amount: Math.round((median * Math.exp(logRelative) * whale) / 10) * 10, logRelative };
}

function firstAmount(stream: RandomStream, amount: number): number | null {
  const odd = stream.next();
  if (odd < MISSING_AMOUNT_SHARE) return null;
  if (odd < MISSING_AMOUNT_SHARE + ZERO_AMOUNT_SHARE) return 0;
  if (odd < MISSING_AMOUNT_SHARE + ZERO_AMOUNT_SHARE + NEGATIVE_AMOUNT_SHARE) return -amount;
  return amount;
}

/** All events of a deal, ascending. Whoever reads it stops at their own time. */
export function dealEvents(channel: Channel, ref: DealRef): WorldEvent[] {
  const stream = dealStream(channel, ref);
  const { partner } = ref;
  const rawMs = weekStartMs(ref.week) + stream.next() * WEEK_MS;
  const customer = channel.customers.pickAt(stream, rawMs);
  const openedMs = toWorkingTime(rawMs);
  const rep = channel.staff.acting(customer.rep, openedMs);
  const draft: Draft = {
    channel,
    ref,
    id: dealId(channel, ref),
    stream,
    rawMs,
    openedMs,
    customer,
    rep,
    events: [],
  };
  const product = PRODUCTS[stream.weighted(PRODUCT_WEIGHTS)] ?? {
    name: 'Analytics Cloud',
    amount: 24_000,
  };
  const { amount, logRelative } = drawAmount(stream, product.amount);
  const quality =
    (partner?.skill ?? 0) + stream.normal(0, OWN_QUALITY_SD) + AMOUNT_QUALITY * logRelative;
  const life: DealLife = ref.junk
    ? { entryStage: 0, moves: [], endWeek: 0, won: false }
    : liveDeal(stream, quality, ref.week, channel.demand.pace);
  const opening = open(draft, { product: product.name, amount: firstAmount(stream, amount), life });
  draft.events.push(opening);
  decideRegistration(draft, opening, life);
  work(draft, opening, life, amount);
  draft.events.push(...addEvidence(evidenceSetting(draft, opening)));
  draft.events.sort((a, b) => a.atMs - b.atMs);
  const lead = dealLead(draft.stream, opening, customer.name);
  if (lead) draft.events.splice(1, 0, lead);
  return draft.events;
}

type Opening = Extract<WorldEvent, { kind: 'deal' }>;

function evidenceSetting(draft: Draft, opening: Opening): EvidenceSetting {
  const { channel, ref, stream, events, customer } = draft;
  return {
    stream,
    opening,
    events: [...events].sort((a, b) => a.atMs - b.atMs),
    customer,
    partner: ref.partner,
    junk: ref.junk,
    engineers: channel.staff.engineers,
  };
}

function open(
  draft: Draft,
  made: { product: string; amount: number | null; life: DealLife },
): Opening {
  const { channel, ref, stream, openedMs, customer } = draft;
  const sourced = ref.partner !== null && (ref.junk || stream.chance(SOURCED_SHARE));
  const closeMs = openedMs + stream.lognormal(CLOSE_AFTER_DAYS, 0.5) * DAY_MS;
  const registered = sourced && (ref.junk || stream.chance(REGISTERED_SHARE));
  return {
    kind: 'deal',
    id: draft.id,
    atMs: openedMs,
    name: clip(`${customer.name} - ${made.product}`, NAME_LENGTH),
    accountId: customer.id,
    ownerId: draft.rep.id,
    partnerId: ref.partner?.id ?? null,
    role: ref.partner === null ? null : sourced ? 'sourced' : 'influenced',
    campaignId:
      ref.partner !== null && stream.chance(CAMPAIGN_SHARE)
        ? campaignAt(channel, ref.partner, openedMs)
        : null,
    stage: OPEN_STAGES[made.life.entryStage] ?? 'prospecting',
    amount: made.amount,
    currency: channel.currency,
    closeOn: stream.chance(MISSING_CLOSE_SHARE) ? null : isoDate(closeMs),
    product: made.product,
    source: sourced ? 'Partner Referral' : stream.pick(OTHER_SOURCES),
    registration: registered ? { submittedMs: openedMs, status: 'Submitted' } : null,
  };
}

/**
 * The partner manager decides after a while. Most junk is let through or forgotten; a real one is
 * refused only if it was dying anyway.
 */
function decideRegistration(draft: Draft, opening: Opening, life: DealLife): void {
  const { channel, ref, stream } = draft;
  if (opening.registration === null || ref.partner === null) return;
  const manager = channel.staff.managers[ref.partner.manager];
  const undecided = stream.chance(ref.junk ? 0.4 : 0.03);
  if (!manager || undecided) return;
  const rejected = stream.chance(
    ref.junk ? 0.35 : !life.won && life.endWeek < YOUNG_WEEKS ? REJECT_YOUNG : 0,
  );
  const atMs = toWorkingTime(draft.rawMs + stream.lognormal(manager.decisionHours, 0.7) * HOUR_MS);
  draft.events.push({
    kind: 'dealChange',
    id: draft.id,
    atMs,
    byId: manager.id,
    registrationStatus: rejected ? 'Rejected' : 'Approved',
    ...(rejected ? {} : { protectedUntil: isoDate(atMs + PROTECTION_DAYS * DAY_MS) }),
  });
}

/**
 * Works the deal week by week: stage moves, revised amounts, pushed close dates, touches, and in
 * the end won, marked lost, or forgotten.
 */
function work(draft: Draft, opening: Opening, life: DealLife, fullAmount: number): void {
  const { channel, ref, stream, customer } = draft;
  const context: TouchContext = {
    dealId: draft.id,
    ownerId: draft.rep.id,
    buyerContactId: contactId(customer, stream.below(3)),
    partnerContactId: ref.partner
      ? `${ref.partner.id}.${stream.below(ref.partner.contacts)}`
      : null,
    endWeek: life.endWeek,
    won: life.won,
  };
  const momentIn = (week: number): number =>
    toWorkingTime(draft.rawMs + (week + stream.next()) * WEEK_MS);
  const now: Standing = { ...opening, rep: draft.rep, stage: life.entryStage };
  let touches = 0;
  let nextMove = 0;
  for (let week = 0; week <= life.endWeek && !ref.junk; week++) {
    const atMs = momentIn(week);
    if (now.rep.leftMs !== null && atMs >= now.rep.leftMs)
      now.rep = channel.staff.acting(customer.rep, atMs);
    const move = life.moves[nextMove]?.week === week ? life.moves[nextMove] : undefined;
    const ending = week === life.endWeek;
    const moving = move !== undefined && move.stage > now.stage;
    for (let n = touchCount(stream, now.stage, week, context, moving); n > 0; n--) {
      const touchMs = ending ? Math.min(momentIn(week), atMs) : momentIn(week);
      draft.events.push(
        touch(stream, { ...context, ownerId: now.rep.id }, touches++, touchMs, draft.openedMs),
      );
    }
    if (ending) break;
    if (move) nextMove += 1;
    changeDeal(draft, now, move?.stage, fullAmount, atMs);
  }
  const endedMs = toWorkingTime(draft.rawMs + (life.endWeek + stream.next()) * WEEK_MS);
  finish(draft, now.rep, life, endedMs);
}

/** What the record says of a deal that is being worked. */
interface Standing {
  rep: Rep;
  stage: number;
  amount: number | null;
  closeOn: string | null;
}

/** One week's changes of the record, as one event; none when nothing changed. */
function changeDeal(
  draft: Draft,
  now: Standing,
  stage: number | undefined,
  fullAmount: number,
  atMs: number,
): void {
  const { stream, channel } = draft;
  const change: Extract<WorldEvent, { kind: 'dealChange' }> = {
    kind: 'dealChange',
    id: draft.id,
    atMs,
    byId: now.rep.id,
  };
  if (stage !== undefined) {
    now.stage = stage;
    change.stage = OPEN_STAGES[stage];
  }
  if (now.amount === null ? now.stage >= 2 : stream.chance(REVISION_WEEKLY))
    now.amount = change.amount = now.amount === null ? fullAmount : revise(stream, now.amount);
  if (now.closeOn !== null && now.closeOn <= isoDate(atMs) && stream.chance(PUSH_CHANCE))
    now.closeOn = change.closeOn = isoDate(atMs + stream.uniform(14, 60) * DAY_MS);
  if (stream.chance(OWNER_CHANGE_WEEKLY)) {
    now.rep = channel.staff.acting(stream.below(channel.staff.reps.length), atMs);
    change.ownerId = now.rep.id;
  }
  if (Object.keys(change).length > 4) draft.events.push(change);
}

function revise(stream: RandomStream, amount: number): number {
  return Math.round((amount * stream.lognormal(1, REVISION_LOG_SD)) / 10) * 10;
}

function finish(draft: Draft, rep: Rep, life: DealLife, endedMs: number): void {
  const { stream, ref } = draft;
  const lastMs = draft.events.reduce((latest, event) => Math.max(latest, event.atMs), endedMs);
  if (life.won) {
    draft.events.push({
      kind: 'dealChange',
      id: draft.id,
      atMs: lastMs,
      byId: rep.id,
      stage: 'won',
      closeOn: isoDate(lastMs),
    });
    return;
  }
  if (stream.chance(ref.junk ? JUNK_NEVER_MARKED : rep.neverMarks)) return;
  const atMs = toWorkingTime(lastMs + stream.lognormal(rep.markDays, 0.8) * DAY_MS);
  draft.events.push({
    kind: 'dealChange',
    id: draft.id,
    atMs: Math.max(atMs, lastMs),
    byId: draft.channel.staff.acting(draft.customer.rep, atMs).id,
    stage: 'lost',
    ...(stream.chance(0.8) ? { closeOn: isoDate(atMs) } : {}),
  });
}
