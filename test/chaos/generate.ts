import type { FaultRuleInput } from '../../src/sandbox/faults.ts';
import { random, type Random } from './random.ts';
import type { Change, Crm, Fault, HubSpotTraits, Mutation, Phase, Schedule } from './schedule.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 86_400_000;
/**
 * A sync of the small world makes about this many calls and batches; numbers drawn from it
 * fall into every part of a run.
 */
const CALLS = 45;
/**
 * What writes and reads look like on the wire, how late a change becomes visible, and
 * what a busy server answers.
 */
const WIRE: Record<
  Crm,
  {
    write: FaultRuleInput['match'] & object;
    read: FaultRuleInput['match'] & object;
    lateMs: number[];
    statuses: number[];
  }
> = {
  // Salesforce ends a transaction after ten minutes.
  salesforce: {
    write: { method: 'PATCH' },
    read: { path: 'queryAll|/query' },
    lateMs: [30_000, 3 * MINUTE_MS, 8 * MINUTE_MS, 10 * MINUTE_MS],
    statuses: [500, 502, 503, 504],
  },
  // The search index may be later than the windows wait for; then the next
  // day's full pass brings it.
  hubspot: {
    write: { path: '/batch/update' },
    read: { path: '/search|/objects|/associations' },
    lateMs: [30_000, 3 * MINUTE_MS, 25 * MINUTE_MS, 2 * HOUR_MS],
    statuses: [500, 502, 503, 504, 423, 477],
  },
};
/** Answers that say that nothing was done. */
const UNDONE = new Set([423, 477]);
/**
 * Deaths reach to the last batch of a long run: one of HubSpot makes some 70 calls, one of
 * Salesforce some 150 batches.
 */
const RANGE = { call: 60, batch: 150, page: 24 };
const PLENTY = 100_000;

/** Which CRMs a campaign plays: one, or both in turn by the parity of the seed. */
export type Crms = Crm | 'both';

/** The schedule of a seed. */
export function generate(seed: number, crms: Crms = 'salesforce'): Schedule {
  const crm: Crm = crms !== 'both' ? crms : seed % 2 === 0 ? 'hubspot' : 'salesforce';
  const dice = random(seed);
  const phases = Array.from({ length: dice.pick([1, 2, 2, 3]) }, () => phase(dice, crm));
  return {
    seed,
    crm,
    pageRows: dice.pick([4, 9, 2000, 2000]),
    bulkFromRows: dice.chance(0.15) ? 5 : 10_000,
    renewable: dice.chance(0.3),
    dailyCalls: dice.chance(0.1) ? dice.between(120, 260) : PLENTY,
    callMs: dice.pick([0, 40, 400, 1500]),
    hubspot: traits(random(seed ^ 0x4b5)),
    phases,
  };
}

const traits = (dice: Random): HubSpotTraits => ({
  lagMs: dice.pick([0, 0, 2_000, 20_000, 2 * MINUTE_MS]),
  dated: dice.chance(0.4),
  newIdOnMerge: dice.chance(0.5),
  pageShrink: dice.pick([0, 0, 0, 3]),
  showsLive: dice.chance(0.3),
});

function phase(dice: Random, crm: Crm): Phase {
  const wild = dice.chance(0.75);
  return {
    advanceMs:
      dice.pick([
        0,
        7_000,
        MINUTE_MS,
        4 * MINUTE_MS,
        11 * MINUTE_MS,
        70 * MINUTE_MS,
        70 * MINUTE_MS,
        DAY_MS,
        dice.chance(0.2) ? 20 * DAY_MS : 2 * DAY_MS,
      ]) + dice.int(5_000),
    before: Array.from({ length: dice.between(0, 4) }, () => change(dice, crm)),
    during: Array.from({ length: dice.pick([0, 0, 1, 2, 3]) }, () => ({
      call: dice.between(1, CALLS),
      change: change(dice, crm),
    })),
    faults: wild
      ? Array.from({ length: dice.pick([0, 0, 1, 1, 2, 4]) }, () => fault(dice, crm))
      : [],
    death:
      wild && dice.chance(0.35)
        ? { at: dice.pick(['call', 'batch', 'page'] as const), n: 0, after: dice.chance(0.5) }
        : null,
    stall:
      wild && dice.chance(0.08)
        ? { call: dice.between(1, CALLS), ms: dice.pick([MINUTE_MS, 6 * MINUTE_MS]) }
        : null,
    skewMs: dice.chance(0.15) ? dice.pick([-60, -11, 11, 60]) * MINUTE_MS : 0,
    full: dice.chance(0.06),
    dryRun: dice.chance(0.06),
  };
}

