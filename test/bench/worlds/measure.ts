/**
 * Lives through two plan years of a generated world and writes down what was said at each moment
 * and what came of it.
 */
import { dealAt, silentDays, type DealState } from '../../../src/predict/deal/deal-at.ts';
import { channelTotals, partnerMass } from '../../../src/predict/forecast/channel.ts';
import {
  replayContexts,
  replayOrigin,
  replayPool,
  startReplayWin,
  withLevel,
} from '../../../src/predict/forecast/replay.ts';
import type { PastOrigin } from '../../../src/predict/math/past-level.ts';
import type { AmountMass } from '../../../src/predict/forecast/distribution.ts';
import {
  addDeal,
  addWinDeal,
  finishWinFit,
  scoreDirectDeals,
  scorePartner,
  startPool,
  type WinModel,
} from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import type { DealFacts, MeasureContext, PartnerFacts } from '../../../src/model/facts.ts';
import type { DealScore, Forecast, PartnerScore } from '../../../src/model/score.ts';
import type { WorldOptions } from '../../../src/sandbox/world/channel.ts';
import { contextAt, knownAt, worldFacts, type Known, type WorldFacts } from './facts.ts';
import { openOracle } from './oracle.ts';
import { noteMoving, type MovingSums } from './moving.ts';
import type { WorldRows } from './rows.ts';
import { DealSums } from './sums.ts';

/** Days of a quarter at which everything is said. */
const DAYS = [8, 29, 50, 78];
/** On this one it is said again a day later: most partners have had a quiet day by then. */
const QUIET_DAY = 50;
const HALF_DAY_MS = DAY_MS / 2;
/** A stated event this close to its end may move on a quiet day: time is what is left of it. */
const LAST_DAYS = 30;
const SILENCE_DAYS = [0, 7, 14, 21, 30, 60];

export interface WorldSize {
  seed: number;
  partners: number;
  deals: number;
  shockSd: number;
  /** Plan years lived through: the last of the history, and the one after it. */
  years: 1 | 2;
}

interface Said {
  asOfMs: number;
  context: MeasureContext;
  known: Known;
  partners: { facts: PartnerFacts; score: PartnerScore; mass: AmountMass }[];
  deals: DealScore[];
  forecast: Omit<Forecast, 'breakdown'>;
}

/** What is fitted once for all moments of a quarter, and once replayed origins. */
interface Learned {
  win: (context: MeasureContext) => WinModel;
  past: (context: MeasureContext) => PastOrigin[];
}

/**
 * Past origins are replayed once: the same origin gives the same bytes whenever it is asked for.
 * The
 * win model is that of the start of the quarter, as in a replay: to fit it at every moment would
 * take the most of the time.
 */
function learnedOf(world: WorldFacts): Learned {
  const wins = new Map<number, WinModel>();
  const winOf = (context: MeasureContext): WinModel => {
    let found = wins.get(context.period.startMs);
    if (!found) {
      const { deals } = knownAt(world, context.period.startMs);
      const fit = startReplayWin(context, deals.length);
      for (const deal of deals) addWinDeal(fit, deal, context);
      fit.seen = deals.length;
      wins.set(
        context.period.startMs,
        (found = finishWinFit(fit, contextAt(context.period.startMs))),
      );
    }
    return found;
  };
  const known = new Map<number, PastOrigin | null>();
  const past = (context: MeasureContext): PastOrigin[] =>
    replayContexts(context).flatMap((origin) => {
      let found = known.get(origin.asOfMs);
      if (found === undefined) {
        found = replayOrigin(knownAt(world, origin.period.endMs), origin, winOf(origin));
        known.set(origin.asOfMs, found);
      }
      return found ?? [];
    });
  return { win: winOf, past };
}

