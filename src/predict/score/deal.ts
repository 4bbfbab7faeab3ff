import type { PoolModel } from '../win/pool-model.ts';
import { sellingWeeks, tableChance, winChance } from '../win/win-chance.ts';
import { storedProbability } from '../forecast/weigh.ts';
import type { Weighed } from '../forecast/weighed.ts';
import type { DealState } from '../deal/deal-at.ts';
import { clamp } from '../math/numeric.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { DealMovement, DealScore } from '../../model/score.ts';
import { MODEL_VERSION } from '../tuning.ts';
import { dealOutlook } from '../win/closing.ts';
import { dealHealth, healthSigns, stageNorm, type HealthSigns } from '../win/deal-health.ts';
import type { Happening } from '../win/what-if.ts';
import { afterHappening, type After } from './after.ts';
import { chanceBand, type Effect } from './band.ts';
import { isLittle, withEvidence } from './evidence.ts';
import { canChange, movementOf } from './movement.ts';
import { roundReasons, tenths, type Step } from './reasons.ts';
import { winReasons } from './win-reasons.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { lastDay, speechOf, stageName } from '../math/speech.ts';

/** Why not all of a deal's chance counts. */
function evidenceText({ standing, stated, counted }: Weighed, speech: Speech): string {
  if (counted < stated) return say(speech, 'deal.evidence.capped', { stated, counted });
  if (standing === 'half') return say(speech, 'deal.evidence.half');
  return say(speech, standing === 'proven' ? 'deal.evidence.young' : 'deal.evidence.nothing');
}

/**
 * The win model's reasons where it decides, else those of stage and age; then what does not count.
 */
function steps(weighed: Weighed, partner: Effect, context: MeasureContext): Step[] {
  const { state, chance } = weighed;
  const speech = speechOf(context);
  const whole = weighed.share === 1 && weighed.counted >= weighed.stated;
  const counts = storedProbability({ ...weighed, level: 1 });
  const last: Step[] = [
    {
      code: 'evidence',
      // Where all of it counts, what is left is rounding.
      points: whole ? 0 : 100 * (counts - chance.chance),
      text: (raises) =>
        raises ? say(speech, 'deal.evidence.counts') : evidenceText(weighed, speech),
    },
    {
      code: 'level',
      points: 100 * (storedProbability(weighed) - counts),
      text: (raises) => say(speech, raises ? 'deal.level.up' : 'deal.level.down'),
    },
  ];
  if (chance.said !== null) return [...winReasons(chance.said, state, context), ...last];
  const due = lastDay(context.period.endMs, context.timeZone);
  const stage = stageName(state.stage, context);
  const byStage = { stage, own: chance.stage, due, all: chance.pool };
  const byAge = { stage, days: state.stageDays, own: chance.age, due, all: chance.stage };
  return [
    {
      code: 'stage',
      points: 100 * (chance.stage - chance.pool),
      text: (raises) => say(speech, raises ? 'deal.stage.up' : 'deal.stage.down', byStage),
    },
    {
      code: 'age',
      points: 100 * (chance.age - chance.stage),
      text: (raises) => say(speech, raises ? 'deal.age.up' : 'deal.age.down', byAge),
    },
    {
      code: 'partner',
      points: 100 * (chance.chance - chance.age),
      text: (raises) =>
        say(speech, raises ? 'deal.partner.up' : 'deal.partner.down', { n: partner.resolved }),
    },
    ...last,
  ];
}

/** What the table of stage and days in stage says alone: what anything more must beat. */
const usualChance = (state: DealState, pool: PoolModel, endMs: number): number =>
  tableChance(state, pool, sellingWeeks(pool, endMs));

/** A deal's score before anybody says what to do about it. */
export interface ScoredDeal {
  state: DealState;
  signs: HealthSigns;
  /** What the same models would say, had something just happened to it; null = they can't tell. */
  after(happening: Happening): After | null;
  score: Omit<DealScore, 'nextAction'> & { movement: DealMovement };
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
  const { low, high } = chanceBand(chance, partner);
  const base = tenths(100 * chance.pool);
  const raw = winChance(state, pool, Infinity, partner.effect).chance;
  const ever = Math.max(probability, storedProbability(weighed, raw));
  const outlook = dealOutlook(state, pool);
  const signs = healthSigns(state, pool, context, outlook.stall);
  const health = dealHealth(signs, chance.chance, stageNorm(state, pool, context.period.endMs));
  const speech = speechOf(context);
  const due = lastDay(context.period.endMs, context.timeZone);
  const [from, to] = [clamp(low, 0, probability), clamp(high, probability, 1)];
  return {
    state,
    signs,
    after: (happening) => afterHappening(happening, weighed, pool, context, partner),
    score: {
      dealId: state.id,
      object: state.deal.object,
      partnerId: state.deal.partnerId,
      modelVersion: MODEL_VERSION,
      asOfMs: context.asOfMs,
      event: {
        kind: 'won-by',
        text: say(speech, 'event.deal', { due }),
        fromMs: context.asOfMs,
        dueMs: context.period.endMs,
        goal: null,
      },
      headline: withEvidence(
        say(speech, 'headline.deal', {
          ...{ amount: weighed.stated, due, p: probability },
          ...{ low: from, high: to, n: chance.deals },
        }),
        chance.deals,
        speech,
      ),
      against: say(speech, 'base.deal', { p: base / 100 }),
      probability,
      amount: weighed.stated,
      counted,
      standing,
      proofs: state.proofs,
      low: from,
      high: to,
      everProbability: ever,
      usual: usualChance(state, pool, context.period.endMs),
      evidence: chance.deals,
      littleEvidence: isLittle(chance.deals),
      base,
      reasons: roundReasons(base, tenths(100 * probability), steps(weighed, partner, context)),
      health,
      movement: movementOf(
        state,
        { health, standing, ever, canChange: canChange(weighed, pool, context, partner.effect) },
        outlook,
        pool,
        context,
      ),
    },
  };
}
