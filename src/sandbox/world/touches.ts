/**
 * Calls, mails, meetings and tasks around a deal: many while it moves, few once
 * it is dying, none in junk.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS } from './calendar.ts';
import type { WorldEvent } from './events.ts';

type Activity = Extract<WorldEvent, { kind: 'activity' }>;

/** Mean touches in a week by stage, for a deal in good health. */
const TOUCHES_BY_STAGE = [0.3, 0.4, 0.55, 0.65, 0.75];
/**
 * In its last weeks a dying deal has this share of the touches: the buyer stops
 * answering before anyone says so.
 */
const DYING_SHARE = 0.3;
const DYING_WEEKS = 4;
/** A week in which the deal advances has more. */
const ADVANCE_EXTRA = 0.8;
const LATE_SHARE = 0.1;
const LATE_MEAN_MS = 2 * DAY_MS;
/** Some are entered before they happen: a booked meeting, a task still to do. */
const AHEAD_SHARE = 0.05;
const AHEAD_MAX_MS = 10 * DAY_MS;

const TYPES = ['email', 'call', 'meeting', 'task'] as const;
const TYPE_WEIGHTS = [4, 3, 2, 1.5];
const BUYER_SHARE = { email: 0.7, call: 0.75, meeting: 0.65, task: 0 };
const MINUTES = { email: 0, call: 14, meeting: 45, task: 20 };
const SUBJECTS = {
  email: [
    'Follow-up on our call',
    'Proposal attached',
    'Re: questions on pricing',
    'Next steps',
    'Introduction',
  ],
  call: [
    'Discovery call',
    'Call about budget',
    'Check-in',
    'Left a voicemail',
    'Technical questions',
  ],
  meeting: [
    'Demo',
    'Workshop with the buyer',
    'Joint meeting with the partner',
    'Contract review',
    'Kick-off',
  ],
  task: ['Prepare quote', 'Update the business case', 'Ask legal for terms', 'Internal review'],
};

export interface TouchContext {
  dealId: string;
  ownerId: string;
  buyerContactId: string;
  partnerContactId: string | null;
  endWeek: number;
  won: boolean;
}

/** How many touches a deal has in a week of its life. */
export function touchCount(
  stream: RandomStream,
  stage: number,
  week: number,
  context: TouchContext,
  advancing: boolean,
): number {
  const dying = !context.won && context.endWeek - week < DYING_WEEKS;
  return stream.poisson(
    (TOUCHES_BY_STAGE[stage] ?? 0) * (dying ? DYING_SHARE : 1) + (advancing ? ADVANCE_EXTRA : 0),
  );
}

/** One touch logged at `atMs`; `openedMs` bounds how far back it may have happened. */
export function touch(
  stream: RandomStream,
  context: TouchContext,
  number: number,
  atMs: number,
  openedMs: number,
): Activity {
  const type = TYPES[stream.weighted(TYPE_WEIGHTS)] ?? 'email';
  const withBuyer = stream.chance(BUYER_SHARE[type]);
  const when = stream.next();
  let onMs = atMs;
  if (when < LATE_SHARE)
    onMs = Math.max(openedMs, atMs - Math.floor(stream.exponential(LATE_MEAN_MS) / 1000) * 1000);
  else if (when < LATE_SHARE + AHEAD_SHARE)
    onMs = atMs + Math.floor(stream.uniform(0, AHEAD_MAX_MS) / 1000) * 1000;
  const minutes =
    MINUTES[type] === 0 ? 0 : Math.max(1, Math.round(stream.lognormal(MINUTES[type], 0.5)));
  return {
    kind: 'activity',
    id: `${context.dealId}t${number}`,
    atMs,
    type,
    subject: stream.pick(SUBJECTS[type]),
    dealId: context.dealId,
    accountId: null,
    contactId: withBuyer
      ? context.buyerContactId
      : type === 'meeting'
        ? context.partnerContactId
        : null,
    ownerId: context.ownerId,
    onMs,
    minutes,
    done: onMs <= atMs,
    withBuyer,
  };
}
