/**
 * Merges and deletions after the end of a replayed log, on cases that are long decided, so that
 * none of the log's own rows is invented or missing before.
 */
import type { RandomStream } from '../../random.ts';
import { momentOf, weekOf } from '../calendar.ts';
import type { WorldEvent } from '../events.ts';
import { standing } from './case.ts';
import type { LoanLog } from './read.ts';

/** Decided cases that a week uses up: two applicants merged, two deals and one contact deleted. */
const CASES_A_WEEK = 5;

/** The lost cases in an order drawn from the seed: each is hit at most once. */
function drawnLostCases(root: RandomStream, log: LoanLog): string[] {
  const ids = log.cases.filter((one) => standing(one).outcome === 'lost').map((one) => one.id);
  const stream = root.fork('mishaps');
  for (let i = ids.length - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    [ids[i], ids[j]] = [ids[j] ?? '', ids[i] ?? ''];
  }
  return ids;
}

/**
 * Gives the mishaps of each calendar week from the one of the end on; of those that belong
 * together, all or none come after the end.
 */
export function planMishaps(
  root: RandomStream,
  log: LoanLog,
  endMs: number,
): (week: number) => WorldEvent[] {
  const lost = drawnLostCases(root, log);
  const firstWeek = weekOf(endMs);
  return (week) => {
    const from = (week - firstWeek) * CASES_A_WEEK;
    const [winner, loser, back, gone, person] = lost.slice(from, from + CASES_A_WEEK);
    if (
      winner === undefined ||
      loser === undefined ||
      back === undefined ||
      gone === undefined ||
      person === undefined
    )
      return [];
    const groups: WorldEvent[][] = [
      [{ kind: 'delete', atMs: momentOf(week, 1, 10), of: 'contact', id: `c${person}` }],
      [
        {
          kind: 'accountMerge',
          atMs: momentOf(week, 2, 11),
          winnerId: `a${winner}`,
          loserId: `a${loser}`,
        },
      ],
      [
        { kind: 'delete', atMs: momentOf(week, 3, 14), of: 'deal', id: `d${back}` },
        { kind: 'undelete', atMs: momentOf(week, 3, 16), of: 'deal', id: `d${back}` },
      ],
      [{ kind: 'delete', atMs: momentOf(week, 3, 14, 5), of: 'deal', id: `d${gone}` }],
    ];
    return groups.filter((group) => (group[0]?.atMs ?? 0) > endMs).flat();
  };
}
