import type { Side } from '../../model/facts.ts';
import { say } from '../../model/language/say.ts';
import type { NextAction } from '../../model/score.ts';
import { daysBetween } from '../math/time.ts';
import { speechOf } from '../math/speech.ts';
import { CLEAN_UP_FROM } from '../tuning.ts';
import { MONEY_RULES, oneMoreWin } from './money-rules.ts';
import { planWords, recordWords, type PartnerGiven } from './partner-given.ts';
import type { Effect } from './effect.ts';
import { firstOf, type Rule } from './rule.ts';

const unmeasured = (): Effect => 'unmeasured';
const tidies = (): Effect => 'tidies';

/** A goal is reached: praise only where the partner does not shrink. */
const REACHED: Rule<PartnerGiven> = {
  id: 'target-outgrown',
  when: ({ score, won, context }) =>
    score.event.kind === 'plan-target' &&
    won >= (score.event.goal ?? Infinity) &&
    score.event.dueMs > context.asOfMs,
  text: ({ won, score, shrinking, context }) => {
    const goal = score.event.goal!;
    const left = daysBetween(context.asOfMs, score.event.dueMs);
    return shrinking
      ? say(speechOf(context), 'action.reached', { won, goal })
      : say(speechOf(context), 'action.outgrown', { won, goal, left });
  },
  evidence: planWords,
  effect: unmeasured,
  effort: 'hour',
  goodForDays: 30,
};

/** A promise of one side is overdue: ours is kept, a partner's gets a new date. */
const promise = (
  id: string,
  side: Side,
  text: 'action.vendorPromise' | 'action.promise',
  effort: NextAction['effort'],
): Rule<PartnerGiven> => ({
  id,
  when: ({ overdue }) => overdue[side] !== null,
  text: ({ overdue, context }) => {
    const { label, dueOn } = overdue[side]!;
    return say(speechOf(context), text, { promise: label, due: dueOn });
  },
  evidence: planWords,
  effect: unmeasured,
  effort,
  goodForDays: 14,
});

/** What is left to do where no money is missing. */
const CARE: readonly Rule<PartnerGiven>[] = [
  promise('vendor-milestone', 'vendor', 'action.vendorPromise', 'days'),
  promise('milestone', 'partner', 'action.promise', 'minutes'),
  {
    id: 'agree-plan',
    when: ({ view }) => view.plan === null,
    text: ({ context }) => say(speechOf(context), 'action.agreePlan'),
    evidence: recordWords,
    effect: unmeasured,
    effort: 'days',
    goodForDays: 30,
  },
  {
    id: 'clean-up',
    when: ({ silent }) => silent >= CLEAN_UP_FROM,
    text: ({ silent, context }) => say(speechOf(context), 'action.cleanUp', { n: silent }),
    evidence: recordWords,
    effect: tidies,
    effort: 'minutes',
    goodForDays: 30,
  },
];

const FIRST: readonly Rule<PartnerGiven>[] = [
  {
    id: 'reassign',
    when: ({ formerOwner }) => formerOwner !== null,
    text: ({ formerOwner, context }) =>
      say(speechOf(context), 'action.reassign', { owner: formerOwner! }),
    evidence: recordWords,
    effect: unmeasured,
    effort: 'minutes',
    goodForDays: 7,
  },
  REACHED,
  {
    id: 'first-deal',
    when: ({ view }) => view.states.length === 0,
    text: ({ context }) => say(speechOf(context), 'action.firstDeal'),
    evidence: recordWords,
    effect: oneMoreWin,
    effort: 'days',
    goodForDays: 30,
  },
];

/** The most useful next step with a partner. */
export const partnerAction = (given: PartnerGiven): NextAction | null =>
  firstOf([...FIRST, ...MONEY_RULES, ...CARE], given);
