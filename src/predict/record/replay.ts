import type { DealFacts, MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { DealScore, Forecast, PartnerScore } from '../../model/score.ts';
import { scoreDirectDeals, scorePartner } from '../action/result.ts';
import { channelTotals } from '../forecast/channel.ts';
import type { ForecastPart } from '../forecast/part.ts';
import { finishReplayWin, replayOrigin, startReplayWin } from '../forecast/replay.ts';
import { dayStart } from '../math/calendar.ts';
import type { PastOrigin } from '../math/past-level.ts';
import type { PartnerTraits } from '../win/model/effects.ts';
import { addWinDeal } from '../win/model/fit.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { learnDeal, learned, startLearning } from './learn.ts';

/** All that is known of a company; each deal once, direct ones apart. */
export interface Book {
  partners: readonly PartnerFacts[];
  direct: readonly DealFacts[];
  /** Partners that stand for an account for which another one does: its deals count there. */
  second?: ReadonlySet<string>;
  /** Partners for whom a run had spoken by then, where runs had; absent = none had run. */
  spokenOf?: ReadonlySet<string>;
}

/** Partners whose deals are theirs alone. */
const first = ({ partners, second }: Book): readonly PartnerFacts[] =>
  second === undefined ? partners : partners.filter(({ id }) => !second.has(id));

export const dealsOf = (book: Book): DealFacts[] => [
  ...first(book).flatMap((partner) => partner.deals),
  ...book.direct,
];

/**
 * A forecast of the past made again, at the level before anything is learned from it; `known` =
 * deals known by the moment that asks.
 */
export function pastOrigin(book: Book, origin: MeasureContext, known: number): PastOrigin | null {
  const fit = startReplayWin(origin, known);
  for (const deal of dealsOf(book)) addWinDeal(fit, deal, origin);
  const win = finishReplayWin(fit, origin);
  return replayOrigin({ partners: first(book), direct: book.direct }, origin, win);
}

/** Deals known at a moment. */
export const knownDeals = (book: Book, atMs: number): number =>
  dealsOf(book).reduce((n, deal) => n + Number(deal.createdMs <= atMs), 0);

/** What a partner's score said, and its share of the forecast; null = another one has it. */
export interface SaidOfPartner {
  score: PartnerScore;
  part: ForecastPart | null;
}

/** Everything said at a moment. */
export interface SaidThen {
  partners: SaidOfPartner[];
  deals: DealScore[];
  forecast: Omit<Forecast, 'breakdown'>;
  lastPeriod: number | null;
  dealsKnown: number;
}

/**
 * A partner of whom a run spoke by then; before runs, one that had signed or brought a deal: others
 * could not be scored.
 */
const wasThere = (
  partner: PartnerFacts,
  { spokenOf }: Pick<Book, 'spokenOf'>,
  { asOfMs, timeZone }: MeasureContext,
): boolean =>
  spokenOf?.has(partner.id) ??
  ((dayStart(partner.signedOn, timeZone) ?? Infinity) <= asOfMs ||
    partner.deals.some((deal) => deal.createdMs <= asOfMs));

/** What is said of a page of partners, or of direct deals. */
export interface SaidOfPage {
  partners: SaidOfPartner[];
  deals: DealScore[];
  parts: ForecastPart[];
}

export function sayPartners(
  book: Pick<Book, 'partners' | 'second' | 'spokenOf'>,
  pool: PoolModel,
  context: MeasureContext,
): SaidOfPage {
  const found: SaidOfPage = { partners: [], deals: [], parts: [] };
  for (const partner of book.partners) {
    if (!wasThere(partner, book, context)) continue;
    const scored = scorePartner(partner, pool, context, false);
    const second = book.second?.has(partner.id) === true;
    found.partners.push({
      score: scored.partner,
      part: second ? null : (scored.forecastParts[0] ?? null),
    });
    if (second) continue;
    found.deals.push(...scored.deals);
    found.parts.push(...scored.forecastParts);
  }
  return found;
}

export function sayDirect(
  deals: readonly DealFacts[],
  pool: PoolModel,
  context: MeasureContext,
): SaidOfPage {
  const scored = scoreDirectDeals(deals, pool, context);
  return { partners: [], deals: scored.deals, parts: scored.forecastParts };
}

/**
 * What a run at the context's moment says, through the same functions: fitted on what was known
 * then, at the level that `past` teaches. Nothing recorded later changes a byte of it.
 */
export function sayAt(
  book: Book,
  past: readonly PastOrigin[],
  context: MeasureContext,
  traits?: PartnerTraits,
): SaidThen {
  const learning = startLearning(context, knownDeals(book, context.asOfMs));
  for (const deal of dealsOf(book)) learnDeal(learning, deal, context);
  const pool = learned(learning, past, context, traits);
  const pages = [sayPartners(book, pool, context), sayDirect(book.direct, pool, context)];
  const parts = pages.flatMap((page) => page.parts);
  return {
    partners: pages.flatMap((page) => page.partners),
    deals: pages.flatMap((page) => page.deals),
    forecast: channelTotals(parts, pool, context),
    lastPeriod: pool.pastQuarters[0]?.won ?? null,
    dealsKnown: pool.deals,
  };
}
