/** What an attack brings: on the naive composite, and on ours, over every partner of a channel. */
import type { DealFacts, MeasureContext, PartnerFacts } from '../../src/model/facts.ts';
import {
  addDeal,
  finishPool,
  scorePartner,
  startPool,
  type PoolFit,
  type PoolModel,
} from '../../src/predict/index.ts';
import { contextAt } from '../properties/world.ts';
import type { Kit } from './edits.ts';
import { naive } from './naive.ts';
import type { Channel } from './world.ts';

/** Partners that stood further ahead than this count as passed when they are. */
const AHEAD_POINTS = 3;
/**
 * How far the pool's own shift may carry a bystander: beyond it nobody needs to be scored again.
 */
const SHIFT_POINTS = 20;

interface Standing {
  score: number;
  health: number | null;
  forecast: number;
  difficulty: number;
  evidence: number;
  naive: number;
}

/** A channel at rest: everybody's standing, and for each partner the fit of all the others. */
export interface Rest {
  channel: Channel;
  context: MeasureContext;
  standings: Map<string, Standing>;
  others: Map<string, PoolFit>;
}

function fitOf(deals: readonly DealFacts[], context: MeasureContext): PoolFit {
  const fit = startPool(context);
  for (const deal of deals) addDeal(fit, deal);
  return fit;
}

function standing(partner: PartnerFacts, pool: PoolModel, context: MeasureContext): Standing {
  const { partner: ours } = scorePartner(partner, pool, context);
  return {
    score: ours.score,
    health: ours.planHealth.health,
    forecast: ours.forecast.mean,
    difficulty: ours.difficulty,
    evidence: ours.evidence,
    naive: naive(partner, context),
  };
}

export function atRest(channel: Channel, context: MeasureContext = contextAt()): Rest {
  const all = channel.partners.flatMap((p) => p.deals);
  const pool = finishPool(fitOf([...all, ...channel.direct], context));
  return {
    channel,
    context,
    standings: new Map(channel.partners.map((p) => [p.id, standing(p, pool, context)])),
    others: new Map(
      channel.partners.map((p) => [
        p.id,
        fitOf(
          all.filter((d) => d.partnerId !== p.id),
          context,
        ),
      ]),
    ),
  };
}

/**
 * The pool when one partner's record is another one; a direct deal that it took is no longer
 * direct.
 */
function poolWith(rest: Rest, partner: PartnerFacts): PoolModel {
  const taken = new Set(partner.deals.map((d) => d.id));
  const fit = structuredClone(rest.others.get(partner.id)!);
  for (const deal of partner.deals) addDeal(fit, deal);
  for (const deal of rest.channel.direct) if (!taken.has(deal.id)) addDeal(fit, deal);
  return finishPool(fit);
}

export interface Outcome {
  before: Standing;
  after: Standing;
  places: number;
}

/** One partner's record replaced by another one. */
export function play(rest: Rest, after: PartnerFacts): Outcome {
  const pool = poolWith(rest, after);
  const before = rest.standings.get(after.id)!;
  const now = standing(after, pool, rest.context);
  let places = 0;
  for (const other of rest.channel.partners) {
    const stood = rest.standings.get(other.id)!.score;
    if (other.id === after.id || stood <= before.score + AHEAD_POINTS) continue;
    if (stood > now.score + SHIFT_POINTS) continue;
    if (scorePartner(other, pool, rest.context).partner.score < now.score) places++;
  }
  return { before, after: now, places };
}

/** Deterministic dice of one partner in one attack. */
export const kitFor = (rest: Rest, by: Kit['by'], r: () => number): Kit => ({
  by,
  channel: rest.channel,
  context: rest.context,
  r,
});

export interface Row {
  name: string;
  naiveGain: number;
  scoreGain: { mean: number; max: number };
  planHealthGain: { max: number };
  places: { max: number };
  forecastRatio: number;
  rule: 'limits' | 'visible' | 'control';
  kept: boolean | number | null;
}

const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length;
const most = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity);
const rounded = (x: number, digits = 2): number => {
  const unit = 10 ** digits;
  return Number.isFinite(x) ? Math.round(x * unit) / unit : 0;
};
const gainOfHealth = ({ before, after }: Outcome): number =>
  after.health === null ? 0 : after.health - (before.health ?? 0);

/** All partners' outcomes in one row; `kept` as the rule wants it. */
export function rowOf(
  name: string,
  outcomes: readonly Outcome[],
  rule: Row['rule'],
  kept: Row['kept'],
): Row {
  const gains = outcomes.map((o) => o.after.score - o.before.score);
  const before = outcomes.reduce((sum, o) => sum + o.before.forecast, 0);
  const after = outcomes.reduce((sum, o) => sum + o.after.forecast, 0);
  return {
    name,
    naiveGain: rounded(mean(outcomes.map((o) => o.after.naive - o.before.naive))),
    scoreGain: { mean: rounded(mean(gains)), max: rounded(most(gains)) },
    planHealthGain: { max: rounded(most(outcomes.map(gainOfHealth))) },
    places: { max: most(outcomes.map((o) => o.places)) },
    forecastRatio: rounded(before > 0 ? after / before : 1, 3),
    rule,
    kept,
  };
}
