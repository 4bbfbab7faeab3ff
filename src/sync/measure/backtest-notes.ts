import type { MeasureContext } from '../../model/facts.ts';
import { dealsOf, type Book } from '../../predict/index.ts';

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Why no past moment can be replayed; null = one can. */
export function nothingToReplay(
  book: Book,
  { asOfMs }: MeasureContext,
  origins: readonly MeasureContext[],
): string | null {
  const deals = dealsOf(book);
  if (deals.length === 0)
    return 'there is no deal in the local copy, so there is no past to replay';
  const first = Math.min(...deals.map((deal) => deal.createdMs));
  const last = origins.at(-1);
  if (last === undefined)
    return `no window ends by ${day(asOfMs)}, the moment of the last run: the first deal is of ${day(first)}`;
  return last.asOfMs < first
    ? `the first deal is of ${day(first)}, after the last origin (${day(last.asOfMs)})`
    : null;
}

/** What of the data limits what a replay can say. */
export function notesOn(book: Book, { stages }: MeasureContext): string[] {
  const deals = dealsOf(book);
  const outcome = (won: boolean): number =>
    deals.filter((deal) => {
      const stage = stages.get(deal.stage);
      return stage?.closed === true && stage.won === won;
    }).length;
  const [won, lost] = [outcome(true), outcome(false)];
  const without = deals.filter((deal) => deal.events.length === 0).length;
  return [
    ...(won === 0 ? ['No deal on record was ever won: nothing can be better than never.'] : []),
    ...(lost === 0 && won > 0
      ? ['No deal on record was ever lost: what is never closed as lost stays open for good.']
      : []),
    ...(won + lost < 300
      ? [
          `${won + lost} deals have ended; below about 300 the model stops at stage and days in stage, and has nothing to beat it with.`,
        ]
      : []),
    ...(without > 0
      ? [
          `${without} of ${deals.length} deals have no history: of them only the creation and the closing are known.`,
        ]
      : []),
  ];
}