/** Everything Headwater says of a world at a moment, through the same functions as a run. */
function sayAt(world: WorldFacts, asOfMs: number, learned: Learned, modelMs = asOfMs): Said {
  const context = contextAt(asOfMs);
  const known = knownAt(world, asOfMs);
  const fit = startPool(context);
  for (const deal of known.deals) addDeal(fit, deal);
  const pool = withLevel(
    replayPool(fit, learned.win(contextAt(modelMs)), context),
    learned.past(context),
    context,
  );
  const scored = known.partners.map((facts) => ({ facts, ...scorePartner(facts, pool, context) }));
  const direct = scoreDirectDeals(known.direct, pool, context);
  return {
    asOfMs,
    context,
    known,
    partners: scored.map(({ facts, partner, forecastParts }) => ({
      facts,
      score: partner,
      mass: partnerMass(forecastParts[0]!, pool),
    })),
    deals: [...scored.flatMap((one) => one.deals), ...direct.deals],
    forecast: channelTotals(
      [...scored.flatMap((one) => one.forecastParts), ...direct.forecastParts],
      pool,
      context,
    ),
  };
}

/**
 * Amounts won in [fromMs, toMs) by the deals that `counts` lets in, as the end of the world knows
 * them.
 */
class Outcomes {
  readonly #final: ReadonlyMap<string, DealState>;
  constructor(world: WorldFacts, untilMs: number) {
    const context = contextAt(untilMs);
    this.#final = new Map(
      world.deals.flatMap((deal) => {
        const state = dealAt(deal, untilMs, context);
        return state ? [[deal.id, state] as const] : [];
      }),
    );
  }

  wonIn(id: string, fromMs: number, toMs: number): boolean {
    const state = this.#final.get(id);
    return state?.outcome === 'won' && state.closedMs! >= fromMs && state.closedMs! < toMs;
  }

  amount(deals: readonly DealFacts[], fromMs: number, toMs: number): number {
    return deals.reduce(
      (sum, deal) =>
        this.wonIn(deal.id, fromMs, toMs) ? sum + (this.#final.get(deal.id)!.amount ?? 0) : sum,
      0,
    );
  }
}

/**
 * Share of the mass below an amount and up to it; what the grid cannot tell apart counts as the
 * same.
 */
function placeOf(mass: AmountMass, amount: number): { low: number; high: number } {
  const near = Math.max(mass.step * 0.75, 1e-6 * Math.abs(amount));
  let low = 0;
  let high = 0;
  mass.mass.forEach((share, i) => {
    const at = mass.fixed + i * mass.step;
    if (at < amount - near) low += share;
    if (at <= amount + near) high += share;
  });
  return { low: Math.min(1, low), high: Math.min(1, high) };
}

const silenceLabel = (days: number): string => {
  const k = SILENCE_DAYS.findLastIndex((from) => days >= from);
  return `${String(SILENCE_DAYS[k]!).padStart(2, '0')}+`;
};

/** Did anything happen on the partner's deals in (fromMs, toMs]? */
const somethingHappened = (deals: readonly DealFacts[], fromMs: number, toMs: number): boolean =>
  deals.some(
    (deal) =>
      (deal.createdMs > fromMs && deal.createdMs <= toMs) ||
      deal.events.some((e) => e.atMs > fromMs && e.atMs <= toMs) ||
      deal.activities.some((a) => a.atMs > fromMs && a.atMs <= toMs),
  );

/**
 * Score changes between two moments of partners whose stated event is the same; an event that rolls
 * is the same while it rolls.
 */
function changes(before: Said, after: Said, quietOnly: boolean, all: WorldFacts): number[] {
  const deals = Map.groupBy(all.deals, (deal) => deal.partnerId);
  const later = new Map(after.partners.map((one) => [one.facts.id, one.score]));
  return before.partners.flatMap(({ facts, score }) => {
    const next = later.get(facts.id);
    if (!next || next.event.kind !== score.event.kind) return [];
    const same = score.event.kind === 'repeat' || next.event.dueMs === score.event.dueMs;
    if (!same || score.event.dueMs - after.asOfMs < LAST_DAYS * DAY_MS) return [];
    if (quietOnly && somethingHappened(deals.get(facts.id) ?? [], before.asOfMs, after.asOfMs))
      return [];
    return [Math.abs(next.score - score.score)];
  });
}

