import { plain, unknown, type FactView, type Measures } from './kpi.ts';

/** How many of the closed deals were won. */
export const conversion = {
  closed_win_rate: ({ states }) => {
    const won = states.filter((s) => s.outcome === 'won').length;
    const closed = states.filter((s) => s.outcome !== 'open').length;
    return closed === 0
      ? unknown('no closed deal')
      : plain(won / closed, closed, 'flattered by losses that are not marked');
  },
} satisfies Measures<FactView>;