/** Deaths are aimed last, because calls and batches have different ranges. */
export function aimed(schedule: Schedule): Schedule {
  const dice = random(schedule.seed + 0x5eed);
  return {
    ...schedule,
    phases: schedule.phases.map((one) =>
      one.death === null
        ? one
        : { ...one, death: { ...one.death, n: dice.between(1, RANGE[one.death.at]) } },
    ),
  };
}

export function change(dice: Random, crm: Crm): Change {
  return { mutation: mutation(dice), delayMs: dice.chance(0.3) ? dice.pick(WIRE[crm].lateMs) : 0 };
}

function mutation(dice: Random): Mutation {
  const pick = dice.next();
  const what = dice.int(1000);
  const draw = dice.int(100);
  if (draw < 22)
    return { op: 'edit', thing: dice.pick(['account', 'deal', 'deal', 'activity']), pick, what };
  if (draw < 34) return { op: 'stage', pick, what };
  if (draw < 46)
    return { op: 'add', thing: dice.pick(['account', 'deal', 'activity', 'role']), pick, what };
  if (draw < 58)
    return {
      op: 'remove',
      thing: dice.pick(['account', 'deal', 'deal', 'activity', 'role']),
      pick,
      hard: dice.chance(0.4),
    };
  if (draw < 64) return { op: 'undelete', pick };
  if (draw < 70) return { op: 'merge', pick, other: dice.next() };
  if (draw < 75) return { op: 'retype', pick, what };
  if (draw < 88) return { op: 'human', thing: dice.pick(['account', 'deal']), pick, what };
  if (draw < 92) return { op: 'sameInstant', thing: dice.pick(['deal', 'activity']) };
  if (draw < 95) return { op: 'field', what };
  if (draw < 96) return { op: 'picklist', what };
  if (draw < 98) return { op: 'rule', on: dice.chance(0.6) };
  return { op: 'jobsGone' };
}

function fault(dice: Random, crm: Crm): Fault {
  const draw = dice.int(10);
  if (draw < 2) return { kind: 'lock', nth: dice.between(1, 3), share: dice.next() };
  if (draw < 3)
    return { kind: 'slow', call: dice.between(1, CALLS), ms: dice.between(1_000, 110_000) };
  return { kind: 'rule', rule: rule(dice, crm) };
}

export function rule(dice: Random, crm: Crm): FaultRuleInput {
  const kind = dice.pick([
    'expiredSession',
    'dailyLimit',
    'tooManyRequests',
    'serverError',
    'serverError',
    'reset',
    'reset',
    'timeout',
    'truncated',
    'cutBody',
    'html',
  ] as const);
  // A refusal means that nothing was done; only a lost or garbled answer leaves that open.
  const when = ['expiredSession', 'dailyLimit', 'tooManyRequests'].includes(kind)
    ? ('before' as const)
    : dice.pick(['before', 'after'] as const);
  const { write, read, statuses } = WIRE[crm];
  const match = dice.pick([{}, {}, write, write, read]);
  const often = dice.pick([
    { nth: dice.between(1, match === write ? 3 : CALLS) },
    { nth: dice.between(1, match === write ? 2 : CALLS) },
    { probability: dice.pick([0.03, 0.2]), seed: dice.int(1_000_000), times: dice.between(1, 8) },
  ]);
  const status: { status?: number } = kind === 'serverError' ? { status: dice.pick(statuses) } : {};
  return {
    kind,
    match,
    when: UNDONE.has(status.status ?? 0) ? 'before' : when,
    ...often,
    ...status,
    ...(kind === 'timeout' ? { ms: 0 } : {}),
  };
}
