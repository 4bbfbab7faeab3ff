import type { PoolModel } from '../win/pool-model.ts';
import { ageBucket } from '../win/win-curve.ts';
import { winChance, type WinChance } from '../win/win-chance.ts';
import { storedProbability, type Weighed } from '../forecast/weigh.ts';
import type { DealState } from '../deal/deal-at.ts';
import { clamp, expit, inner, logit, trigamma } from '../math/numeric.ts';
import { curveAt } from '../math/survival.ts';
import { daysBetween, WEEK_MS } from '../math/time.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { DealScore } from '../../model/score.ts';
import { BAND_Z, CELL_PSEUDO_DEALS, MODEL_VERSION } from '../tuning.ts';
import { dealHealth, healthSigns, type HealthSigns } from '../win/deal-health.ts';
import { roundReasons, tenths, type Step } from './reasons.ts';
import { winReasons } from './win-reasons.ts';
import { money, percent, span } from './words.ts';

export interface Effect {
  effect: number;
  sd: number;
  resolved: number;
}
/** A deal of our own staff: no partner, no effect. */
export const NO_EFFECT: Effect = { effect: 0, sd: 0, resolved: 0 };

/**
 * 80% band on the log odds: what the past deals of the cell leave open (Beta), and the
 * partner's own uncertainty.
 */
function band(chance: WinChance, partner: Effect): { low: number; high: number } {
  if (chance.said !== null) return chance.said;
  const p = inner(chance.chance);
  const n = chance.deals + CELL_PSEUDO_DEALS;
  const sd = Math.sqrt(trigamma(n * p + 0.5) + trigamma(n * (1 - p) + 0.5) + partner.sd ** 2);
  return { low: expit(logit(p) - BAND_Z * sd), high: expit(logit(p) + BAND_Z * sd) };
}

/** Why not all of a deal's chance counts. */
function evidenceText({ standing, stated, counted }: Weighed, currency: string): string {
  if (counted < stated)
    return `${money(stated, currency)} is on record and counts as ${money(counted, currency)} until it is won.`;
  if (standing === 'half')
    return 'Nobody knows who moved it: such deals together count up to what the record of wins brings.';
  if (standing === 'proven')
    return 'Young deals together count up to a few times what the record of wins brings.';
  return 'Nothing on our side or the buyer shows it to be real: such deals together count for half of what the record of wins brings.';
}

/** The win model's reasons where it decides, else those of stage and age; then what does not count. */
function steps(weighed: Weighed, partner: Effect, context: MeasureContext): Step[] {
  const { state, chance } = weighed;
  const evidence: Step = {
    code: 'evidence',
    points: 100 * (storedProbability(weighed) - chance.chance),
    text: evidenceText(weighed, context.reportingCurrency),
  };
  if (chance.said !== null) return [...winReasons(chance.said, state, context), evidence];
  const left = span(daysBetween(context.asOfMs, context.period.endMs));
  const stage =
    state.stage === null ? 'its stage' : (context.stages.get(state.stage)?.label ?? state.stage);
  const side = partner.effect >= 0 ? 'more' : 'less';
  return [
    {
      code: 'stage',
      points: 100 * (chance.stage - chance.pool),
      text: `In ${stage}; ${percent(chance.stage)} of deals in this stage are won within ${left}.`,
    },
    {
      code: 'age',
      points: 100 * (chance.age - chance.stage),
      text: `In ${stage} ${span(state.stageDays)}; ${percent(chance.age)} of such deals are won within ${left}.`,
    },
    {
      code: 'partner',
      points: 100 * (chance.chance - chance.age),
      text: `This partner's deals are won ${side} often than the pool's (${partner.resolved} resolved deals).`,
    },
    evidence,
  ];
}

/** What the table of stage and days in stage says alone: what anything more must beat. */
function usualChance(state: DealState, pool: PoolModel, endMs: number): number {
  const cell = state.stage === null ? undefined : pool.stages[state.stage];
  const curve = cell?.ages[ageBucket(state.stageDays)] ?? pool.pool;
  return curveAt(curve.win, (endMs - pool.asOfMs) / WEEK_MS);
}

/** A deal's score before anybody says what to do about it. */
export interface ScoredDeal {
  state: DealState;
  signs: HealthSigns;
  score: Omit<DealScore, 'nextAction'>;
}

/** Score of an open deal: chance that it is won by the end of the current period. */
export function scoredDeal(
  weighed: Weighed,
  pool: PoolModel,
  context: MeasureContext,
  partner: Effect,
): ScoredDeal {
  const { state, chance, standing, counted } = weighed;
  const probability = storedProbability(weighed);
  const { low, high } = band(chance, partner);
  const base = tenths(100 * chance.pool);
  const ever = winChance(state, pool, Infinity, partner.effect).chance;
  const signs = healthSigns(state, pool, context);
  return {
    state,
    signs,
    score: {
      dealId: state.id,
      object: state.deal.object,
      partnerId: state.deal.partnerId,
      modelVersion: MODEL_VERSION,
      asOfMs: context.asOfMs,
      event: {
        kind: 'won-by',
        text: `Won by the end of ${context.period.label}`,
        fromMs: context.asOfMs,
        dueMs: context.period.endMs,
        goal: null,
      },
      probability,
      amount: weighed.stated,
      counted,
      standing,
      proofs: state.proofs,
      low: clamp(low, 0, probability),
      high: clamp(high, probability, 1),
      everProbability: Math.max(probability, storedProbability(weighed, ever)),
      usual: usualChance(state, pool, context.period.endMs),
      evidence: chance.deals,
      base,
      reasons: roundReasons(base, tenths(100 * probability), steps(weighed, partner, context)),
      health: dealHealth(signs),
    },
  };
}
