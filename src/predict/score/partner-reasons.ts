import type { MeasureContext } from '../../model/facts.ts';
import { say } from '../../model/language/say.ts';
import type { PartnerScore } from '../../model/score.ts';
import type { ArrivalRate } from '../forecast/arrival-rate.ts';
import type { ForecastItem } from '../forecast/distribution.ts';
import { itemsMean } from '../forecast/outlook.ts';
import { shiftOdds } from '../math/numeric.ts';
import { daysBetween } from '../math/time.ts';
import type { PartnerView } from '../plan/view.ts';
import { HALF_PROVEN_POINTS } from '../tuning.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { withEvidence } from './evidence.ts';
import type { Goal } from './goal.ts';
import { peerEffect } from './peer.ts';
import { shownPoints } from './prospect.ts';
import type { Step } from './reasons.ts';
import { lastDay, speechOf } from '../math/speech.ts';

/** Chances of a partner's goal, from what is known least to all that is known. */
export interface Chances {
  difficulty: number;
  toDate: number;
  pipeline: number;
  conversion: number;
  proven: number;
  score: number;
  low: number;
  high: number;
  won: number;
  peer: ArrivalRate;
  /** By how much all that may still be won moves together. */
  shared: number;
  items: ForecastItem[];
}

type Words = Step['text'];

function wonWords(won: number, left: number, context: MeasureContext): Words {
  const speech = speechOf(context);
  if (won <= 0) return () => say(speech, 'partner.won.none', { left });
  return (raises) => say(speech, raises ? 'partner.won.up' : 'partner.won.down', { won, left });
}

/** Where nothing was ever won or opened, there is no record that could be worth more. */
function pipelineWords(items: ForecastItem[], hasDeals: boolean, context: MeasureContext): Words {
  const speech = speechOf(context);
  const more = hasDeals ? 'partner.pipeline.none.up' : 'partner.pipeline.unknown';
  if (items.length === 0)
    return (raises) => say(speech, raises ? more : 'partner.pipeline.none.down');
  const given = { n: items.length, sum: itemsMean(items) };
  return (raises) => say(speech, raises ? 'partner.pipeline.up' : 'partner.pipeline.down', given);
}

/**
 * A stranger's rate may be anything; a record of its own narrows it, which can outweigh the
 * difference of the means.
 */
function arrivalWords(own: ArrivalRate, peer: ArrivalRate, context: MeasureContext): Words {
  const speech = speechOf(context);
  const given = { own: own.perDay * DAYS_A_YEAR, peer: peer.perDay * DAYS_A_YEAR };
  const more = own.perDay >= peer.perDay;
  return (raises) => {
    if (raises) return say(speech, more ? 'partner.arrivals.up' : 'partner.arrivals.surer', given);
    return say(speech, more ? 'partner.arrivals.narrower' : 'partner.arrivals.down', given);
  };
}

const DAYS_A_YEAR = 365.25;

/** What leads from a peer's chance to this partner's, one thing after another. */
export function partnerSteps(
  view: PartnerView,
  goal: Goal,
  c: Chances,
  context: MeasureContext,
  pool: PoolModel,
): Step[] {
  const { effect, rate } = view;
  const speech = speechOf(context);
  const at = (chance: number): number => shownPoints(chance, c.won >= goal.goal);
  const conversion = {
    own: effect.rate,
    pool: shiftOdds(pool.cohort.rate, peerEffect(view, pool)),
    days: context.horizonDays,
    n: effect.resolved,
  };
  // What begins today has nothing won yet, and nothing to be behind with.
  const begun = goal.event.kind !== 'repeat';
  return [
    {
      code: 'won-to-date',
      points: begun ? at(c.toDate) - at(c.difficulty) : 0,
      text: wonWords(c.won, daysBetween(context.asOfMs, goal.endMs), context),
    },
    {
      code: 'open-pipeline',
      points: at(c.pipeline) - at(begun ? c.toDate : c.difficulty),
      text: pipelineWords(c.items, view.states.length > 0, context),
    },
    {
      code: 'conversion',
      points: at(c.conversion) - at(c.pipeline),
      text: (raises) =>
        say(speech, raises ? 'partner.conversion.up' : 'partner.conversion.down', conversion),
    },
    {
      code: 'arrivals',
      points: at(c.proven) - at(c.conversion),
      text: arrivalWords(rate, c.peer, context),
    },
    {
      code: 'half-proven',
      points: at(c.score) - at(c.proven),
      text: () => say(speech, 'partner.half', { most: HALF_PROVEN_POINTS }),
    },
  ];
}

/** The score as one sentence: the event, its chance with the band, and what it rests on. */
export function headlineOf(
  view: PartnerView,
  { goal, event, endMs }: Goal,
  { score, low, high, won }: Pick<PartnerScore, 'score' | 'low' | 'high'> & { won: number },
  context: MeasureContext,
): string {
  const speech = speechOf(context);
  const n = view.effect.resolved;
  const chance = { goal, p: score / 100, low: low / 100, high: high / 100, n };
  if (view.plan === null || event.kind === 'repeat')
    return withEvidence(say(speech, 'headline.repeat', chance), n, speech);
  const due = lastDay(endMs, context.timeZone);
  const plan = view.plan.plan.name;
  return won >= goal
    ? say(speech, 'headline.reached', { won, goal, due, plan })
    : withEvidence(say(speech, 'headline.plan', { ...chance, due, plan }), n, speech);
}
