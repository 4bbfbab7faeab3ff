import type { DealCredit } from '../../model/credit.ts';
import {
  addCredited,
  addNamed,
  addWon,
  creditOf,
  differencesOf,
  entriesFor,
  noNamed,
  noTotals,
  type CreditDifference,
  type CreditTotals,
  type FiscalView,
  type NamedTotals,
} from '../../predict/index.ts';
import { registrationsByDeal, rivalsOf } from '../../store/credit-facts.ts';
import {
  addToBook,
  bookOf,
  creditPage,
  dropBook,
  dropOldCredits,
  noLongerWon,
  saveCredits,
  savePartnerCredits,
  sourcedBetween,
} from '../../store/credit.ts';
import { wonPage } from '../../store/facts.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import { CREDIT_PAGES_PER_STEP, DEAL_PAGE } from '../run/limits.ts';
import { fiscalYear, measureContext } from './measure-context.ts';

export interface CreditStep {
  n: number;
  after: string;
  deals: number;
  corrections: number;
  /** What the CRM's own partner field would credit; absent in steps of an earlier version. */
  named?: NamedTotals;
  done: boolean;
}

/** What a run says of credit: amounts in cents of the reporting currency. */
export interface CreditSummary {
  currency: string;
  won: number;
  sourced: number;
  direct: number;
  influenced: number;
  deals: number;
  /** Won deals without an amount in the reporting currency, in no sum. */
  unknown: number;
  corrections: number;
  /** What the CRM's own partner field would credit, and why it differs. */
  named?: NamedTotals;
  totals: CreditTotals;
  /** Not empty = the check failed: what is credited is not what was won. */
  differences: CreditDifference[];
}

const totalsName = (n: number): string => `credit ${n}`;

const viewOf = (context: RunContext): FiscalView => context.mapping.settings;

/** Credits a few pages of won deals, and books what is new or different. */
export async function creditDeals(
  context: RunContext,
  previous: CreditStep | null,
): Promise<CreditStep> {
  const { store, connectionId, resultsId, runId } = context;
  // A dry run books beside the book, and begins that anew each time.
  if (previous === null && resultsId !== connectionId)
    await store.batch(dropBook(store, resultsId));
  const totals =
    previous === null
      ? noTotals()
      : ((await readScratch(store, runId, totalsName(previous.n))) as CreditTotals);
  const result: CreditStep = {
    n: (previous?.n ?? 0) + 1,
    after: previous?.after ?? '',
    deals: previous?.deals ?? 0,
    corrections: previous?.corrections ?? 0,
    named: previous?.named ?? noNamed(),
    done: false,
  };
  for (let n = 0; n < CREDIT_PAGES_PER_STEP && !result.done; n++)
    await creditPageOf(context, result, totals);
  await store.batch(saveScratch(store, runId, totalsName(result.n), totals));
  return result;
}

async function creditPageOf(
  context: RunContext,
  result: CreditStep,
  totals: CreditTotals,
): Promise<void> {
  const { store, connectionId } = context;
  const facts = await measureContext(context);
  const stages = [...facts.stages.values()];
  const keys = (of: typeof stages): string[] => of.map((stage) => stage.key);
  const winning = keys(stages.filter((stage) => stage.won));
  const page = await wonPage(store, connectionId, result.after, DEAL_PAGE, winning);
  const ids = page.map((deal) => deal.id);
  const registrations = await registrationsByDeal(store, connectionId, ids);
  const closed = keys(stages.filter((stage) => stage.closed));
  const rivals = await rivalsOf(store, connectionId, ids, closed);
  const deals = page.map((deal) => ({ ...deal, rivalMs: rivals.get(deal.id) ?? null }));
  const { credit: settings } = context.mapping.settings;
  const credits = deals.flatMap(
    (deal) => creditOf(deal, registrations.get(deal.id) ?? [], settings, facts) ?? [],
  );
  addWon(totals, deals, facts, viewOf(context));
  addNamed((result.named ??= noNamed()), deals, credits);
  result.corrections += await book(context, ids, credits);
  result.deals += credits.length;
  result.after = page.at(-1)?.id ?? result.after;
  result.done = page.length < DEAL_PAGE;
}

