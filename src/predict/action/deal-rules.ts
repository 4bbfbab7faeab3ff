import { say, type TextId } from '../../model/language/say.ts';
import type { Incentive } from '../../model/playbook.ts';
import type { NextAction } from '../../model/score.ts';
import { daysBetween } from '../math/time.ts';
import type { Happening } from '../win/what-if.ts';
import type { ScoredDeal } from '../score/deal.ts';
import { lastDay, speechOf, stageName } from '../math/speech.ts';
import { HOPELESS, MIN_AGE_TO_VERIFY_DAYS } from '../tuning.ts';
import type { Effect } from './effect.ts';
import { firstOf, type Given, type Rule } from './rule.ts';

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

/** What the models say goes with the first of these that they can tell of. */
const afterOne =
  (...happenings: Happening[]) =>
  ({ after, score }: DealGiven): Effect => {
    for (const happening of happenings) {
      const told = after(happening);
      if (told !== null) return { of: 'deal', from: score.probability, after: told };
    }
    return 'unknown';
  };
const talking = afterOne('met', 'moved');
const moving = afterOne('moved', 'met');

/** Whether anybody should still spend time on it, and whether it is to be closed instead. */
const hopeless = ({ score }: DealGiven): boolean => score.everProbability < HOPELESS;
const dim = ({ score }: DealGiven): boolean => score.probability < HOPELESS;

export const CLOSE_RULE = 'close';

const CLOSE: Rule<DealGiven> = {
  id: CLOSE_RULE,
  when: hopeless,
  text: ({ context }) => say(speechOf(context), 'action.close'),
  evidence: pastDeals,
  effect: () => 'tidies',
  effort: 'minutes',
  goodForDays: 30,
};

/** In order of urgency. Texts state what was seen; what goes with an action stands beside them. */
const RULES: readonly Rule<DealGiven>[] = [
  {
    id: 'reassign',
    when: ({ formerOwner }) => formerOwner !== null,
    text: ({ formerOwner, context }) =>
      say(speechOf(context), 'action.reassign', { owner: formerOwner! }),
    evidence: record,
    effect: () => 'unmeasured',
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
    effect: moving,
    effort: 'hour',
    goodForDays: 14,
    offer: ({ flash }) => ({ id: flash!.id, amount: flash!.amount }),
  },
  {
    id: 'close-or-revive',
    when: ({ state, signs, context }) => signs.quiet && state.ageDays > context.horizonDays,
    text: ({ state, signs, context }) =>
      say(speechOf(context), 'action.closeOrRevive', {
        age: state.ageDays,
        silent: signs.silent,
      }),
    evidence: pastDeals,
    effect: talking,
    effort: 'minutes',
    goodForDays: 14,
  },
  {
    id: 'contact',
    when: ({ signs }) => signs.quiet,
    text: (given) =>
      words(
        untouchedDays(given) > given.context.staleDays ? 'action.contact' : 'action.meet',
        given,
      ),
    evidence: pastDeals,
    effect: talking,
    effort: 'minutes',
    goodForDays: 7,
  },
  {
    id: 'redate',
    when: ({ signs }) => signs.overdue,
    text: ({ state, context }) =>
      say(speechOf(context), 'action.redate', { day: state.closeDate! }),
    evidence: record,
    effect: () => 'tidies',
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
    effect: moving,
    effort: 'hour',
    goodForDays: 14,
  },
  {
    id: 'requalify',
    when: ({ signs }) => signs.pushed,
    text: ({ state, context }) =>
      say(speechOf(context), 'action.requalify', { n: state.pushesInStage }),
    evidence: record,
    effect: talking,
    effort: 'minutes',
    goodForDays: 14,
  },
  {
    id: 'verify',
    when: ({ state }) => state.verifiedMs === null && state.ageDays >= MIN_AGE_TO_VERIFY_DAYS,
    text: ({ context }) => say(speechOf(context), 'action.verify'),
    evidence: record,
    effect: talking,
    effort: 'hour',
    goodForDays: 14,
  },
];

/** What to do about an open deal: nothing but closing it where it is as good as lost. */
export function dealAction(given: DealGiven): NextAction | null {
  if (hopeless(given)) return firstOf([CLOSE], given);
  return dim(given) ? null : firstOf(RULES, given);
}
