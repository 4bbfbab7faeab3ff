import type { PartnerChange, Waterfall } from '../../model/change.ts';
import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import { winSizes } from '../forecast/arrival-rate.ts';
import { whatChanged, type ForecastStand } from '../forecast/changes.ts';
import { directArrivals } from '../forecast/channel.ts';
import type { ForecastPart } from '../forecast/part.ts';
import { exactSum } from '../math/exact-sum.ts';
import { directStand, partnerStand } from '../score/partner.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { dealKnownBy, factsKnownBy, plansKnownBy } from './known-by.ts';
import { waterfall } from './waterfall.ts';

/** A run: what it was fitted to, at its level, and its moment. */
export interface Moment {
  pool: PoolModel;
  context: MeasureContext;
}

/** The earlier model at the later moment. */
const laterWith = ({ pool }: Moment, { context }: Moment): Moment => ({
  pool: {
    ...pool,
    asOfMs: context.asOfMs,
    win: pool.win && { ...pool.win, asOfMs: context.asOfMs },
  },
  context,
});

interface Found {
  score: number;
  health: number | null;
  /** Of the partner, and of deals on which it is named without having brought them. */
  stand: ForecastStand;
  borrowed: ForecastStand;
}

function standOf(parts: readonly ForecastPart[], { pool }: Moment): ForecastStand {
  const sizes = winSizes(pool);
  const mean = exactSum(sizes) / Math.max(1, sizes.length);
  return {
    lines: parts.flatMap((part) => part.detail?.lines ?? []),
    fresh: exactSum(parts.map((part) => part.arrivals.mean * mean)),
  };
}

function find(partner: PartnerFacts, moment: Moment): Found {
  const { score, health, forecastParts } = partnerStand(partner, moment.pool, moment.context);
  const [own, ...borrowed] = forecastParts;
  return {
    ...{ score, health },
    stand: standOf(own ? [own] : [], moment),
    borrowed: standOf(borrowed, moment),
  };
}

/** Most partners have not changed from one run to the next, and need not be looked at again. */
const same = (a: PartnerFacts, b: PartnerFacts): boolean => JSON.stringify(a) === JSON.stringify(b);

const standMean = ({ fresh, lines }: ForecastStand): number =>
  exactSum([fresh, ...lines.map((line) => line.amount * line.chance)]);

/** A partner, or direct deals, at each turn from one run to the other. */
interface Turns<T> {
  before: T;
  time: T;
  facts: T;
  plan: T;
  after: T;
}

const partnerTurns = (partner: PartnerFacts, then: Moment, now: Moment): Turns<Found> => {
  const [was, is] = [then.context.asOfMs, now.context.asOfMs];
  const later = laterWith(then, now);
  const early = { ...factsKnownBy(partner, was, then.context.timeZone) };
  early.plans = plansKnownBy(early.plans, was);
  const late = factsKnownBy(partner, is, now.context.timeZone);
  const unplanned = { ...late, plans: plansKnownBy(late.plans, was) };
  const time = find(early, later);
  const facts = same(early, unplanned) ? time : find(unplanned, later);
  return {
    ...{ before: find(early, then), time, facts },
    plan: same(unplanned, late) ? facts : find(late, later),
    after: find(late, now),
  };
};

/** The forecast's stands of a page of direct deals, whom no plan concerns. */
export function directTurns(
  deals: readonly DealFacts[],
  then: Moment,
  now: Moment,
): Turns<ForecastStand> {
  const later = laterWith(then, now);
  const early = deals.flatMap((deal) => dealKnownBy(deal, then.context.asOfMs) ?? []);
  const at = (some: readonly DealFacts[], moment: Moment): ForecastStand =>
    standOf(directStand(some, moment.pool, moment.context), moment);
  const facts = at(deals, later);
  return {
    before: at(early, then),
    time: at(early, later),
    facts,
    plan: facts,
    after: at(deals, now),
  };
}

/** Direct deals not created yet belong to the pool. */
export function directFresh(then: Moment, now: Moment): Turns<ForecastStand> {
  const later = laterWith(then, now);
  const at = ({ pool, context }: Moment): ForecastStand => {
    const { mean, sizes } = directArrivals(pool, context.period.endMs);
    return { lines: [], fresh: (mean * exactSum(sizes)) / Math.max(1, sizes.length) };
  };
  const [before, time, after] = [at(then), at(later), at(now)];
  return { before, time, facts: time, plan: time, after };
}

/** Why a forecast is another one, deal by deal where facts made it so. */
export function forecastWaterfall(
  { before, time, facts, plan, after }: Turns<ForecastStand>,
  turned: boolean,
): Waterfall {
  const mean = standMean;
  if (turned) return waterfall(null, [null, null, null], mean(after));
  const { causes } = whatChanged(time, facts);
  // Deals not created yet are expected to be others because of what happened.
  const by = causes.map((one) =>
    one.cause === 'model' ? { ...one, cause: 're-scored' as const } : one,
  );
  return waterfall(mean(before), [mean(time), mean(facts), mean(plan)], mean(after), merged(by));
}

type Causes = ReturnType<typeof whatChanged>['causes'];

function merged(causes: Causes): Causes {
  return [...Map.groupBy(causes, (one) => one.cause)].map(([cause, own]) => ({
    cause,
    amount: own.reduce((sum, one) => sum + Math.round(100 * one.amount), 0) / 100,
    deals: own.flatMap((one) => one.deals),
  }));
}

/** What the two runs said of a partner, as it is stored. */
export interface SaidOf {
  score: number;
  health: number | null;
}

/**
 * From what was said to what is said. Rows that came in later than they are dated make the earlier
 * number another one today: that is a matter of facts, not of time.
 */
function between(
  said: number | null,
  { before, time, facts, plan, after }: Turns<number | null>,
  says: number | null,
): Waterfall {
  const late = said !== null && before !== null ? said - before : 0;
  const aged = time === null ? null : time + late;
  return waterfall(said ?? before, [aged, facts, plan], says ?? after);
}

/**
 * Why a partner's score, plan health and forecast are others than at an earlier run: the clock
 * alone, then what the CRM said since, then revisions of the plan, then the model.
 */
export function partnerChange(
  partner: PartnerFacts,
  then: Moment,
  now: Moment,
  said: { then: SaidOf; now: SaidOf } | null = null,
): PartnerChange & { borrowed: Waterfall } {
  const turns = partnerTurns(partner, then, now);
  const of = <T>(value: (found: Found) => T): Turns<T> => ({
    before: value(turns.before),
    time: value(turns.time),
    facts: value(turns.facts),
    plan: value(turns.plan),
    after: value(turns.after),
  });
  const turned = then.context.period.endMs !== now.context.period.endMs;
  return {
    partnerId: partner.id,
    name: partner.name,
    score: between(
      said?.then.score ?? null,
      of((found) => found.score),
      said?.now.score ?? null,
    ),
    health: between(
      said?.then.health ?? null,
      of((found) => found.health),
      said?.now.health ?? null,
    ),
    forecast: forecastWaterfall(
      of((found) => found.stand),
      turned,
    ),
    borrowed: forecastWaterfall(
      of((found) => found.borrowed),
      turned,
    ),
  };
}
