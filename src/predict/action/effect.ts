import type { MeasureContext } from '../../model/facts.ts';
import { say } from '../../model/language/say.ts';
import type { NextAction, PartnerProspect } from '../../model/score.ts';
import { lastDay, speechOf } from '../math/speech.ts';
import type { After } from '../score/after.ts';
import { MIN_EFFECT, MIN_EFFECT_POINTS } from '../tuning.ts';

/**
 * What the models say goes with an action, or why they say nothing. `tidies`: it makes the record
 * true and nothing likelier; `unmeasured`: no record tells where it was done from where it was not;
 * `unknown`: the models can't tell, for want of past deals.
 */
export type Effect =
  | { of: 'deal'; from: number; after: After }
  | ({ of: 'partner' } & PartnerProspect['oneMoreWin'])
  | 'tidies'
  | 'unmeasured'
  | 'unknown';

type Said = NextAction['effect'];

function ofDeal(from: number, after: After, context: MeasureContext): Said {
  const { happening, stage, probability, low, high, deals } = after;
  const due = lastDay(context.period.endMs, context.timeZone);
  const given = { from, to: probability, low, high, due, n: deals };
  const speech = speechOf(context);
  const seen = probability - from >= MIN_EFFECT;
  const text =
    happening === 'met'
      ? say(speech, seen ? 'effect.met' : 'effect.met.same', given)
      : say(speech, seen ? 'effect.moved' : 'effect.moved.same', { ...given, stage });
  return { points: seen ? 100 * (probability - from) : null, text };
}

/** The words of an effect: always an association with its interval, never a promise. */
export function effectWords(effect: Effect, context: MeasureContext): Said {
  const speech = speechOf(context);
  if (typeof effect === 'string') return { points: null, text: say(speech, `effect.${effect}`) };
  if (effect.of === 'deal') return ofDeal(effect.from, effect.after, context);
  const { points, low, high, wins } = effect;
  return points < MIN_EFFECT_POINTS
    ? { points: null, text: say(speech, 'effect.partner.same', { points: MIN_EFFECT_POINTS }) }
    : { points, text: say(speech, 'effect.partner', { points, low, high, n: wins }) };
}
