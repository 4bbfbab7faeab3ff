/**
 * The partners that the loan log does not have: made up by a stated rule from the
 * seed, blind to how a case went.
 */
import type { RandomStream } from '../../random.ts';
import { DAY_MS, isoDate } from '../calendar.ts';
import type { WorldEvent } from '../events.ts';
import { REPLAY_CURRENCY } from './case.ts';
import type { LoanLog } from './read.ts';
import { standing } from './case.ts';

/** Share of the cases that a made-up partner brought. */
const PARTNER_SHARE = 0.75;
/** Weight of the k-th largest partner is k to this power. */
const SIZE_POWER = -0.8;
const OPTIMISM_LOG_SD = 0.3;
const PLAN_DAYS = 365;
const MANAGER = 'm0';

export interface MadeUpPartner {
  id: string;
  weight: number;
  share: number;
}

export const ASSIGNMENT_RULE = `each case goes, by chance from the seed and its case number alone, to a partner with probability ${PARTNER_SHARE}, to the k-th largest in proportion to k^${SIZE_POWER}`;

export function makePartners(count: number): MadeUpPartner[] {
  const weights = Array.from({ length: count }, (_, i) => (i + 1) ** SIZE_POWER);
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight, i) => ({
    id: `p${i}`,
    weight,
    share: (PARTNER_SHARE * weight) / total,
  }));
}

/** Applies the rule to one case; null = came without a partner. */
export function assignPartner(
  root: RandomStream,
  partners: readonly MadeUpPartner[],
  caseId: string,
): string | null {
  const stream = root.fork('assign', caseId);
  if (partners.length === 0 || !stream.chance(PARTNER_SHARE)) return null;
  return partners[stream.weighted(partners.map((partner) => partner.weight))]?.id ?? null;
}

const TYPES = ['reseller', 'technology', 'consulting'] as const;

/**
 * Partner accounts, each with one contact and a plan for the year that begins with the log; all
 * say that they are made up.
 */
export function* partnerAccounts(
  root: RandomStream,
  partners: readonly MadeUpPartner[],
  log: LoanLog,
  shiftMs: number,
): Generator<WorldEvent> {
  const atMs = log.firstMs + shiftMs - DAY_MS;
  const startOn = isoDate(log.firstMs + shiftMs);
  const perYear = (PLAN_DAYS * DAY_MS) / (log.lastMs - log.firstMs);
  const wonPerYear =
    perYear *
    log.cases.reduce((sum, one) => sum + (standing(one).outcome === 'won' ? one.amount : 0), 0);
  yield {
    kind: 'user',
    id: MANAGER,
    atMs,
    name: 'Partner Desk',
    email: 'partner.desk@loans.example',
    active: true,
  };
  for (const [i, partner] of partners.entries()) {
    const stream = root.fork('partner', i);
    const label = `Partner ${String(i + 1).padStart(2, '0')} (made up)`;
    yield {
      kind: 'account',
      id: partner.id,
      atMs,
      name: label,
      industry: 'Finance',
      country: 'Netherlands',
      website: '',
      ownerId: MANAGER,
      parentId: null,
      partner: {
        type: TYPES[stream.weighted([6, 2, 2])] ?? 'reseller',
        tier:
          i < 0.1 * partners.length ? 'gold' : i < 0.35 * partners.length ? 'silver' : 'registered',
        signedOn: startOn,
        onboardedOn: startOn,
      },
    };
    yield {
      kind: 'contact',
      id: `${partner.id}.0`,
      atMs,
      accountId: partner.id,
      firstName: 'Contact',
      lastName: label,
      email: `contact@partner${i + 1}.example`,
      title: 'Made up',
    };
    yield* planOf(stream, partner, i, { label, atMs, startOn, log, shiftMs, perYear, wonPerYear });
  }
}

interface PlanYear {
  label: string;
  atMs: number;
  startOn: string;
  log: LoanLog;
  shiftMs: number;
  /** Lengths of the log in a year of the plan. */
  perYear: number;
  wonPerYear: number;
}

/** A plan for one year: what the partner's share of the log comes to, optimistically. */
function* planOf(
  stream: RandomStream,
  partner: MadeUpPartner,
  index: number,
  { label, atMs, startOn, log, shiftMs, perYear, wonPerYear }: PlanYear,
): Generator<WorldEvent> {
  const planId = `pl${index}`;
  yield {
    kind: 'plan',
    id: planId,
    atMs,
    partnerId: partner.id,
    name: `${label}: year from ${startOn}`,
    startOn,
    endOn: isoDate(log.firstMs + shiftMs + (PLAN_DAYS - 1) * DAY_MS),
    status: 'Active',
  };
  const stretch = (): number => stream.lognormal(1, OPTIMISM_LOG_SD);
  yield {
    kind: 'target',
    id: `${planId}.t0`,
    atMs,
    planId,
    side: 'partner',
    metric: 'won_amount',
    goal: Math.max(1000, Math.round((wonPerYear * partner.share * stretch()) / 1000) * 1000),
    weight: 0.7,
    label: `Won amount in ${REPLAY_CURRENCY} (made up)`,
  };
  yield {
    kind: 'target',
    id: `${planId}.t1`,
    atMs,
    planId,
    side: 'partner',
    metric: 'registrations',
    goal: Math.max(1, Math.round(log.cases.length * perYear * partner.share * stretch())),
    weight: 0.2,
    label: 'Registrations (made up)',
  };
  yield {
    kind: 'target',
    id: `${planId}.t2`,
    atMs,
    planId,
    side: 'vendor',
    metric: 'decision_hours',
    goal: 48,
    weight: 0.1,
    label: 'Hours to decide (made up)',
  };
}
