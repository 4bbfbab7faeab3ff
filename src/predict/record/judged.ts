import type { DealFacts, MeasureContext } from '../../model/facts.ts';
import type { JudgedStatement, RecordedStatement, StatementOutcome } from '../../model/record.ts';
import { isWin } from '../deal/deal-at.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { inPeriod } from '../deal/won.ts';
import { exactSum } from '../math/exact-sum.ts';
import { addBrought, dealOutcome, partnerOutcome } from './outcome.ts';
import { dealsOf, type Book, type SaidThen } from './replay.ts';
import { dealStatement, forecastStatement, partnerStatements } from './statements.ts';

/** Nobody can say how it came out for what is gone by the end of the window. */
const UNTOLD: StatementOutcome = { happened: null, amount: null };

/** Deals by whom they count for, each once. */
const dealLists = (book: Book): (readonly DealFacts[])[] => [
  ...book.partners.filter(({ id }) => book.second?.has(id) !== true).map(({ deals }) => deals),
  book.direct,
];

/** The statements of a moment, each with how it came out; `end` = the book at the window's end. */
export function judgedAt(
  said: SaidThen,
  end: Book,
  context: MeasureContext,
): { statements: JudgedStatement[]; amount: number } {
  const sum: number[] = [];
  const forecast = forecastStatement(said.forecast, said.lastPeriod);
  for (const deals of dealLists(end)) addBrought(sum, deals, forecast, context);
  const amount = exactSum(sum);
  const deals = new Map(dealsOf(end).map((deal) => [deal.id, deal]));
  const partners = new Map(end.partners.map((partner) => [partner.id, partner]));
  const judged = <T>(
    one: RecordedStatement,
    subject: T | undefined,
    outcome: (one: RecordedStatement, subject: T, context: MeasureContext) => StatementOutcome,
  ): JudgedStatement => ({
    ...one,
    ...(subject === undefined ? UNTOLD : outcome(one, subject, context)),
  });
  return {
    amount,
    statements: [
      ...said.deals
        .map(dealStatement)
        .map((one) => judged(one, deals.get(one.subjectId), dealOutcome)),
      ...said.partners
        .flatMap(({ score, part }) => partnerStatements(score, context.period, part))
        .map((one) => judged(one, partners.get(one.subjectId), partnerOutcome)),
      { ...forecast, happened: null, amount },
    ],
  };
}

/** What came after the moment, by whether its deals were there. */
export function broughtAfter(
  book: Book,
  { asOfMs, period, ...context }: MeasureContext,
): { open: number; fresh: number } {
  const end = { ...context, period, asOfMs: period.endMs - 1 };
  const states = dealLists(book).flatMap((deals) =>
    dealsAt(deals, end).filter((s) => isWin(s) && inPeriod(s.closedMs, asOfMs + 1, period.endMs)),
  );
  const sum = (there: boolean): number =>
    exactSum(states.filter((s) => s.createdMs <= asOfMs === there).map((s) => s.amount ?? 0));
  return { open: sum(true), fresh: sum(false) };
}
