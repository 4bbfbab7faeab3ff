import {
  STATEMENT_KINDS,
  type StatementOutcome,
  type StatementSource,
} from '../../model/record.ts';
import { addBrought, dealOutcome, exactValue, partnerOutcome } from '../../predict/index.ts';
import { storeThen } from '../../store/alive.ts';
import { dealsById, partnersById } from '../../store/facts.ts';
import { dueStatements, saveOutcomes, type StatementKey } from '../../store/statements.ts';
import { readTrackRecord } from '../../store/track-record.ts';
import type { RunContext } from '../run/context.ts';
import { PARTNER_PAGE, SETTLE_PAGE } from '../run/limits.ts';
import { eachDealPage, eachPartnerPage } from './backtest-book.ts';
import { moneyOf } from './link.ts';
import { measureContext } from './measure-context.ts';

export interface SettleStep {
  /** Place in the list of kinds, and the last subject of the one before. */
  kind: number;
  after: string;
  settled: number;
  done: boolean;
}

type Due = Awaited<ReturnType<typeof dueStatements>>['page'];
type Settled = (StatementKey & StatementOutcome)[];

/**
 * A page of statements whose window has ended since the last run: how they came out, as it was
 * known at their end. What a dry run sees settles nothing, and neither does a run that cannot read
 * partners or deals (`held`).
 */
export async function settleStatements(
  context: RunContext,
  previous: SettleStep | null,
  held: boolean,
  source: StatementSource = 'live',
): Promise<SettleStep> {
  const { store, servedId, resultsId, runId, asOfMs } = context;
  const step = { ...(previous ?? { kind: 0, after: '', settled: 0, done: false }) };
  const kind = STATEMENT_KINDS[step.kind];
  if (held || resultsId !== servedId || kind === undefined) return { ...step, done: true };
  const known = await readTrackRecord(store, servedId, source);
  const { page, more } = await dueStatements(
    store,
    { connectionId: servedId, source, kind, afterMs: known?.settledMs ?? -1, untilMs: asOfMs },
    step.after,
    SETTLE_PAGE,
  );
  const settled = await atEnds(context, page, HOW[kind]);
  await store.batch(saveOutcomes(store, { connectionId: servedId, source, runId }, settled));
  return more
    ? { ...step, after: page.at(-1)!.subjectId, settled: step.settled + settled.length }
    : {
        kind: step.kind + 1,
        after: '',
        settled: step.settled + settled.length,
        done: step.kind + 1 === STATEMENT_KINDS.length,
      };
}

const idsOf = (page: Due): string[] => [...new Set(page.map((one) => one.subjectId))];

/** Each window with what was there at its end: what is deleted later has come out all the same. */
async function atEnds(
  context: RunContext,
  page: Due,
  settle: (context: RunContext, page: Due) => Promise<Settled>,
): Promise<Settled> {
  const settled: Settled = [];
  for (const [dueMs, due] of Map.groupBy(page, (one) => one.dueMs))
    settled.push(
      ...(await settle({ ...context, store: storeThen(context.store, dueMs - 1) }, due)),
    );
  return settled;
}

/** Of deals and partners that were gone nothing is settled: they count as untold. */
async function settleDeals(context: RunContext, page: Due): Promise<Settled> {
  const facts = await measureContext(context);
  const deals = await dealsById(context.store, context.connectionId, idsOf(page));
  const byId = new Map(deals.map((deal) => [deal.id, deal]));
  return page.flatMap((one) => {
    const deal = byId.get(one.subjectId);
    return deal === undefined ? [] : [{ ...one, ...dealOutcome(one, deal, facts) }];
  });
}

async function settlePartners(context: RunContext, page: Due): Promise<Settled> {
  const { store, connectionId } = context;
  const facts = await measureContext(context);
  const settled: Settled = [];
  const ids = idsOf(page);
  for (let from = 0; from < ids.length; from += PARTNER_PAGE) {
    const some = ids.slice(from, from + PARTNER_PAGE);
    const partners = await partnersById(store, connectionId, some, moneyOf(context));
    const byId = new Map(partners.map((partner) => [partner.id, partner]));
    for (const one of page) {
      const partner = byId.get(one.subjectId);
      if (partner !== undefined) settled.push({ ...one, ...partnerOutcome(one, partner, facts) });
    }
  }
  return settled;
}

/** What all deals brought in each of the windows: one pass over them, once a quarter. */
async function settleForecasts(context: RunContext, page: Due): Promise<Settled> {
  const { store, connectionId } = context;
  const facts = await measureContext(context);
  const windows = [...Map.groupBy(page, (one) => `${one.fromMs} ${one.dueMs}`).values()].map(
    (said) => ({ said, sum: [] as number[] }),
  );
  const add = (deals: Parameters<typeof addBrought>[1]): void => {
    for (const { said, sum } of windows) addBrought(sum, deals, said[0]!, facts);
  };
  await eachPartnerPage(store, connectionId, moneyOf(context), (partners, second) => {
    for (const { id, deals } of partners) if (!second.has(id)) add(deals);
  });
  await eachDealPage({ store, connectionId }, true, add);
  return windows.flatMap(({ said, sum }) =>
    said.map((one) => ({ ...one, happened: null, amount: exactValue(sum) })),
  );
}

const HOW: Record<
  (typeof STATEMENT_KINDS)[number],
  (context: RunContext, page: Due) => Promise<Settled>
> = {
  deal: settleDeals,
  partner: settlePartners,
  'partner-forecast': settlePartners,
  forecast: settleForecasts,
};
