/**
 * How many new deals each partner brings in a week: size, start, growth, dormancy, season;
 * junk beside the real ones.
 */
import { arrivalSeason, DAY_MS, WEEK_MS, weekStartMs, YEAR_MS } from './calendar.ts';
import type { Demand } from './demand.ts';
import type { Partner } from './partners.ts';

/** Deals that come without a partner. */
const DIRECT_SHARE = 0.25;
/** Part of all deals that are junk registrations, where there are junk registrants. */
const JUNK_SHARE = 0.05;
/** A partner reaches its own pace over its first quarter. */
const RAMP_MS = 91 * DAY_MS;
/** A dormant partner still brings a stray deal. */
const DORMANT_REMAINS = 0.02;
const DEFAULT_ONBOARDING_MS = 45 * DAY_MS;
const WEEKS_PER_QUARTER = 13;

export interface Arrivals {
  /** Mean number of real deals of a partner in a week; null = without a partner. */
  real(partner: Partner | null, week: number): number;
  junk(partner: Partner, week: number): number;
  /** Deals per quarter at the end of the history, growth and ramp included, season left out. */
  dealsPerQuarter(partner: Partner): number;
}

export interface ArrivalSpan {
  startWeek: number;
  endWeek: number;
  endMs: number;
  deals: number;
  demand: Demand;
}

function activity(partner: Partner, middleMs: number, endMs: number): number {
  const since = middleMs - (partner.onboardedMs ?? partner.signedMs + DEFAULT_ONBOARDING_MS);
  if (since <= 0) return 0;
  const dormant =
    partner.dormantFromMs !== null && middleMs > partner.dormantFromMs ? DORMANT_REMAINS : 1;
  return (
    Math.min(1, since / RAMP_MS) *
    Math.exp((partner.growthPerYear * (middleMs - endMs)) / YEAR_MS) *
    dormant
  );
}

const middleOf = (week: number): number => weekStartMs(week) + WEEK_MS / 2;

/** Scales the partners' sizes so that the whole history is expected to hold `span.deals` deals. */
export function planArrivals(partners: readonly Partner[], span: ArrivalSpan): Arrivals {
  const weeks = Array.from({ length: span.endWeek - span.startWeek }, (_, i) => span.startWeek + i);
  let exposure = 0;
  let junkExposure = 0;
  const junkActive = (partner: Partner, week: number): number =>
    partner.junkFromMs !== null && middleOf(week) > partner.junkFromMs ? arrivalSeason(week) : 0;
  const demandOf = (week: number): number =>
    arrivalSeason(week) * span.demand.level(middleOf(week));
  for (const partner of partners) {
    for (const week of weeks) {
      exposure += partner.size * activity(partner, middleOf(week), span.endMs) * demandOf(week);
      junkExposure += junkActive(partner, week);
    }
  }
  const seasons = weeks.reduce((sum, week) => sum + demandOf(week), 0);
  const junkDeals = junkExposure > 0 ? JUNK_SHARE * span.deals : 0;
  const directDeals = exposure > 0 ? DIRECT_SHARE * span.deals : span.deals - junkDeals;
  const perSize = exposure > 0 ? (span.deals - junkDeals - directDeals) / exposure : 0;
  return {
    real: (partner, week) =>
      partner === null
        ? (directDeals / seasons) * demandOf(week)
        : perSize * partner.size * activity(partner, middleOf(week), span.endMs) * demandOf(week),
    junk: (partner, week) =>
      junkExposure > 0 ? (junkDeals / junkExposure) * junkActive(partner, week) : 0,
    dealsPerQuarter: (partner) =>
      perSize *
      partner.size *
      activity(partner, span.endMs, span.endMs) *
      span.demand.level(span.endMs) *
      WEEKS_PER_QUARTER,
  };
}
