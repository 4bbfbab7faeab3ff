/**
 * Joint plans, one a partner and calendar year, with targets and milestones on both sides. Goals
 * are what the truth would lead one to expect, times a factor of optimism, so some plans are
 * easy and some out of reach.
 */
import type { RandomStream } from '../random.ts';
import { DAY_MS, isoDate, toWorkingTime, weekOf } from './calendar.ts';
import type { Channel } from './channel.ts';
import { MEAN_AMOUNT } from './deal.ts';
import type { WorldEvent } from './events.ts';
import { winChance } from './hazards.ts';
import type { Partner } from './partners.ts';

const PLANNED_SHARE = 0.75;
/** Sd of the logarithm of goal over expectation. */
const OPTIMISM_LOG_SD = 0.35;
/** Plans are agreed in the December before, or soon after a partner signs. */
const AGREED_BEFORE_MS = 20 * DAY_MS;
/** Later than this in the year, a new partner waits for the next one. */
const LATEST_START_DAYS = 270;
const PLANNED_REGISTERED_SHARE = 0.68;
const QUALIFIED_SHARE = 0.6;
/** Smaller deals do without a sales engineer. */
const ENGINEER_FROM_AMOUNT = 20_000;

const MILESTONES: { side: 'partner' | 'vendor'; label: string; day: number }[] = [
  { side: 'partner', label: 'Two people certified', day: 80 },
  { side: 'vendor', label: 'Solution engineer named', day: 30 },
  { side: 'partner', label: 'Joint campaign held', day: 150 },
  { side: 'vendor', label: 'Demo environment ready', day: 60 },
  { side: 'partner', label: 'Ten joint target accounts agreed', day: 45 },
  { side: 'vendor', label: 'Half-year review held', day: 190 },
];

function expectedDeals(channel: Channel, partner: Partner, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let week = weekOf(fromMs); week < weekOf(toMs); week++)
    sum += channel.arrivals.real(partner, week);
  return sum;
}

/** Two leading digits, as people set goals. */
function rounded(value: number): number {
  if (value < 10) return Math.max(1, Math.round(value));
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}

interface PlanFrame {
  id: string;
  atMs: number;
  startMs: number;
  endMs: number;
}

function targets(
  stream: RandomStream,
  channel: Channel,
  partner: Partner,
  frame: PlanFrame,
): WorldEvent[] {
  const deals = Math.max(1, expectedDeals(channel, partner, frame.startMs, frame.endMs));
  const stretch = (): number => stream.lognormal(1, OPTIMISM_LOG_SD);
  const rows: [
    side: 'partner' | 'vendor',
    metric: string,
    goal: number,
    weight: number,
    label: string,
    above?: number,
  ][] = [
    [
      'partner',
      'won_amount',
      rounded(Math.max(5000, deals * winChance(partner.skill) * MEAN_AMOUNT * stretch())),
      0.4,
      'Won amount',
    ],
    [
      'partner',
      'registrations',
      rounded(deals * PLANNED_REGISTERED_SHARE * stretch()),
      0.15,
      'Registered deals',
    ],
    [
      'partner',
      'qualified_deals',
      rounded(deals * QUALIFIED_SHARE * stretch()),
      0.2,
      'Qualified deals',
    ],
    ['partner', 'certified_people', 1 + stream.below(5), 0.1, 'Certified people'],
    ['vendor', 'decision_hours', stream.pick([24, 48, 72]), 0.05, 'Hours to decide a registration'],
    ['vendor', 'joint_meetings', stream.pick([4, 6, 12]), 0.05, 'Joint meetings'],
    [
      'vendor',
      'sales_engineer_share',
      stream.fork('engineer').pick([0.5, 0.7, 0.9]),
      0.05,
      'Sales engineer on larger deals',
      ENGINEER_FROM_AMOUNT,
    ],
  ];
  return rows.map(([side, metric, goal, weight, label, above], k) => ({
    kind: 'target',
    id: `${frame.id}.t${k}`,
    atMs: frame.atMs,
    planId: frame.id,
    side,
    metric,
    goal,
    weight,
    label,
    ...(above === undefined ? {} : { above }),
  }));
}

function milestones(stream: RandomStream, partner: Partner, frame: PlanFrame): WorldEvent[] {
  const events: WorldEvent[] = [];
  MILESTONES.forEach(({ side, label, day }, k) => {
    if (stream.chance(0.25)) return;
    const id = `${frame.id}.m${k}`;
    const dueMs = Math.min(frame.startMs + day * DAY_MS, frame.endMs);
    events.push({
      kind: 'milestone',
      id,
      atMs: frame.atMs,
      planId: frame.id,
      side,
      label,
      dueOn: isoDate(dueMs),
      doneOn: null,
    });
    if (!stream.chance(side === 'partner' ? 0.35 + 0.6 * partner.engagement : 0.8)) return;
    const doneMs = Math.max(
      frame.atMs + DAY_MS,
      toWorkingTime(dueMs + stream.normal(0, 20) * DAY_MS),
    );
    events.push({ kind: 'milestoneDone', id, atMs: doneMs, doneOn: isoDate(doneMs) });
  });
  return events;
}

/**
 * The plan of a partner for a year with all that belongs to it, milestones met later
 * included; empty when there is none.
 */
export function planEvents(channel: Channel, partner: Partner, year: number): WorldEvent[] {
  const stream = channel.root.fork(
    'plan',
    partner.index,
    year - new Date(channel.endMs).getUTCFullYear(),
  );
  const yearMs = Date.UTC(year, 0, 1);
  const endMs = Date.UTC(year, 11, 31);
  const dormant = partner.dormantFromMs !== null && partner.dormantFromMs < yearMs;
  if (
    dormant ||
    !stream.chance(PLANNED_SHARE) ||
    partner.signedMs > yearMs + LATEST_START_DAYS * DAY_MS
  )
    return [];
  const startMs = Math.max(yearMs, partner.signedMs);
  const agreedMs = toWorkingTime(
    Math.max(
      channel.crmFromMs + DAY_MS,
      partner.signedMs,
      partner.signedMs > yearMs
        ? startMs + stream.below(20) * DAY_MS
        : yearMs - stream.next() * AGREED_BEFORE_MS,
    ),
  );
  const frame = { id: `pl${partner.index}y${year}`, atMs: agreedMs, startMs, endMs };
  const name = `${partner.name} ${year}`;
  return [
    {
      kind: 'plan',
      id: frame.id,
      atMs: agreedMs,
      partnerId: partner.id,
      name,
      startOn: isoDate(startMs),
      endOn: isoDate(endMs),
      status: 'Active',
    },
    ...targets(stream, channel, partner, frame),
    ...milestones(stream, partner, frame),
  ];
}
