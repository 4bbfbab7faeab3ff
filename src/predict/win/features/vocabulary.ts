import type { StageFacts } from '../../../model/facts.ts';
import type { DealHistory } from './history.ts';

/**
 * The words of one organisation that features are made of: its open stages in order, its kinds of
 * activity and so on. Plain JSON.
 */
export interface Vocabulary {
  stages: { key: string; order: number }[];
  activities: string[];
  tasks: string[];
  quotes: string[];
  /**
   * Ends of the fiscal quarters that the snapshots lie in, ascending; none = they know no quarters.
   */
  quarterEndsMs: number[];
}

/** More kinds than this are rare ones, which a model of this size cannot tell apart. */
const MAX_KINDS = 12;
/** A kind found on fewer deals than this cannot be learned from. */
const MIN_DEALS_OF_KIND = 20;

/** Counts on how many deals each word was seen by the moment given. */
class Tally {
  private readonly counts = new Map<string, number>();
  add(words: Iterable<string>): void {
    for (const word of new Set(words)) this.counts.set(word, (this.counts.get(word) ?? 0) + 1);
  }
  /** The most frequent, by name where they tie; then in order of name. */
  frequent(): string[] {
    const named = [...this.counts].filter(([, deals]) => deals >= MIN_DEALS_OF_KIND);
    named.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    return named
      .slice(0, MAX_KINDS)
      .map(([word]) => word)
      .sort();
  }
}

const until = <T extends [number, ...unknown[]]>(rows: readonly T[], atMs: number): T[] =>
  rows.filter((row) => row[0] <= atMs);

/**
 * What was in use by `untilMs`; a kind that came later is unknown to the model and says nothing.
 */
export function vocabularyOf(
  histories: readonly DealHistory[],
  stages: ReadonlyMap<string, StageFacts>,
  untilMs: number,
  quarterEndsMs: number[] = [],
): Vocabulary {
  const [activities, tasks, quotes] = [new Tally(), new Tally(), new Tally()];
  const used = new Set<string | null>();
  for (const history of histories) {
    for (const [, stage] of until(history.moves, untilMs)) used.add(stage);
    activities.add(until(history.activities, untilMs).map((row) => row[1]));
    tasks.add(until(history.tasks, untilMs).map((row) => row[1]));
    quotes.add(until(history.quotes, untilMs).map((row) => row[1]));
  }
  // A stage that no deal was ever in is only a word of the list: nobody jumps over it.
  const open = [...stages.values()].filter((stage) => !stage.closed && used.has(stage.key));
  open.sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
  return {
    stages: open.map(({ key, order }) => ({ key, order })),
    activities: activities.frequent(),
    tasks: tasks.frequent(),
    quotes: quotes.frequent(),
    quarterEndsMs,
  };
}
