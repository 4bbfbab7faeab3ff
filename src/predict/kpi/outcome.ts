import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { casesOf } from '../deal/cases.ts';
import { isWin } from '../deal/deal-at.ts';
import { exactSum } from '../math/exact-sum.ts';
import { counted } from './counted.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** Amounts of won cases; parts of one case are one amount. */
export const wonAmounts = (view: FactView): number[] =>
  casesOf(view.states.filter(isWin))
    .map((members) => exactSum(members.map((s) => s.amount ?? 0)))
    .filter((amount) => amount > 0);

/** What was won. */
export const outcome = {
  won_amount: (view, context) =>
    plain(
      counted('won_amount', view, context.period.startMs, context.period.endMs, context),
      counted('won_deals', view, context.period.startMs, context.period.endMs, context)!,
    ),
  concentration: (view, context) => {
    const amounts = wonAmounts(view);
    return amounts.length === 0
      ? unknown(say(speechOf(context), 'why.noAmount'))
      : plain(exactSum(amounts) ** 2 / exactSum(amounts.map((a) => a * a)), amounts.length);
  },
} satisfies Measures<FactView>;