/** Rows of one world. The same size gives the same rows. */
export function measureWorld(size: WorldSize): WorldRows {
  const planYear = 2026;
  const endMs = Date.UTC(planYear, 0, 1) - 1;
  const untilMs = Date.UTC(planYear + 1, 3, 10);
  const options: WorldOptions = { ...size, endMs, years: 3 };
  const world = worldFacts(options, untilMs);
  const oracle = openOracle(options);
  const learned = learnedOf(world);
  const outcomes = new Outcomes(world, untilMs);
  const rows: WorldRows = {
    seed: size.seed,
    scores: [],
    forecasts: [],
    partners: [],
    deals: { byHealth: [], bySilence: [], byDay: [] },
    moving: { stalls: [], closes: [] },
    quiet: [],
    boundary: [],
  };
  const sums = { byHealth: new DealSums(), bySilence: new DealSums(), byDay: new DealSums() };
  const moving: MovingSums = { stalls: new DealSums(), closes: new DealSums() };

  const note = (said: Said, day: number): void => {
    const { asOfMs, context } = said;
    const quarter = context.period.label;
    const { endMs: dueMs, startMs } = context.period;
    for (const { facts, score, mass } of said.partners) {
      const deals = world.partners.find((p) => p.facts.id === facts.id)!.facts.deals;
      rows.partners.push({ quarter, ...placeOf(mass, outcomes.amount(deals, startMs, dueMs)) });
      const { kind, goal } = score.event;
      const from = score.event.fromMs;
      const won = outcomes.amount(deals, from, asOfMs + 1);
      rows.scores.push({
        partner: facts.id,
        elapsed: kind === 'plan-target' ? (asOfMs - from) / (score.event.dueMs - from) : null,
        said: score.score / 100,
        happened: outcomes.amount(deals, from, score.event.dueMs) >= goal! ? 1 : 0,
        oracle: oracle.chance(facts.id, facts.deals, asOfMs, score.event.dueMs, won, goal!),
      });
    }
    const { total, openMean, newMean } = said.forecast;
    const created = (isNew: boolean): DealFacts[] =>
      world.deals.filter((deal) => deal.createdMs > asOfMs === isNew);
    rows.forecasts.push({
      quarter,
      day,
      ...total,
      actual: outcomes.amount(world.deals, startMs, dueMs),
      open: [openMean, outcomes.amount(created(false), asOfMs + 1, dueMs)],
      fresh: [newMean, outcomes.amount(created(true), asOfMs + 1, dueMs)],
    });
    const states = new Map(
      said.known.deals.map((deal) => [deal.id, dealAt(deal, asOfMs, context)!]),
    );
    noteMoving(moving, said.deals, context, world.deals, untilMs);
    for (const deal of said.deals) {
      const happened = outcomes.wonIn(deal.dealId, asOfMs + 1, dueMs);
      sums.byHealth.add(deal.health, deal.probability, happened);
      const silence = silentDays(states.get(deal.dealId)!, asOfMs);
      sums.bySilence.add(silenceLabel(silence), deal.probability, happened);
      sums.byDay.add(String(day).padStart(2, '0'), deal.probability, happened);
    }
  };

  const firstYear = size.years === 2 ? planYear - 1 : planYear;
  for (let q = 0; q < 4 * size.years; q++) {
    const startMs = Date.UTC(firstYear, 3 * q, 1);
    const nextMs = Date.UTC(firstYear, 3 * q + 3, 1);
    for (const day of DAYS) {
      const asOfMs = startMs + day * DAY_MS;
      const said = sayAt(world, asOfMs, learned);
      note(said, day);
      if (day === QUIET_DAY)
        rows.quiet.push(...changes(said, sayAt(world, asOfMs + DAY_MS, learned), true, world));
    }
    // A run fits anew each day, a day's difference of models; here both moments share one.
    const [evening, morning] = [nextMs - HALF_DAY_MS, nextMs + HALF_DAY_MS].map((ms) =>
      sayAt(world, ms, learned, nextMs - HALF_DAY_MS),
    );
    rows.boundary.push(...changes(evening!, morning!, true, world));
  }
  for (const by of ['byHealth', 'bySilence', 'byDay'] as const) rows.deals[by] = sums[by].rows();
  rows.moving = { stalls: moving.stalls.rows(), closes: moving.closes.rows() };
  return rows;
}
