import { say, type TextId } from '../../model/language/say.ts';
import type { Incentive } from '../../model/playbook.ts';
import type { NextAction } from '../../model/score.ts';
import { daysBetween } from '../math/time.ts';
import type { ScoredDeal } from '../score/deal.ts';
import { lastDay, speechOf, stageName } from '../score/speech.ts';
import { HOPELESS, MIN_AGE_TO_VERIFY_DAYS, MIN_EFFECT } from '../tuning.ts';
import { firstOf, type Effect, type Given, type Rule } from './rule.ts';

export interface DealGiven extends Given, ScoredDeal {
  /** Who left the company and still owns it. */
  formerOwner: string | null;
  /** What may be offered for signing, where it stands still in a late stage. */
  flash: Incentive | null;
}

/** Days since anything at all was done or changed on it, by whomever. */
const untouchedDays = ({ state, context }: DealGiven): number =>
  daysBetween(state.touchedMs, context.asOfMs);

const words = (id: TextId & ('action.contact' | 'action.meet'), given: DealGiven): string =>
  say(speechOf(given.context), id, { silent: given.signs.silent });

const record = ({ context }: DealGiven): string => say(speechOf(context), 'evidence.record');
const pastDeals = ({ context, score }: DealGiven): string =>
  say(speechOf(context), 'evidence.deals', { n: score.evidence });

/** The model's own difference between this deal as it is and one that has just come to its stage. */
function movedOn({ moved, score, context }: DealGiven): Effect {
  if (moved === null || moved - score.probability < MIN_EFFECT) return null;
  const due = lastDay(context.period.endMs, context.timeZone);
  return { of: 'deal', from: score.probability, to: moved, due };
}

/** Whether anybody should still spend time on it, and whether it is to be closed instead. */
const hopeless = ({ score }: DealGiven): boolean => score.everProbability < HOPELESS;
const dim = ({ score }: DealGiven): boolean => score.probability < HOPELESS;

export const CLOSE_RULE = 'close';

const CLOSE: Rule<DealGiven> = {
  id: CLOSE_RULE,
  when: hopeless,
  text: ({ context }) => say(speechOf(context), 'action.close'),
  evidence: pastDeals,
  effect: () => null,
  effort: 'minutes',
  goodForDays: 30,
};

/** In order of urgency. Texts state what was seen, not an effect that was never measured. */
const RULES: readonly Rule<DealGiven>[] = [
  {
    id: 'reassign',
    when: ({ formerOwner }) => formerOwner !== null,
    text: ({ formerOwner, context }) =>
      say(speechOf(context), 'action.reassign', { owner: formerOwner! }),
    evidence: record,
    effect: () => null,
    effort: 'minutes',
    goodForDays: 7,
  },
  {
    id: 'flash-incentive',
    when: ({ flash }) => flash !== null,
    text: ({ flash, signs, context, dueMs }) =>
      say(speechOf(context), 'action.flash', {
        incentive: flash!.title,
        cost: flash!.amount,
        by: flash!.until ?? lastDay(dueMs, context.timeZone),
        silent: signs.silent,
      }),
    evidence: pastDeals,
    effect: movedOn,
    effort: 'hour',
    goodForDays: 14,
    offer: ({ flash }) => ({ id: flash!.id, amount: flash!.amount }),
  },
  {
    id: 'close-or-revive',
    when: ({ state, signs, context }) => signs.stalled && state.ageDays > context.horizonDays,
    text: ({ state, signs, context }) =>
      say(speechOf(context), 'action.closeOrRevive', {
        age: state.ageDays,
        silent: signs.silent,
      }),
    evidence: pastDeals,
    effect: movedOn,
    effort: 'minutes',
    goodForDays: 14,
  },
  {
    id: 'contact',
    when: ({ signs }) => signs.stalled,
    text: (given) =>
      words(
        untouchedDays(given) > given.context.staleDays ? 'action.contact' : 'action.meet',
        given,
      ),
    evidence: pastDeals,
    effect: movedOn,
    effort: 'minutes',
    goodForDays: 7,
  },
  {
    id: 'redate',
    when: ({ signs }) => signs.overdue,
    text: ({ state, context }) =>
      say(speechOf(context), 'action.redate', { day: state.closeDate! }),
    evidence: record,
    effect: () => null,
    effort: 'minutes',
    goodForDays: 7,
  },
  {
    id: 'unblock',
    when: ({ signs }) => signs.slow,
    text: ({ state, context }) =>
      say(speechOf(context), 'action.unblock', {
        stage: stageName(state.stage, context),
        days: state.stageDays,
      }),
    evidence: pastDeals,
    effect: movedOn,
    effort: 'hour',
    goodForDays: 14,
  },
  {
    id: 'requalify',
    when: ({ signs }) => signs.pushed,
    text: ({ state, context }) =>
      say(speechOf(context), 'action.requalify', { n: state.pushesInStage }),
    evidence: record,
    effect: () => null,
    effort: 'minutes',
    goodForDays: 14,
  },
  {
    id: 'verify',
    when: ({ state }) => state.verifiedMs === null && state.ageDays >= MIN_AGE_TO_VERIFY_DAYS,
    text: ({ context }) => say(speechOf(context), 'action.verify'),
    evidence: record,
    effect: () => null,
    effort: 'hour',
    goodForDays: 14,
  },
];

/** What to do about an open deal: nothing but closing it where it is as good as lost. */
export function dealAction(given: DealGiven): NextAction | null {
  if (hopeless(given)) return firstOf([CLOSE], given);
  return dim(given) ? null : firstOf(RULES, given);
}
