import { and, asc, eq, sql } from 'drizzle-orm';
import type { Period } from '../model/facts.ts';
import type { Forecast, KpiValue } from '../model/score.ts';
import { forecasts, kpiValues, partnerCredits } from './schema.ts';
import type { Store } from './store.ts';

/** How a period's forecast stood on one day. */
export interface ForecastPoint {
  runId: string;
  asOfMs: number;
  wonToDate: number;
  mean: number;
  p10: number;
  p50: number;
  p90: number;
  openMean: number;
  newMean: number;
  crmWeighted: number;
  period: Period;
}

/** More days than any quarter has. */
const MAX_DAYS = 400;

/** The last forecast of each day that a period was forecast on, the earliest first. */
export async function forecastDays(
  store: Store,
  connectionId: string,
  period: string,
): Promise<ForecastPoint[]> {
  // SQLite gives the other columns of the row that has the maximum
  // (https://www.sqlite.org/lang_select.html#bareagg).
  const found = await store.db
    .select({
      runId: forecasts.runId,
      asOfMs: sql<number>`max(${forecasts.asOfMs})`.as('as_of'),
      detail: forecasts.detail,
    })
    .from(forecasts)
    .where(and(eq(forecasts.connectionId, connectionId), eq(forecasts.period, period)))
    .groupBy(sql`${forecasts.asOfMs} / 86400000`)
    .orderBy(asc(sql`as_of`))
    .limit(MAX_DAYS);
  return found.map(({ runId, asOfMs, detail }) => {
    const {
      total,
      wonToDate,
      openMean,
      newMean,
      crmWeighted,
      period: own,
    } = JSON.parse(detail) as Forecast;
    return { runId, asOfMs, wonToDate, ...total, openMean, newMean, crmWeighted, period: own };
  });
}

/** The metrics of a partner as the last run measured them. */
export const kpisOf = async (
  store: Store,
  connectionId: string,
  partnerId: string,
): Promise<(KpiValue & { asOfMs: number })[]> =>
  await store.db
    .select({
      kpi: kpiValues.kpi,
      value: kpiValues.value,
      low: kpiValues.low,
      high: kpiValues.high,
      evidence: kpiValues.evidence,
      note: kpiValues.note,
      asOfMs: kpiValues.asOfMs,
    })
    .from(kpiValues)
    .where(and(eq(kpiValues.connectionId, connectionId), eq(kpiValues.partnerId, partnerId)))
    .orderBy(asc(kpiValues.kpi));

/** What a partner has been credited with in the fiscal year, in cents; null = nothing. */
export async function creditOfPartner(
  store: Store,
  connectionId: string,
  accountId: string,
): Promise<{ sourced: number; influenced: number } | null> {
  const [found] = await store.db
    .select({ sourced: partnerCredits.sourced, influenced: partnerCredits.influenced })
    .from(partnerCredits)
    .where(
      and(eq(partnerCredits.connectionId, connectionId), eq(partnerCredits.partnerId, accountId)),
    );
  return found ?? null;
}
