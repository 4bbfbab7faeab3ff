import { say } from '../../model/language/say.ts';
import { lastDay, speechOf, stageName } from '../math/speech.ts';
import { dealsWords, type PartnerGiven } from './partner-given.ts';
import type { Effect } from './effect.ts';
import type { Rule } from './rule.ts';

/** What one more typical win adds to the chance: the model's own difference. */
export const oneMoreWin = ({ score }: PartnerGiven): Effect =>
  score.gap <= 0
    ? 'unmeasured'
    : score.oneMoreWin.wins === 0
      ? 'unknown'
      : { of: 'partner', ...score.oneMoreWin };

/** Rules for a partner that is short of its goal: money comes before promises. */
const RULES: readonly Rule<PartnerGiven>[] = [
  {
    id: 'revive-largest',
    when: ({ stalled }) => stalled !== null,
    text: ({ stalled, gap, context }) =>
      say(speechOf(context), 'action.revive', {
        gap,
        deal: stalled!.state.deal.name,
        amount: stalled!.score.amount,
        silent: stalled!.signs.silent,
      }),
    evidence: dealsWords,
    effect: oneMoreWin,
    effort: 'hour',
    goodForDays: 7,
    deal: ({ stalled }) => stalled!.state.id,
  },
  {
    id: 'coach',
    when: ({ weak }) => weak !== null,
    text: ({ weak, gap, context }) => {
      const { own, pool, asset } = weak!;
      const given = { gap, stage: stageName(weak!.stage, context), own, pool };
      return asset === null
        ? say(speechOf(context), 'action.coach', given)
        : say(speechOf(context), 'action.coachWith', { ...given, asset: asset.title });
    },
    evidence: ({ weak, context }) => say(speechOf(context), 'evidence.deals', { n: weak!.lost }),
    effect: oneMoreWin,
    effort: 'days',
    goodForDays: 30,
    // As the result says it; how its use is recorded is the playbook's own.
    asset: ({ weak }) => {
      if (weak!.asset === null) return null;
      const { id, title, url } = weak!.asset;
      return { id, title, ...(url === undefined ? {} : { url }) };
    },
  },
  {
    id: 'incentive',
    when: ({ incentive, view }) => incentive !== null && view.states.length > 0,
    text: ({ incentive, gap, score, context }) =>
      say(speechOf(context), 'action.incentive', {
        gap,
        incentive: incentive!.title,
        cost: incentive!.amount,
        by: incentive!.until ?? lastDay(score.event.dueMs, context.timeZone),
      }),
    evidence: dealsWords,
    effect: oneMoreWin,
    effort: 'hour',
    goodForDays: 30,
    offer: ({ incentive }) => ({ id: incentive!.id, amount: incentive!.amount }),
  },
  {
    id: 'close-gap',
    when: ({ closing, gap }) => closing.reduce((sum, one) => sum + one.amount, 0) >= gap / 2,
    text: ({ closing, gap, context }) => {
      const [{ name, amount, probability }] = closing as [(typeof closing)[number]];
      const due = lastDay(context.period.endMs, context.timeZone);
      const given = { gap, deal: name, amount, p: probability, due };
      const n = closing.length - 1;
      return n === 0
        ? say(speechOf(context), 'action.closeGap', given)
        : say(speechOf(context), 'action.closeGapMore', { ...given, n });
    },
    evidence: dealsWords,
    effect: oneMoreWin,
    effort: 'hour',
    goodForDays: 14,
    deal: ({ closing }) => closing[0]!.dealId,
  },
  {
    id: 'build-pipeline',
    when: ({ view }) => view.plan !== null,
    text: ({ gap, open, context }) => say(speechOf(context), 'action.pipeline', { gap, sum: open }),
    evidence: dealsWords,
    effect: oneMoreWin,
    effort: 'days',
    goodForDays: 30,
  },
];

/** Each holds only where money is missing. */
export const MONEY_RULES: readonly Rule<PartnerGiven>[] = RULES.map((rule) => ({
  ...rule,
  when: (given: PartnerGiven) => given.gap > 0 && rule.when(given),
}));
