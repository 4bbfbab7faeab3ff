import { say } from '../../model/language/say.ts';
import { speechOf } from '../math/speech.ts';
import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** How many of the closed deals were won. */
export const conversion = {
  closed_win_rate: ({ states }, context) => {
    const won = states.filter((s) => s.outcome === 'won').length;
    const closed = states.filter((s) => s.outcome !== 'open').length;
    return closed === 0
      ? unknown(say(speechOf(context), 'why.noClosed'))
      : plain(won / closed, closed, say(speechOf(context), 'why.flattered'));
  },
} satisfies Measures<FactView>;
