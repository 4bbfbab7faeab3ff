import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { JudgedStatement, RecordedStatement } from '../../model/record.ts';
import type { DealScore, Forecast, PartnerScore } from '../../model/score.ts';
import { scoreDirectDeals, scorePartner } from '../action/result.ts';
import { dealsAt } from '../deal/deals-at.ts';
import { isWin } from '../deal/deal-at.ts';
import { inPeriod } from '../deal/won.ts';
import { channelTotals } from '../forecast/channel.ts';
import { finishReplayWin, replayOrigin, startReplayWin, withLevel } from '../forecast/replay.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import type { PastOrigin } from '../math/past-level.ts';
import { addWinDeal, finishWinFit, startWinFit } from '../win/model/fit.ts';
import { winHorizons } from '../win/model/horizons.ts';
import { addDeal, startPool } from '../win/pool-fit.ts';
import { finishPool } from '../win/pool-finish.ts';
import { addBrought, dealOutcome, partnerOutcome } from './outcome.ts';
import { dealStatement, forecastStatement, partnerStatements } from './statements.ts';

/** All that is known of a company; each deal once, direct ones apart. */
export interface Book {
  partners: readonly PartnerFacts[];
  direct: readonly DealFacts[];
}

export const dealsOf = (book: Book): DealFacts[] => [
  ...book.partners.flatMap((partner) => partner.deals),
  ...book.direct,
];

/** A forecast of the past made again, at the level before anything is learned from it. */
export function pastOrigin(book: Book, origin: MeasureContext): PastOrigin | null {
  const deals = dealsOf(book);
  const fit = startReplayWin(origin, deals.length);
  for (const deal of deals) addWinDeal(fit, deal, origin);
  fit.seen = deals.length;
  return replayOrigin(book, origin, finishReplayWin(fit, origin));
}

/** Everything said at a moment. */
export interface SaidThen {
  partners: PartnerScore[];
  deals: DealScore[];
  forecast: Omit<Forecast, 'breakdown'>;
  lastPeriod: number | null;
  dealsKnown: number;
}

/** A partner that had signed, or brought a deal, by then: others could not be scored. */
const wasThere = (partner: PartnerFacts, { asOfMs, timeZone }: MeasureContext): boolean =>
  (dayStart(partner.signedOn, timeZone) ?? Infinity) <= asOfMs ||
  partner.deals.some((deal) => deal.createdMs <= asOfMs);

/**
 * What a run at the context's moment says, through the same functions: fitted on what was known
 * then, at the level that `past` teaches. Nothing recorded later changes a byte of it.
 */
export function sayAt(book: Book, past: readonly PastOrigin[], context: MeasureContext): SaidThen {
  const deals = dealsOf(book);
  const fit = startPool(context);
  const win = startWinFit(context.asOfMs, winHorizons(context), undefined, deals.length);
  for (const deal of deals) {
    addDeal(fit, deal);
    addWinDeal(win, deal, context);
  }
  win.seen = deals.length;
  const pool = withLevel(finishPool(fit, finishWinFit(win, context)), past, context);
  const scored = book.partners
    .filter((partner) => wasThere(partner, context))
    .map((partner) => scorePartner(partner, pool, context));
  const direct = scoreDirectDeals(book.direct, pool, context);
  const parts = [...scored.flatMap((one) => one.forecastParts), ...direct.forecastParts];
  return {
    partners: scored.map((one) => one.partner),
    deals: [...scored.flatMap((one) => one.deals), ...direct.deals],
    forecast: channelTotals(parts, pool, context),
    lastPeriod: pool.pastQuarters[0]?.won ?? null,
    dealsKnown: pool.deals,
  };
}

/** The statements of a moment, each with how it came out. */
export function judgedAt(
  said: SaidThen,
  book: Book,
  context: MeasureContext,
): { statements: JudgedStatement[]; amount: number } {
  const sum: number[] = [];
  const forecast = forecastStatement(said.forecast, said.lastPeriod);
  for (const { deals } of book.partners) addBrought(sum, deals, forecast, context);
  addBrought(sum, book.direct, forecast, context);
  const amount = exactSum(sum);
  const deals = new Map(dealsOf(book).map((deal) => [deal.id, deal]));
  const partners = new Map(book.partners.map((partner) => [partner.id, partner]));
  const ofPartner = (one: RecordedStatement): JudgedStatement => ({
    ...one,
    ...partnerOutcome(one, partners.get(one.subjectId)!, context),
  });
  return {
    amount,
    statements: [
      ...said.deals.map((score) => {
        const one = dealStatement(score);
        return { ...one, ...dealOutcome(one, deals.get(one.subjectId)!, context) };
      }),
      ...said.partners.flatMap((score) => partnerStatements(score, context.period).map(ofPartner)),
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
  const states = [...book.partners.map((one) => one.deals), book.direct].flatMap((deals) =>
    dealsAt(deals, end).filter((s) => isWin(s) && inPeriod(s.closedMs, asOfMs + 1, period.endMs)),
  );
  const sum = (there: boolean): number =>
    exactSum(states.filter((s) => s.createdMs <= asOfMs === there).map((s) => s.amount ?? 0));
  return { open: sum(true), fresh: sum(false) };
}
