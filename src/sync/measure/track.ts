import type { DealScore, Forecast } from '../../model/score.ts';
import type { StatementSource, TrackRecord } from '../../model/record.ts';
import {
  dealStatement,
  forecastStatement,
  partnerStatements,
  trackRecord,
  type SaidOfPartner,
} from '../../predict/index.ts';
import { wasBacktested } from '../../store/backtests.ts';
import { countDeals } from '../../store/facts.ts';
import { countStatements, judgedStatements, saveStatements } from '../../store/statements.ts';
import type { Statement } from '../../store/store.ts';
import { readTrackRecord, saveTrackRecord } from '../../store/track-record.ts';
import type { RunContext } from '../run/context.ts';
import { STATEMENT_DAYS_LARGE, STATEMENT_LARGE_DEALS } from '../run/limits.ts';
import { measureContext } from './measure-context.ts';
import type { SettleStep } from './settle.ts';

/** Counts the record anew where something has come out since, and says how much has. */
export async function countRecord(
  context: RunContext,
  settled: SettleStep | undefined,
  held: boolean,
  source: StatementSource = 'live',
): Promise<{ statements: number; ended: number }> {
  const { store, servedId, resultsId, asOfMs } = context;
  const known = await readTrackRecord(store, servedId, source);
  if (held || resultsId !== servedId || (known !== null && settled?.settled === 0))
    return { statements: known?.record.statements ?? 0, ended: known?.record.ended ?? 0 };
  const record = trackRecord(
    source,
    await countStatements(store, servedId, source, asOfMs),
    await judgedStatements(store, servedId, source),
  );
  await store.batch(saveTrackRecord(store, servedId, asOfMs, record));
  return { statements: record.statements, ended: record.ended };
}

const saysSomething = ({ chances, amounts }: TrackRecord): boolean =>
  chances.length + amounts.length > 0;

/**
 * The record that texts speak of: what was said live, or until something of that has ended what
 * the backtest that somebody ran says; null = neither. What the first run replays by itself is
 * shown where the record is, and changes no field: no dry run before it could have shown that.
 */
export async function spokenRecord(
  context: Pick<RunContext, 'store' | 'servedId'>,
): Promise<TrackRecord | null> {
  const live = (await readTrackRecord(context.store, context.servedId, 'live'))?.record;
  if (live !== undefined && saysSomething(live)) return live;
  const { store, servedId } = context;
  const asked = await wasBacktested(store, servedId);
  const replayed = asked ? await readTrackRecord(store, servedId, 'replayed') : null;
  return replayed?.record ?? live ?? null;
}

/**
 * The record beside a forecast: as {@link spokenRecord}, and until it says something what the
 * first run replayed by itself. No field is written from it.
 */
export async function shownRecord(
  context: Pick<RunContext, 'store' | 'servedId'>,
): Promise<TrackRecord | null> {
  const spoken = await spokenRecord(context);
  if (spoken !== null && saysSomething(spoken)) return spoken;
  return (await readTrackRecord(context.store, context.servedId, 'replayed'))?.record ?? spoken;
}

const placeOf = ({ servedId, runId }: RunContext) =>
  ({ connectionId: servedId, source: 'live', runId }) as const;

/** Nothing that a dry run finds has been said to anybody. */
const isReal = ({ resultsId, servedId }: RunContext): boolean => resultsId === servedId;

/** Keeps what a page of scores says. */
export async function keepScores(
  context: RunContext,
  partners: readonly SaidOfPartner[],
  deals: readonly DealScore[],
): Promise<Statement[]> {
  if (!isReal(context)) return [];
  const { store, connectionId } = context;
  const { period } = await measureContext(context);
  const large = (await countDeals(store, connectionId)) > STATEMENT_LARGE_DEALS;
  const said = [
    ...partners.flatMap(({ score, part }) => partnerStatements(score, period, part)),
    ...deals.map(dealStatement),
  ];
  return saveStatements(store, placeOf(context), said, large ? STATEMENT_DAYS_LARGE : 1);
}

/** Keeps what the forecast says. */
export const keepForecast = (
  context: RunContext,
  forecast: Forecast,
  lastPeriod: number | null,
): Statement[] =>
  isReal(context)
    ? saveStatements(context.store, placeOf(context), [forecastStatement(forecast, lastPeriod)])
    : [];
