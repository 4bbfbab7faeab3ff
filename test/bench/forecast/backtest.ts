/** Bookings within a horizon from the deals open at each Monday, foretold as of then and judged. */
import { amountMass, ownVariance, summary } from '../../../src/predict/forecast/distribution.ts';
import { atLevel } from '../../../src/predict/forecast/levelled.ts';
import { learnLevel, type PastOrigin } from '../../../src/predict/math/past-level.ts';
import { DAY_MS, WEEK_MS } from '../../../src/predict/math/time.ts';
import {
  endingAfter,
  historyOf,
  outcomeAt,
  type DealHistory,
} from '../../../src/predict/win/features/history.ts';
import { addWinDeal, finishWinFit, startWinFit } from '../../../src/predict/win/model/fit.ts';
import { winProbability } from '../../../src/predict/win/model/probability.ts';
import { curveOf, stageCurve, winWithin } from '../../../src/predict/win/model/table.ts';
import type { Deals } from '../accuracy/loan-log.ts';

const LIMITS = { deals: 100_000, snapshots: 40_000 };
/** Past origins that a level is learned from; those of one horizon tell one story. */
const PAST_ORIGINS = 5;

interface Origin {
  atMs: number;
  items: { amount: number; probability: number }[];
  actual: number;
  weighted: number;
  stageAge: number;
}

function amountAt(known: DealHistory, data: Map<string, Deals['deals'][number]>): number {
  const deal = data.get(known.id);
  const event = deal?.events.findLast((one) => one.atMs <= known.knownMs);
  return Math.max(0, event?.amount ?? deal?.amount ?? 0);
}

/** What is said at a Monday of every deal open then, and what came within the horizon. */
function originAt(data: Deals, atMs: number, horizonDays: number): Origin {
  const view = { stages: data.stages, timeZone: data.timeZone };
  const fit = startWinFit(atMs, [horizonDays], LIMITS);
  for (const deal of data.deals) addWinDeal(fit, deal, view);
  const model = finishWinFit(fit, view);
  const byId = new Map(data.deals.map((deal) => [deal.id, deal]));
  const endMs = atMs + horizonDays * DAY_MS;
  const within = { fromDays: 0, toDays: horizonDays };
  const origin: Origin = { atMs, items: [], actual: 0, weighted: 0, stageAge: 0 };
  for (const deal of data.deals) {
    const known = historyOf(deal, atMs, view);
    if (known === null || known.knownMs > atMs || outcomeAt(known, atMs) !== 'open') continue;
    const amount = amountAt(known, byId);
    const [since, at] = known.moves.findLast(([ms]) => ms <= atMs) ?? [known.knownMs, null];
    const stage = at ?? '';
    const byStage = winWithin(stageCurve(model.table, stage), within);
    origin.items.push({
      amount,
      probability: winProbability(model, known, atMs, endMs).probability,
    });
    origin.weighted += amount * (data.stages.get(stage)?.probability ?? byStage);
    const last = [known.activities, known.quotes, known.tasks]
      .flatMap((rows) => rows.map(([ms]) => ms))
      .reduce((latest, ms) => (ms <= atMs ? Math.max(latest, ms) : latest), since);
    const silentDays = (atMs - last) / DAY_MS;
    const place = { stage, stageDays: (atMs - since) / DAY_MS, silentDays };
    origin.stageAge += amount * winWithin(curveOf(model.table, place), within);
    const ending = endingAfter(historyOf(deal, endMs, view)!, atMs);
    if (ending !== null && ending[1] === 'won') origin.actual += amount;
  }
  return origin;
}

const meanOf = (origin: Origin, level = 1): number =>
  origin.items.reduce((sum, i) => sum + i.amount * atLevel(i.probability, level), 0);

const asPast = (origin: Origin, atMs: number, horizonDays: number): PastOrigin => ({
  atMs: origin.atMs,
  periodEndMs: -Math.floor((atMs - origin.atMs) / (horizonDays * DAY_MS)),
  elapsed: 0,
  open: {
    mean: meanOf(origin),
    variance: ownVariance(origin.items, []),
    actual: origin.actual,
  },
  fresh: { mean: 0, variance: 0, actual: 0 },
});

interface Judged {
  wape: number;
  bias: number;
}

export interface ForecastReport extends Judged {
  origins: { at: string; mean: number; p10: number; p50: number; p90: number; actual: number }[];
  coverage80: number;
  width80: number;
  baselines: Record<'weightedPipeline' | 'stageAge' | 'persistence', Judged>;
}

function judge(said: readonly number[], actual: readonly number[]): Judged {
  const total = actual.reduce((a, b) => a + b, 0);
  const off = said.reduce((sum, x, i) => sum + Math.abs(x - actual[i]!), 0);
  return { wape: off / total, bias: said.reduce((a, b) => a + b, 0) / total - 1 };
}

/** `fromMs` to `untilMs`, both included: the Mondays judged. The model is fitted anew at each. */
export function backtestForecast(
  data: Deals,
  { fromMs, untilMs, horizonDays }: { fromMs: number; untilMs: number; horizonDays: number },
): ForecastReport {
  const made = new Map<number, Origin>();
  const at = (ms: number): Origin => {
    let found = made.get(ms);
    if (!found) made.set(ms, (found = originAt(data, ms, horizonDays)));
    return found;
  };
  const first = 4 * DAY_MS + Math.ceil((fromMs - 4 * DAY_MS) / WEEK_MS) * WEEK_MS;
  const rows: (ForecastReport['origins'][number] & { origin: Origin; before: number })[] = [];
  for (
    let ms = first;
    ms <= untilMs && ms + horizonDays * DAY_MS <= data.lastMs + DAY_MS;
    ms += WEEK_MS
  ) {
    const over = Array.from(
      { length: PAST_ORIGINS },
      (_, k) => ms - Math.ceil(horizonDays / 7) * WEEK_MS - k * WEEK_MS,
    ).filter((past) => data.deals.some((deal) => deal.createdMs < past - 2 * WEEK_MS));
    const level = learnLevel(
      over.map((past) => asPast(at(past), ms, horizonDays)),
      0,
    );
    const origin = at(ms);
    const items = origin.items.map((i) => ({
      ...i,
      probability: atLevel(i.probability, level.open),
    }));
    const said = summary(amountMass(0, items, [], Math.hypot(level.sd, level.levelSd)));
    const wide = (end: number): number => said.p50 * (end / said.p50) ** level.width;
    rows.push({
      at: new Date(ms).toISOString().slice(0, 10),
      mean: said.mean,
      p10: wide(said.p10),
      p50: said.p50,
      p90: wide(said.p90),
      actual: origin.actual,
      origin,
      before: over.length > 0 ? at(over[0]!).actual : 0,
    });
  }
  const actual = rows.map((row) => row.actual);
  const total = actual.reduce((a, b) => a + b, 0);
  return {
    origins: rows.map(({ origin: _origin, before: _before, ...row }) => row),
    ...judge(
      rows.map((row) => row.mean),
      actual,
    ),
    coverage80: rows.filter((r) => r.actual >= r.p10 && r.actual <= r.p90).length / rows.length,
    width80: rows.reduce((sum, r) => sum + r.p90 - r.p10, 0) / total,
    baselines: {
      weightedPipeline: judge(
        rows.map((row) => row.origin.weighted),
        actual,
      ),
      stageAge: judge(
        rows.map((row) => row.origin.stageAge),
        actual,
      ),
      persistence: judge(
        rows.map((row) => row.before),
        actual,
      ),
    },
  };
}
