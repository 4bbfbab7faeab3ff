import type { MeasureContext } from '../../model/facts.ts';
import {
  channelTotals,
  dealStatement,
  forecastStatement,
  learnDeal,
  learned,
  originsOf,
  partnerStatements,
  sayDirect,
  sayPartners,
  startLearning,
  startReplayWin,
  type ForecastPart,
  type PastOrigin,
  type SaidOfPage,
} from '../../predict/index.ts';
import { storeThen } from '../../store/alive.ts';
import { countKnownDeals, spokenOfBy } from '../../store/gone.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import { saveStatements } from '../../store/statements.ts';
import { readTrackRecord } from '../../store/track-record.ts';
import type { RunContext } from '../run/context.ts';
import { BACKFILL_DEALS, BACKFILL_ORIGINS } from '../run/limits.ts';
import { eachDealPage, eachPartnerPage } from './backtest-book.ts';
import { moneyOf } from './link.ts';
import { measureContext } from './measure-context.ts';
import { affordablePast, pastOrigins, replayOrigins } from './replay.ts';
import { LONGEST_YEAR_MS } from '../../model/time.ts';

export interface BackfillStep {
  n: number;
  /** Past moments replayed so far. */
  origins: number;
  done: boolean;
}

/** Past forecasts that the steps made, by their moment and period. */
const MADE = 'backfill past';

/**
 * Past moments whose window is over: a Monday in the middle of each of the last four quarters, the
 * newest first, as many as the deals allow; `backtest run` replays more.
 */
function momentsOf(context: RunContext, measure: MeasureContext, deals: number): MeasureContext[] {
  const monthly = originsOf(measure, {
    ...{ every: 'monthly', horizon: 'quarter', untilMs: context.asOfMs },
    fromMs: measure.period.startMs - LONGEST_YEAR_MS,
    fiscalYearStartMonth: context.mapping.settings.fiscalYearStartMonth,
  });
  const middle = [...Map.groupBy(monthly, ({ period }) => period.endMs).values()].flatMap(
    (quarter) => quarter[1] ?? [],
  );
  const allowed = Math.min(BACKFILL_ORIGINS, Math.floor(BACKFILL_DEALS / Math.max(1, deals)));
  return allowed === 0 ? [] : middle.slice(-allowed).reverse();
}

/**
 * Fills the record of a connection that has none, one past moment a step: what a run of that day
 * would have said, marked as replayed. Nothing is replayed where a backtest has done so already,
 * and nothing that only a dry run sees.
 */
export async function backfillRecord(
  context: RunContext,
  deals: number,
  held: boolean,
  previous: BackfillStep | null,
): Promise<BackfillStep> {
  const { store, servedId, resultsId } = context;
  const step = { n: (previous?.n ?? 0) + 1, origins: previous?.origins ?? 0, done: true };
  if (held || resultsId !== servedId) return step;
  if ((await readTrackRecord(store, servedId, 'replayed')) !== null) return step;
  const moments = momentsOf(context, await measureContext(context), deals);
  const moment = moments[step.n - 1];
  if (moment === undefined) return step;
  const said = await replayMoment(context, moment);
  return { ...step, origins: step.origins + Number(said), done: step.n >= moments.length };
}

/** Says again, page by page, what was said of everybody; false = nobody was known then. */
async function replayMoment(context: RunContext, moment: MeasureContext): Promise<boolean> {
  const { connectionId, servedId } = context;
  const store = storeThen(context.store, moment.asOfMs);
  const then = { ...context, store };
  const known = await countKnownDeals(store, connectionId, moment.asOfMs);
  if (known === 0) return false;
  const learning = startLearning(moment, known);
  await eachDealPage(then, false, (page) => {
    for (const deal of page) learnDeal(learning, deal, moment);
  });
  if (learning.pool.deals === 0) return false;
  const pool = learned(learning, await pastFor(then, moment, known), moment);
  const spokenOf = await spokenOfBy(store, servedId, moment.asOfMs);
  const parts: ForecastPart[] = [];
  const place = { connectionId: servedId, source: 'replayed', runId: context.runId } as const;
  const keep = async (said: SaidOfPage): Promise<void> => {
    for (const part of said.parts) parts.push(part);
    await store.batch(
      saveStatements(
        store,
        place,
        [
          ...said.partners.flatMap(({ score, part }) =>
            partnerStatements(score, moment.period, part),
          ),
          ...said.deals.map(dealStatement),
          // A plan year may still run: what nobody can check yet would wait for ever.
        ].filter(({ dueMs }) => dueMs <= context.asOfMs),
      ),
    );
  };
  await eachPartnerPage(store, connectionId, moneyOf(context), async (partners, second) => {
    const book = { partners, second, ...(spokenOf && { spokenOf }) };
    await keep(sayPartners(book, pool, moment));
  });
  await eachDealPage(then, true, async (page) => await keep(sayDirect(page, pool, moment)));
  const forecast = channelTotals(parts, pool, moment);
  const lastPeriod = pool.pastQuarters[0]?.won ?? null;
  await store.batch(saveStatements(store, place, [forecastStatement(forecast, lastPeriod)]));
  return true;
}

type Made = Record<string, PastOrigin | null>;
const nameOf = ({ asOfMs, period }: MeasureContext): string => `${asOfMs} ${period.endMs}`;

/**
 * Past forecasts that a run of the moment would have learned its level from. Those that this run
 * itself has replayed serve, unless it sees fewer rows or takes another share of the deals.
 */
async function pastFor(
  context: RunContext,
  moment: MeasureContext,
  known: number,
): Promise<PastOrigin[]> {
  const { store, connectionId, runId } = context;
  const wanted = affordablePast(moment, known).flatMap(([, origins]) => origins);
  const share = wanted[0] === undefined ? 1 : startReplayWin(wanted[0], known).share;
  const left = await countKnownDeals({ ...store, thenMs: undefined }, connectionId, moment.asOfMs);
  const version = `${MADE} ${share} ${known - left}`;
  const made = ((await readScratch(store, runId, version)) ?? {}) as Made;
  if (share === 1 && known === left)
    for (const one of await pastOrigins(context)) made[`${one.atMs} ${one.periodEndMs}`] ??= one;
  const missing = wanted.filter((origin) => made[nameOf(origin)] === undefined);
  const fresh = await replayOrigins(context, missing, known);
  for (const origin of missing)
    made[nameOf(origin)] =
      fresh.find((one) => one.atMs === origin.asOfMs && one.periodEndMs === origin.period.endMs) ??
      null;
  await store.batch(saveScratch(store, runId, version, made));
  return wanted.flatMap((origin) => made[nameOf(origin)] ?? []);
}
