import { HeadwaterError } from '../../model/error.ts';
import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import type { MappingSettings } from '../../model/mapping.ts';
import type { BacktestOrigin, BacktestReport, JudgedStatement } from '../../model/record.ts';
import {
  backtestReport,
  broughtAfter,
  chanceRecord,
  judgedAt,
  knownDeals,
  originsOf,
  pastOrigin,
  sayAt,
  startReplayWin,
  type Book,
  type OriginsAsked,
  type PastOrigin,
  type SaidThen,
} from '../../predict/index.ts';
import type { Store } from '../../store/store.ts';
import { othersTurn } from '../run/turn.ts';
import { bookShelf } from './backtest-book.ts';
import { nothingToReplay, notesOn } from './backtest-notes.ts';
import { contextOutsideRun } from './measure-context.ts';
import { affordablePast } from './replay.ts';
import { YEAR_MS } from '../../model/time.ts';

export interface BacktestAsked {
  every: OriginsAsked['every'];
  horizon: OriginsAsked['horizon'];
  /** Null = a year before the end. */
  fromMs: number | null;
  untilMs: number | null;
}

/** Told before the first origin (`done` 0) and after each; `of` origins in all. */
export type BacktestProgress = (at: {
  done: number;
  of: number;
  atMs: number;
  deals: number;
}) => void;

export interface Backtest {
  report: BacktestReport;
  judged: JudgedStatement[];
}

/**
 * What Headwater would have said at past moments, held against what came: read from the local copy
 * alone. The same rows and options give the same bytes. Errors: `config` when there is no past.
 */
export async function backtest(
  { store, connectionId, settings, asOfMs }: BacktestPlace,
  asked: BacktestAsked,
  progress: BacktestProgress,
): Promise<Backtest> {
  const context = await contextOutsideRun(store, connectionId, settings, asOfMs);
  const { reportingCurrency, fiscalYearStartMonth } = settings;
  const bookAt = await bookShelf(store, connectionId, { reportingCurrency, asOfMs });
  const book = await bookAt(asOfMs);
  const untilMs = Math.min(asked.untilMs ?? asOfMs, asOfMs);
  const origins = originsOf(context, {
    ...{ every: asked.every, horizon: asked.horizon, fiscalYearStartMonth, untilMs },
    fromMs: asked.fromMs ?? untilMs - YEAR_MS,
  });
  const why = nothingToReplay(book, context, origins);
  if (why !== null)
    throw new HeadwaterError('config', why, {
      code: 'NO_PAST',
      cure: 'Give an earlier --from, a shorter --horizon, or come back when more has happened.',
    });
  const judged: JudgedStatement[] = [];
  const rows: BacktestOrigin[] = [];
  const past = pastOf(asked.horizon, origins);
  progress({ done: 0, of: origins.length, atMs: origins[0]!.asOfMs, deals: 0 });
  for (const [i, origin] of origins.entries()) {
    const then = await bookAt(origin.asOfMs);
    const said = sayAt(then, past(then, origin), origin);
    const end = await bookAt(origin.period.endMs - 1);
    const { statements, amount } = judgedAt(said, end, origin);
    // Before the first deals there was nothing to say.
    if (said.dealsKnown > 0) {
      judged.push(...statements);
      rows.push(originRow(said, statements, amount, broughtAfter(end, origin)));
    }
    progress({ done: i + 1, of: origins.length, atMs: origin.asOfMs, deals: said.deals.length });
    await othersTurn();
  }
  const about = {
    ...{ asOfMs, every: asked.every, horizon: asked.horizon, currency: reportingCurrency },
    dealsKnown: book.partners.reduce((n, one) => n + one.deals.length, book.direct.length),
    origins: rows,
    notes: notesOn(book, context),
  };
  return { report: backtestReport(about, judged), judged };
}

export interface BacktestPlace {
  store: Store;
  connectionId: string;
  settings: MappingSettings;
  /** What is known: the moment of the last run. */
  asOfMs: number;
}

/**
 * Past forecasts that an origin may learn from, each made once of the same book: those whose period
 * was over, and as many as a run of that day could afford.
 */
function pastOf(
  horizon: OriginsAsked['horizon'],
  origins: readonly MeasureContext[],
): (book: Book, origin: MeasureContext) => PastOrigin[] {
  const made = new Map<string, PastOrigin | null>();
  // By what holds no book: two of them at most are in memory.
  const names = new WeakMap<readonly PartnerFacts[], number>();
  let books = 0;
  return (book, origin) => {
    const known = knownDeals(book, origin.asOfMs);
    if (!names.has(book.partners)) names.set(book.partners, books++);
    const contexts =
      horizon === 'quarter'
        ? affordablePast(origin, known).flatMap(([, own]) => own)
        : origins.filter(({ period }) => period.endMs <= origin.asOfMs);
    return contexts.flatMap((past) => {
      const { share } = startReplayWin(past, known);
      const key = `${names.get(book.partners)} ${share} ${past.asOfMs} ${past.period.endMs}`;
      let found = made.get(key);
      if (found === undefined) made.set(key, (found = pastOrigin(book, past, known)));
      return found ?? [];
    });
  };
}

function originRow(
  { deals, partners, forecast, lastPeriod }: SaidThen,
  statements: readonly JudgedStatement[],
  amount: number,
  brought: { open: number; fresh: number },
): BacktestOrigin {
  const { total, openMean, newMean, crmWeighted, asOfMs, period } = forecast;
  const ofDeals = statements.filter((one) => one.kind === 'deal');
  const own = chanceRecord('deal', ofDeals);
  return {
    atMs: asOfMs,
    dueMs: period.endMs,
    deals: deals.length,
    partners: partners.length,
    won: ofDeals.filter((one) => one.happened === true).length,
    logLoss: own?.logLoss.value ?? null,
    baseline: {
      ...Object.fromEntries((own?.against ?? []).map((one) => [one.baseline, one.logLoss])),
      ...(lastPeriod === null ? {} : { lastPeriod }),
    },
    ...{ mean: total.mean, low: total.p10, middle: total.p50, high: total.p90 },
    ...{ amount, crm: crmWeighted },
    open: { said: openMean, brought: brought.open },
    fresh: { said: newMean, brought: brought.fresh },
  };
}
