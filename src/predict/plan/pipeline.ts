import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { counted } from '../kpi/counted.ts';
import { plain, unknown, type Measures } from '../kpi/kpi.ts';
import { isWin } from '../deal/deal-at.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { MIN_COVERAGE_CHANCE, MIN_EVIDENCE, MIN_LIFESPAN_DAYS } from '../tuning.ts';
import { isPhantom, liveDeals } from '../win/phantom.ts';
import { winChance } from '../win/win-chance.ts';
import type { PartnerView } from './view.ts';

const amountWon = (view: PartnerView, context: MeasureContext): number | null =>
  view.plan ? counted('won_amount', view, view.plan.startMs, view.plan.endMs, context) : null;

/** What is open and what it is worth. */
export const pipelineAhead = {
  pipeline_velocity: ({ states, effect, pool }, context) => {
    const open = liveDeals(states, pool, context).filter((s) => s.verifiedMs !== null);
    const cycles = states
      .filter((s) => isWin(s) && s.ageDays >= MIN_LIFESPAN_DAYS)
      .map((s) => s.ageDays);
    if (cycles.length < MIN_EVIDENCE)
      return unknown(say(speechOf(context), 'why.fewWins'), cycles.length);
    const pipeline = exactSum(open.map((s) => Math.max(0, s.amount ?? pool.amounts.mean)));
    return plain((pipeline * effect.rate * cycles.length) / exactSum(cycles), cycles.length);
  },
  coverage: (view, context) => {
    const goal = view.plan?.outcome?.goal;
    if (goal === undefined) return unknown(say(speechOf(context), 'why.noOutcome'));
    const left = goal - amountWon(view, context)!;
    if (left <= 0) return unknown(say(speechOf(context), 'why.reached'));
    const open = liveDeals(view.states, view.pool, context).filter(
      (s) => (dayStart(s.closeDate, context.timeZone) ?? Infinity) < view.plan!.endMs,
    );
    return plain(exactSum(open.map((s) => Math.max(0, s.amount ?? 0))) / left, open.length);
  },
  required_coverage: (view, context) => {
    const open = liveDeals(view.states, view.pool, context).map((s) => ({
      amount: Math.max(0, s.amount ?? 0),
      p: winChance(s, view.pool, view.plan?.endMs ?? context.period.endMs, view.effect.effect)
        .chance,
    }));
    const won = exactSum(open.map((o) => o.amount * o.p));
    const amount = exactSum(open.map((o) => o.amount));
    if (amount === 0) return unknown(say(speechOf(context), 'why.noOpenAmount'), open.length);
    // One over next to nothing is no advice: no pipeline of such deals would do.
    return won / amount < MIN_COVERAGE_CHANCE
      ? unknown(say(speechOf(context), 'why.hardlyWon'), open.length)
      : plain(amount / won, open.length);
  },
  phantom_share: ({ states, pool }, context) => {
    const open = states.filter((s) => s.outcome === 'open');
    return open.length === 0
      ? unknown(say(speechOf(context), 'why.noOpenDeal'))
      : plain(open.filter((s) => isPhantom(s, pool, context)).length / open.length, open.length);
  },
} satisfies Measures<PartnerView>;
