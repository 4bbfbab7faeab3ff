/**
 * What shows a deal to be real, and who wrote it down: sales engineers, quotes, orders, the people
 * in a meeting, and how much of all that the partner's own people entered.
 * Drawn from a stream of its own, so that the deal itself is what it would be without.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, toWorkingTime } from './calendar.ts';
import type { Customer } from './customers.ts';
import { contactId } from './customers.ts';
import type { WorldEvent } from './events.ts';
import { OPEN_STAGES } from './hazards.ts';
import type { Partner } from './partners.ts';
import { portalUsers } from './portal-users.ts';

type Opening = Extract<WorldEvent, { kind: 'deal' }>;
type Change = Extract<WorldEvent, { kind: 'dealChange' }>;
type Activity = Extract<WorldEvent, { kind: 'activity' }>;

export interface EvidenceSetting {
  /** The deal's own stream; what is drawn here changes nothing of what it gives elsewhere. */
  stream: RandomStream;
  opening: Opening;
  events: readonly WorldEvent[];
  customer: Customer;
  partner: Partner | null;
  junk: boolean;
  engineers: readonly string[];
}

/** From this stage on, a deal may have a sales engineer; from the other one, a quote. */
const ENGINEER_STAGE = 2;
const QUOTE_STAGE = 3;
/** Sales engineers are few, so they go to what is large. */
const LARGE_AMOUNT = 20_000;
const ENGINEER_SHARE = { large: 0.75, small: 0.2 };
const QUOTE_SHARE = 0.7;
const REQUOTE_SHARE = 0.3;
const DRAFT_SHARE = 0.15;
const ORDER_SHARE = 0.75;
const PAPER_DAYS = 2;
/** Who sold it enters a part of what is known of it. */
const BY_PARTNER = { opening: 0.5, move: 0.15, touch: 0.2, meeting: 0.1, quote: 0.1 };
const SECOND_BUYER_SHARE = 0.5;
const PARTNER_JOINS_SHARE = 0.4;

/** Puts authors and people on the deal's events, and gives the events that come beside them. */
export function addEvidence(setting: EvidenceSetting): WorldEvent[] {
  const stream = setting.stream.fork('evidence');
  const users =
    setting.opening.role === 'sourced' && setting.partner ? portalUsers(setting.partner) : [];
  const author = users.length === 0 ? null : stream.pick(users).id;
  const { opening } = setting;
  const entered = stream.chance(BY_PARTNER.opening);
  if (author !== null && (setting.junk || (entered && opening.registration !== null)))
    opening.byId = author;
  for (const event of setting.events) {
    if (event.kind === 'activity') people(stream, setting, event, author);
    else if (event.kind === 'dealChange' && event.stage === OPEN_STAGES[1])
      event.byId = stream.chance(BY_PARTNER.move) && author !== null ? author : event.byId;
  }
  return [...engineer(stream, setting), ...papers(stream, setting, author)];
}

/** Who logged it; and of a meeting, who was there. */
function people(
  stream: RandomStream,
  { customer, partner }: EvidenceSetting,
  event: Activity,
  author: string | null,
): void {
  const meeting = event.type === 'meeting';
  const byPartner = stream.chance(meeting ? BY_PARTNER.meeting : BY_PARTNER.touch);
  if (author !== null && byPartner) event.ownerId = event.byId = author;
  if (!meeting || event.contactId === null) return;
  const others = [
    ...(event.withBuyer && stream.chance(SECOND_BUYER_SHARE)
      ? [contactId(customer, stream.below(customer.contacts))]
      : []),
    ...(partner !== null && stream.chance(PARTNER_JOINS_SHARE)
      ? [`${partner.id}.${stream.below(partner.contacts)}`]
      : []),
  ].filter((id) => id !== event.contactId);
  if (others.length > 0) event.attendeeIds = others;
}

const movesTo = (events: readonly WorldEvent[], stage: number): Change | undefined =>
  events.find(
    (event): event is Change =>
      event.kind === 'dealChange' &&
      event.stage !== undefined &&
      OPEN_STAGES.indexOf(event.stage as (typeof OPEN_STAGES)[number]) >= stage,
  );

function engineer(
  stream: RandomStream,
  { opening, events, engineers }: EvidenceSetting,
): WorldEvent[] {
  const move = movesTo(events, ENGINEER_STAGE);
  const large = (opening.amount ?? 0) >= LARGE_AMOUNT;
  const joins = stream.chance(large ? ENGINEER_SHARE.large : ENGINEER_SHARE.small);
  if (move === undefined || !joins) return [];
  return [
    {
      kind: 'teamMember',
      id: `${opening.id}e`,
      atMs: move.atMs,
      dealId: opening.id,
      userId: stream.pick(engineers),
      role: 'sales engineer',
    },
  ];
}

/** The offer at the proposal, perhaps another at the negotiation, and the order after the win. */
function papers(
  stream: RandomStream,
  { opening, events }: EvidenceSetting,
  author: string | null,
): WorldEvent[] {
  const paper = (id: string, change: Change, share: number) => {
    const drawn = stream.chance(share);
    const laterMs = toWorkingTime(change.atMs + stream.next() * PAPER_DAYS * DAY_MS);
    if (!drawn) return null;
    return {
      id: `${opening.id}${id}`,
      atMs: Math.max(change.atMs, Math.min(laterMs, nextMoveMs(events, change))),
      dealId: opening.id,
      byId: change.byId,
      amount: amountAt(opening, events, change.atMs),
      currency: opening.currency,
    };
  };
  const made: WorldEvent[] = [];
  for (const [id, stage, share] of [
    ['q', QUOTE_STAGE, QUOTE_SHARE],
    ['r', QUOTE_STAGE + 1, REQUOTE_SHARE],
  ] as const) {
    const move = movesTo(events, stage);
    const quote = move === undefined ? null : paper(id, move, share);
    const [draft, own] = [stream.chance(DRAFT_SHARE), stream.chance(BY_PARTNER.quote)];
    if (quote !== null)
      made.push({
        kind: 'quote',
        ...quote,
        byId: own && author !== null ? author : quote.byId,
        status: draft ? 'draft' : 'presented',
      });
  }
  const won = events.find(
    (event): event is Change => event.kind === 'dealChange' && event.stage === 'won',
  );
  const order = won === undefined ? null : paper('o', won, ORDER_SHARE);
  if (order !== null) made.push({ kind: 'order', ...order });
  return made;
}

function nextMoveMs(events: readonly WorldEvent[], change: Change): number {
  const next = events.find(
    (event) => event.kind === 'dealChange' && event.stage !== undefined && event.atMs > change.atMs,
  );
  return next === undefined ? Infinity : next.atMs;
}

function amountAt(opening: Opening, events: readonly WorldEvent[], atMs: number): number | null {
  return events.reduce<number | null>(
    (amount, event) =>
      event.kind === 'dealChange' && event.amount !== undefined && event.atMs <= atMs
        ? event.amount
        : amount,
    opening.amount,
  );
}
