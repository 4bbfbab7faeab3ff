import type { RecordedStatement } from '../../model/record.ts';
import type { DealScore, Forecast, PartnerScore } from '../../model/score.ts';
import type { Period } from '../../model/facts.ts';
import type { ForecastPart } from '../forecast/part.ts';
import { exactValue } from '../math/exact-sum.ts';

const NO_AMOUNT = { mean: null, low: null, middle: null, high: null };

/** What a deal's score says: that it is won by the end of the quarter. */
export const dealStatement = (score: DealScore): RecordedStatement => ({
  kind: 'deal',
  subjectId: score.dealId,
  saidMs: score.asOfMs,
  fromMs: score.event.fromMs,
  dueMs: score.event.dueMs,
  goal: null,
  chance: score.probability,
  ...NO_AMOUNT,
  beside: { baseRate: score.base / 100, stageAge: score.usual },
  model: score.modelVersion,
});

/**
 * What a partner's score says, and its share of the forecast; `part` = that share, beside which the
 * CRM's own weighted pipeline stands. Null = another partner stands for the account.
 */
export const partnerStatements = (
  score: PartnerScore,
  period: Period,
  part: Pick<ForecastPart, 'crm'> | null,
): RecordedStatement[] => [
  {
    kind: 'partner',
    subjectId: score.partnerId,
    saidMs: score.asOfMs,
    fromMs: score.event.fromMs,
    dueMs: score.event.dueMs,
    goal: score.event.goal,
    chance: score.score / 100,
    ...NO_AMOUNT,
    beside: { peer: score.difficulty / 100 },
    model: score.modelVersion,
  },
  {
    kind: 'partner-forecast',
    subjectId: score.partnerId,
    saidMs: score.asOfMs,
    fromMs: period.startMs,
    dueMs: period.endMs,
    goal: null,
    chance: null,
    mean: score.forecast.mean,
    low: score.forecast.p10,
    middle: score.forecast.p50,
    high: score.forecast.p90,
    beside: part === null ? {} : { crm: exactValue(part.crm) },
    model: score.modelVersion,
  },
];

/** What the forecast of all says; `lastPeriod` = what the period before brought, where known. */
export const forecastStatement = (
  { period, asOfMs, total, crmWeighted, modelVersion }: Omit<Forecast, 'breakdown'>,
  lastPeriod: number | null,
): RecordedStatement => ({
  kind: 'forecast',
  subjectId: period.label,
  saidMs: asOfMs,
  fromMs: period.startMs,
  dueMs: period.endMs,
  goal: null,
  chance: null,
  mean: total.mean,
  low: total.p10,
  middle: total.p50,
  high: total.p90,
  beside: { crm: crmWeighted, ...(lastPeriod === null ? {} : { lastPeriod }) },
  model: modelVersion,
});
