import { canonicalJson, contentHash } from '../model/canonical.ts';
import type { MeasureContext } from '../model/facts.ts';
import type { Forecast } from '../model/score.ts';
import { addDeal, channelForecast, finishPool, fiscalQuarter, scoreDirectDeals, scorePartner, startPool, type ForecastPart } from '../score/index.ts';
import { dealPage, partnerPage, readStages } from '../store/facts.ts';
import { dropOldDealScores, saveDealScores, saveForecast, saveModel, savePartnerScores } from '../store/results.ts';
import type { RunContext } from './context.ts';

/** Facts of this many partners or deals are in memory at once. */
const PARTNER_PAGE = 200;
const DEAL_PAGE = 1000;

export interface MeasureResult { partners: number; deals: number; model: string; forecast: Forecast }

export async function measureContext(context: RunContext): Promise<MeasureContext> {
  const { settings } = context.mapping;
  const stages = await readStages(context.store, context.connectionId);
  return {
    asOfMs: context.asOfMs, period: fiscalQuarter(context.asOfMs, settings.timeZone, settings.fiscalYearStartMonth),
    horizonDays: settings.horizonDays, staleDays: settings.staleDays, timeZone: settings.timeZone, reportingCurrency: settings.reportingCurrency,
    stages: new Map(stages.map((stage) => [stage.key, stage])),
  };
}

/** Fits the pool on every deal, then scores partners and deals page by page, then folds the pages into the forecast. */
export async function measure(context: RunContext): Promise<MeasureResult> {
  const { store, connectionId, runId } = context;
  const facts = await measureContext(context);
  const fit = startPool(facts);
  for (let after = ''; ;) {
    const page = await dealPage(store, connectionId, after, DEAL_PAGE, false);
    for (const deal of page) addDeal(fit, deal);
    if (page.length < DEAL_PAGE) break;
    after = page.at(-1)!.id;
  }
  const pool = finishPool(fit);
  // The fit is part of the version: two runs of one model learned from different pasts.
  const version = `${pool.modelVersion}-${contentHash(canonicalJson(pool)).slice(0, 8)}`;
  await store.batch(saveModel(store, connectionId, version, context.asOfMs, pool));

  const parts: ForecastPart[] = [];
  const counted = { partners: 0, deals: 0 };
  for (let after = ''; ;) {
    const page = await partnerPage(store, connectionId, after, PARTNER_PAGE);
    const scored = page.map((partner) => scorePartner(partner, pool, facts));
    parts.push(...scored.flatMap((result) => result.forecastParts));
    await store.batch([
      ...savePartnerScores(store, connectionId, runId, scored.map((result) => result.partner)),
      ...saveDealScores(store, connectionId, runId, scored.flatMap((result) => result.deals)),
    ]);
    counted.partners += scored.length;
    counted.deals += scored.reduce((sum, result) => sum + result.deals.length, 0);
    context.progress({ kind: 'rows', step: 'score', object: 'partner', rows: counted.partners, changed: counted.partners, totalRows: null });
    if (page.length < PARTNER_PAGE) break;
    after = page.at(-1)!.id;
  }
  for (let after = ''; ;) {
    const page = await dealPage(store, connectionId, after, DEAL_PAGE, true);
    const scored = scoreDirectDeals(page, pool, facts);
    parts.push(...scored.forecastParts);
    await store.batch(saveDealScores(store, connectionId, runId, scored.deals));
    counted.deals += scored.deals.length;
    if (page.length < DEAL_PAGE) break;
    after = page.at(-1)!.id;
  }
  const forecast = channelForecast(parts, pool, facts);
  await store.batch([...saveForecast(store, connectionId, runId, forecast), ...dropOldDealScores(store, connectionId, runId)]);
  return { ...counted, model: version, forecast };
}