/** Saves the credits of these deals with what their book lacks; returns how much was corrected. */
async function book(context: RunContext, ids: string[], credits: DealCredit[]): Promise<number> {
  const { store, connectionId, resultsId, runId, asOfMs } = context;
  const known = await bookOf(store, connectionId, ids);
  const creditOfDeal = new Map(credits.map((credit) => [credit.dealId, credit]));
  const entries = ids.flatMap((id) =>
    entriesFor(id, known.get(id) ?? [], creditOfDeal.get(id) ?? null, asOfMs),
  );
  await store.batch([
    ...saveCredits(store, resultsId, runId, credits),
    ...addToBook(store, resultsId, runId, entries),
  ]);
  return entries.filter((entry) => entry.reason !== 'won').length;
}

/** Deals that are read back, or found gone, at a time. */
const FOLD_PAGE = 5000;

/**
 * Takes out of the book what is not won any more, and checks that what is credited comes to what
 * was won: the credits are read back as they are kept, the wins were summed from the deals.
 */
export async function foldCredit(context: RunContext, last: CreditStep): Promise<CreditSummary> {
  const { store, connectionId, resultsId, runId } = context;
  const totals = (await readScratch(store, runId, totalsName(last.n))) as CreditTotals;
  const sums = await partnerSums(context, totals);
  let { corrections } = last;
  const gone = await noLongerWon(store, { connectionId, resultsId, runId, limit: FOLD_PAGE });
  if (gone.length > 0) corrections += await book(context, gone, []);
  const year = fiscalYear(context);
  for (const bookId of new Set([connectionId, resultsId]))
    for (const { partnerId, cents } of await sourcedBetween(
      store,
      bookId,
      year.startMs,
      year.endMs,
    )) {
      const sum = sums.get(partnerId) ?? { influenced: 0, sourced: 0 };
      sums.set(partnerId, { ...sum, sourced: sum.sourced + cents });
    }
  await store.batch([
    ...savePartnerCredits(store, resultsId, runId, sums),
    ...dropOldCredits(store, resultsId, runId),
  ]);
  const all = totals.all['all'];
  return {
    currency: context.mapping.settings.reportingCurrency,
    won: all?.won ?? 0,
    sourced: all?.sourced ?? 0,
    direct: all?.direct ?? 0,
    influenced: all?.influenced ?? 0,
    deals: all?.wonDeals ?? 0,
    unknown: all?.unknown ?? 0,
    corrections,
    named: last.named,
    totals,
    differences: differencesOf(totals),
  };
}

type Sums = Map<string, { sourced: number; influenced: number }>;

/** Adds the kept credits to the totals, and what each partner influenced in the fiscal year. */
async function partnerSums(context: RunContext, totals: CreditTotals): Promise<Sums> {
  const { store, resultsId, runId } = context;
  const year = fiscalYear(context);
  const sums: Sums = new Map();
  for (let after = '', done = false; !done; ) {
    const page = await creditPage(store, resultsId, runId, after, FOLD_PAGE);
    addCredited(totals, page, viewOf(context));
    for (const credit of page) {
      if (credit.wonMs < year.startMs || credit.wonMs >= year.endMs) continue;
      const marked = credit.rows.filter((row) => row.kind === 'influenced');
      for (const partnerId of new Set(marked.map((row) => row.partnerId))) {
        const before = sums.get(partnerId)?.influenced ?? 0;
        sums.set(partnerId, { sourced: 0, influenced: before + (credit.cents ?? 0) });
      }
    }
    after = page.at(-1)?.dealId ?? after;
    done = page.length < FOLD_PAGE;
  }
  return sums;
}
