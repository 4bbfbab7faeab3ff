/**
 * One case of the loan log as a deal: its account and contact, its opening, every change that a
 * stage event makes, its finished work.
 */
import { DAY_MS, isoDate } from '../calendar.ts';
import type { WorldEvent, WorldStage } from '../events.ts';
import type { LogCase, LogEvent, WorkItem } from './read.ts';

/**
 * Stage furthest reached, in the words of the CRM. The log's seven open states come in pairs
 * that follow within seconds: submitted and partly submitted, finalised (with offer selected
 * and created) and offer sent.
 */
const STAGE_OF: Readonly<Record<string, number>> = {
  A_SUBMITTED: 0,
  A_PARTLYSUBMITTED: 0,
  A_PREACCEPTED: 1,
  A_ACCEPTED: 2,
  A_FINALIZED: 3,
  O_SELECTED: 3,
  O_CREATED: 3,
  O_SENT: 3,
  O_SENT_BACK: 4,
};
const REPLAY_STAGES: readonly WorldStage[] = [
  'prospecting',
  'qualification',
  'analysis',
  'proposal',
  'negotiation',
];
const WON = new Set(['A_APPROVED', 'A_REGISTERED', 'A_ACTIVATED']);
const LOST = new Set(['A_DECLINED', 'A_CANCELLED']);
/**
 * The log names no close date: an open case is asserted to close this long after its registration.
 */
const CLOSE_AFTER_MS = 30 * DAY_MS;
/** The bank's machine, which submits every application; it takes no case over from a person. */
export const AUTOMATIC_RESOURCE = '112';
const REPLAY_PRODUCT = 'Personal loan';
export const REPLAY_CURRENCY = 'EUR';

/** What the Dutch work items are; those that call the applicant count as talking to the buyer. */
const WORK: Readonly<Record<string, { type: 'call' | 'task'; label: string }>> = {
  'W_Nabellen offertes': { type: 'call', label: 'Call about the offer' },
  'W_Nabellen incomplete dossiers': { type: 'call', label: 'Call about missing papers' },
  'W_Completeren aanvraag': { type: 'task', label: 'Complete the application' },
  'W_Valideren aanvraag': { type: 'task', label: 'Validate the application' },
  'W_Afhandelen leads': { type: 'task', label: 'Handle the lead' },
  'W_Beoordelen fraude': { type: 'task', label: 'Check for fraud' },
  'W_Wijzigen contractgegevens': { type: 'task', label: 'Change contract data' },
};

type Outcome = 'won' | 'lost' | null;
export interface Progress {
  stage: number;
  /** when that stage was reached */
  sinceMs: number;
  outcome: Outcome;
}

/** What an event does to a case: to a further stage, to its end, or nothing. */
export function step(progress: Progress, event: LogEvent): Progress | null {
  if (progress.outcome !== null) return null;
  if (WON.has(event.activity)) return { ...progress, outcome: 'won', sinceMs: event.atMs };
  if (LOST.has(event.activity)) return { ...progress, outcome: 'lost', sinceMs: event.atMs };
  const stage = STAGE_OF[event.activity] ?? 0;
  return stage > progress.stage ? { stage, sinceMs: event.atMs, outcome: null } : null;
}

/** Where a case stands after all its events. */
export function standing(one: LogCase): Progress {
  return one.events.reduce<Progress>((progress, event) => step(progress, event) ?? progress, {
    stage: 0,
    sinceMs: one.startMs,
    outcome: null,
  });
}

export const userId = (resource: string | null): string => `r${resource ?? AUTOMATIC_RESOURCE}`;

export interface CaseSetting {
  /** added to the log's times */
  shiftMs: number;
  partnerId: string | null;
}

