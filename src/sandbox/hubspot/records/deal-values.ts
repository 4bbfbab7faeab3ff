/** What HubSpot calculates on a deal from its stage, amount and dates. */
import { isClosed, type Pipelines, stageProbability } from '../model/pipelines.ts';
import { exactDecimal, instant } from '../model/text.ts';
import type { PortalSettings, Values } from '../model/types.ts';

const DAY_MS = 86_400_000;

/** The calculated values of a deal whose stored values become `after` at `atMs`; null clears. */
export function dealValues(
  settings: PortalSettings,
  pipelines: Pipelines,
  before: Values | null,
  after: Values,
  atMs: number,
): Record<string, string | null> {
  const found = after['dealstage'] === undefined ? null : pipelines.stage(after['dealstage']);
  const probability = found === null ? null : stageProbability(found.stage);
  const closed = found !== null && isClosed(found.stage);
  const won = closed && probability === 1;
  const amount = after['amount'] === undefined ? null : Number(after['amount']);
  const rate = exchangeRate(settings, after['deal_currency_code']);
  const money = (value: number | null, at: number): string | null =>
    value === null ? null : plain(value * at);
  const weighted = amount === null || probability === null ? null : amount * probability;
  const closedAmount = won ? (amount ?? 0) : 0;
  return {
    hs_deal_stage_probability: probability === null ? null : exactDecimal(probability),
    hs_is_closed: String(closed),
    hs_is_closed_won: String(won),
    hs_is_closed_lost: String(closed && !won),
    hs_forecast_amount: after['amount'] ?? null,
    hs_projected_amount: money(weighted, 1),
    hs_closed_amount: money(closedAmount, 1),
    amount_in_home_currency: money(amount, rate),
    hs_projected_amount_in_home_currency: money(weighted, rate),
    hs_closed_amount_in_home_currency: money(closedAmount, rate),
    hs_closed_won_date: won ? (after['closedate'] ?? null) : null,
    days_to_close: daysToClose(after),
    ...(Object.keys(settings.exchangeRates).length > 0 ? { hs_exchange_rate: plain(rate) } : {}),
    ...stageClocks(before, after, atMs),
  };
}

/** Company currency per unit of the deal's; an unknown currency counts one to one. */
function exchangeRate(settings: PortalSettings, code: string | undefined): number {
  return code === undefined || code === settings.companyCurrency
    ? 1
    : (settings.exchangeRates[code] ?? 1);
}

/** Without exponents and without the noise of binary multiplication. */
function plain(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

function daysToClose(after: Values): string | null {
  const created = Date.parse(after['createdate'] ?? '');
  const closes = Date.parse(after['closedate'] ?? '');
  return Number.isNaN(created) || Number.isNaN(closes)
    ? null
    : String(Math.max(0, Math.floor((closes - created) / DAY_MS)));
}

/**
 * Stage clocks: the last entry and exit, and the time spent, which is known when the deal leaves.
 */
function stageClocks(
  before: Values | null,
  after: Values,
  atMs: number,
): Record<string, string | null> {
  const left = before?.['dealstage'];
  const entered = after['dealstage'];
  if (left === entered) return {};
  const clocks: Record<string, string | null> = {
    hs_v2_date_entered_current_stage: entered === undefined ? null : instant(atMs),
  };
  if (left !== undefined) {
    const sinceMs = Date.parse(before?.[`hs_v2_date_entered_${left}`] ?? '');
    const stayedMs = Number.isNaN(sinceMs) ? 0 : atMs - sinceMs;
    clocks[`hs_v2_date_exited_${left}`] = instant(atMs);
    clocks[`hs_v2_latest_time_in_${left}`] = String(stayedMs);
    clocks[`hs_v2_cumulative_time_in_${left}`] = String(
      Number(before?.[`hs_v2_cumulative_time_in_${left}`] ?? 0) + stayedMs,
    );
  }
  if (entered !== undefined) {
    clocks[`hs_v2_date_entered_${entered}`] = instant(atMs);
    clocks[`hs_v2_date_exited_${entered}`] = null;
  }
  return clocks;
}
