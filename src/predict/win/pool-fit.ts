import { dealAt, lifespanDays, quietSpells, signsOf, type DealState } from '../deal/deal-at.ts';
import { quartersBefore } from '../math/calendar.ts';
import { addExits } from '../deal/exits.ts';
import { saleKey } from '../deal/sale-key.ts';
import { addExact } from '../math/exact-sum.ts';
import { newFollowed } from '../math/survival.ts';
import { DAY_MS, WEEK_MS, daysBetween } from '../math/time.ts';
import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import {
  ARRIVAL_LOOKBACK_DAYS,
  CURVE_WEEKS,
  MIN_LIFESPAN_DAYS,
  REPEAT_PERIODS,
  STAY_DAYS_CAP,
} from '../tuning.ts';
import { addStandings, newStandings } from './carried.ts';
import { addPace, startPace } from './pace-fit.ts';
import { addLandmarks } from './landmarks.ts';
import type { PoolFit } from './pool-counts.ts';
import { addEnd, noEnds } from './snapshots.ts';
import { countedAmount, type Sale } from './worth.ts';

/** An empty fit for the context's moment. */
export function startPool(context: MeasureContext): PoolFit {
  const days = (): number[] => new Array<number>(STAY_DAYS_CAP + 1).fill(0);
  const quarters = quartersBefore(context.period, REPEAT_PERIODS, context.timeZone);
  return {
    context,
    quarters,
    deals: 0,
    pool: { followed: newFollowed(CURVE_WEEKS), deals: 0 },
    forgotten: { followed: newFollowed(CURVE_WEEKS), deals: 0 },
    stages: new Map(),
    cohorts: { partner: [], direct: [] },
    partners: new Map(),
    ends: new Map(),
    sales: new Map(),
    allAmounts: { sum: [], count: 0 },
    drift: { open: [], realised: [], wins: 0 },
    cycleDays: days(),
    verified: newStandings(),
    proven: newStandings(),
    provenWins: 0,
    quietDays: days(),
    periodWins: new Array<number>(100).fill(0),
    quarterWon: quarters.map(() => []),
    pace: startPace(),
    direct: { wins: 0, value: [], firstMs: context.asOfMs },
    exits: {},
  };
}

const dayIndex = (days: number): number => Math.min(STAY_DAYS_CAP, Math.max(0, Math.floor(days)));

/** From creation to outcome; a win too soon after its registration is left out, a loss is not. */
function addToCohort(fit: PoolFit, state: DealState, sale: Sale): void {
  const lifespan = lifespanDays(state);
  if (lifespan !== null && lifespan < MIN_LIFESPAN_DAYS) return;
  const { asOfMs, horizonDays } = fit.context;
  const counts = state.deal.partnerId === null ? fit.cohorts.direct : fit.cohorts.partner;
  const followedWeeks = Math.floor((asOfMs - state.createdMs) / WEEK_MS);
  const week =
    state.closedMs === null ? Infinity : Math.ceil((state.closedMs - state.createdMs) / WEEK_MS);
  if (state.outcome === 'open' || week > followedWeeks)
    counts.push({ outcome: 'open', step: followedWeeks, sale });
  else counts.push({ outcome: state.outcome, step: week, sale });

  if (state.deal.partnerId === null || daysBetween(state.createdMs, asOfMs) < horizonDays) return;
  fit.partners.get(state.deal.partnerId)!.matured.push({
    won: state.outcome === 'won' && state.ageDays <= horizonDays,
    sale,
  });
}

function addWin(fit: PoolFit, state: DealState, closedMs: number): void {
  const { deal } = state;
  const signs = signsOf(state, closedMs);
  for (const days of quietSpells(signs)) fit.quietDays[dayIndex(days)]!++;
  fit.cycleDays[dayIndex(daysBetween(state.createdMs, closedMs))]!++;
  addStandings(fit.verified, state.verifiedMs, signs, closedMs);
  addStandings(fit.proven, state.provenMs, signs, closedMs);
  if (state.provenMs !== null) fit.provenWins++;
  const quarter = fit.quarters.findIndex((q) => closedMs >= q.startMs && closedMs < q.endMs);
  if (quarter >= 0) {
    const { startMs, endMs } = fit.quarters[quarter]!;
    fit.periodWins[Math.min(99, Math.floor((100 * (closedMs - startMs)) / (endMs - startMs)))]!++;
  }
  if (closedMs <= fit.context.asOfMs - ARRIVAL_LOOKBACK_DAYS * DAY_MS) return;
  if (deal.partnerId === null) {
    fit.direct.wins++;
    addExact(fit.direct.value, Math.max(0, state.amount ?? 0));
  }
}

/** Money won by a deal: of every part of a sale. */
function addMoney(fit: PoolFit, sale: Sale, state: DealState, closedMs: number): void {
  const amount = state.amount ?? 0;
  if (amount > 0) addExact(sale.won, amount);
  const { partnerId } = state.deal;
  if (partnerId !== null && closedMs > fit.context.asOfMs - ARRIVAL_LOOKBACK_DAYS * DAY_MS)
    addExact(fit.partners.get(partnerId)!.won, Math.max(0, amount));
  const quarter = fit.quarters.findIndex((q) => closedMs >= q.startMs && closedMs < q.endMs);
  if (quarter < 0) return;
  addExact(fit.quarterWon[quarter]!, amount);
}

/**
 * Counts one deal as it was known at the context's moment; a deal that did not
 * exist then changes nothing.
 */
export function addDeal(fit: PoolFit, raw: DealFacts): void {
  const state = dealAt(raw, fit.context.asOfMs, fit.context);
  if (!state) return;
  const { deal } = state;
  fit.deals++;
  if (deal.partnerId !== null) {
    const partner = fit.partners.get(deal.partnerId);
    if (partner) partner.firstMs = Math.min(partner.firstMs, deal.createdMs);
    else
      fit.partners.set(deal.partnerId, {
        matured: [],
        won: [],
        firstMs: deal.createdMs,
      });
  } else fit.direct.firstMs = Math.min(fit.direct.firstMs, deal.createdMs);
  if (state.amount !== null && state.amount > 0) {
    addExact(fit.allAmounts.sum, state.amount);
    fit.allAmounts.count++;
  }
  const counted = countedAmount(state);
  const key = saleKey(state);
  const known = fit.sales.get(key);
  const sale = known ?? { won: [], amounts: [] };
  sale.amounts.push(...(counted === null ? [] : [counted]));
  const won = state.outcome === 'won' ? state.closedMs : null;
  if (won !== null) addMoney(fit, sale, state, won);
  fit.sales.set(key, sale);
  if (known !== undefined) return;
  const ends = fit.ends.get(deal.partnerId ?? '') ?? noEnds();
  fit.ends.set(deal.partnerId ?? '', ends);
  addEnd(ends, state);
  addToCohort(fit, state, sale);
  addPace(fit.pace, state, sale, fit.context.asOfMs);
  if (won !== null) addWin(fit, state, won);
  addExits(fit.exits, state, fit.context.stages);
  addLandmarks(fit, state);
}