/** All events of a case: account, contact and deal first, then ascending. */
export function caseEvents(one: LogCase, { shiftMs, partnerId }: CaseSetting): WorldEvent[] {
  const atMs = one.startMs + shiftMs;
  const firstOwner = userId(one.events[0]?.resource ?? null);
  const made: WorldEvent[] = [
    {
      kind: 'account',
      id: `a${one.id}`,
      atMs,
      name: `Applicant ${one.id}`,
      industry: 'Other',
      country: 'Netherlands',
      website: '',
      ownerId: firstOwner,
      parentId: null,
      partner: null,
    },
    {
      kind: 'contact',
      id: `c${one.id}`,
      atMs,
      accountId: `a${one.id}`,
      firstName: 'Applicant',
      lastName: one.id,
      email: `applicant${one.id}@loans.example`,
      title: 'Applicant',
    },
    {
      kind: 'deal',
      id: `d${one.id}`,
      atMs,
      name: `Loan ${one.id}`,
      accountId: `a${one.id}`,
      ownerId: firstOwner,
      partnerId,
      role: partnerId === null ? null : 'sourced',
      campaignId: null,
      stage: REPLAY_STAGES[0] ?? 'prospecting',
      amount: one.amount,
      currency: REPLAY_CURRENCY,
      closeOn: isoDate(one.registeredMs + shiftMs + CLOSE_AFTER_MS),
      product: REPLAY_PRODUCT,
      source: partnerId === null ? 'Web' : 'Partner Referral',
      registration: partnerId === null ? null : { submittedMs: atMs, status: 'Submitted' },
    },
  ];
  const later = changes(one, shiftMs, partnerId !== null, firstOwner);
  return [...made, ...later.sort((a, b) => a.atMs - b.atMs)];
}

type Change = Extract<WorldEvent, { kind: 'dealChange' }>;

/**
 * Walks the log's events and work in time, so that work nobody is named for falls to
 * whoever owns the case then.
 */
function changes(
  one: LogCase,
  shiftMs: number,
  registered: boolean,
  firstOwner: string,
): WorldEvent[] {
  const events: WorldEvent[] = [];
  let progress: Progress = { stage: 0, sinceMs: one.startMs, outcome: null };
  let owner = firstOwner;
  let nextWork = 0;
  const workUntil = (logMs: number): void => {
    for (let item = one.work[nextWork]; item && item.atMs <= logMs; item = one.work[nextWork])
      events.push(workEvent(one, item, nextWork++, shiftMs, owner));
  };
  for (const event of one.events) {
    workUntil(event.atMs - 1);
    const moved = step(progress, event);
    const by = userId(event.resource);
    const change: Change = {
      kind: 'dealChange',
      id: `d${one.id}`,
      atMs: event.atMs + shiftMs,
      byId: by,
    };
    if (
      progress.outcome === null &&
      event.resource !== AUTOMATIC_RESOURCE &&
      event.resource !== null &&
      by !== owner
    )
      owner = change.ownerId = by;
    if (moved) describe(change, moved, progress, registered);
    progress = moved ?? progress;
    if (change.stage !== undefined || change.ownerId !== undefined) events.push(change);
  }
  workUntil(Infinity);
  return events;
}

/**
 * A pre-accepted application counts as an approved registration, one declined
 * before that as a rejected one.
 */
function describe(change: Change, moved: Progress, before: Progress, registered: boolean): void {
  change.stage = moved.outcome ?? REPLAY_STAGES[moved.stage] ?? 'prospecting';
  if (moved.outcome !== null) change.closeOn = isoDate(change.atMs);
  if (!registered || before.stage > 0) return;
  if (moved.outcome !== 'lost') change.registrationStatus = 'Approved';
  else change.registrationStatus = 'Rejected';
}

function workEvent(
  one: LogCase,
  item: WorkItem,
  number: number,
  shiftMs: number,
  owner: string,
): WorldEvent {
  const { type, label } = WORK[item.activity] ?? { type: 'task' as const, label: item.activity };
  const atMs = item.atMs + shiftMs;
  return {
    kind: 'activity',
    id: `w${one.id}.${number}`,
    atMs,
    type,
    subject: `${label} (${item.activity})`,
    dealId: `d${one.id}`,
    accountId: null,
    contactId: type === 'call' ? `c${one.id}` : null,
    ownerId: item.resource === null ? owner : userId(item.resource),
    onMs: atMs,
    minutes: item.minutes,
    done: true,
    withBuyer: type === 'call',
  };
}
