import type { PartnerFacts } from '../../model/facts.ts';
import type { TrackRecord } from '../../model/record.ts';
import type { DealScore, Forecast } from '../../model/score.ts';
import {
  channelForecast,
  chanceLine,
  recordLine,
  scoreDirectDeals,
  scorePartner,
  type ForecastPart,
} from '../../predict/index.ts';
import { claimsOf, partnerCreditsOf } from '../../store/credit.ts';
import { dealPage, partnerPage } from '../../store/facts.ts';
import {
  dropOldDealScores,
  saveDealScores,
  saveForecast,
  savePartnerScores,
} from '../../store/results.ts';
import { readScratch, saveScratch } from '../../store/scratch.ts';
import type { RunContext } from '../run/context.ts';
import { fittedPool } from './fit.ts';
import { keepForecast, keepScores, shownRecord, spokenRecord } from './track.ts';
import { moneyOf, secondPartners } from './link.ts';
import {
  DEAL_PAGE,
  PARTNER_PAGE,
  PARTNER_PAGE_DEALS,
  PARTNER_PAGES_PER_STEP,
} from '../run/limits.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { waiting } from './actions.ts';
import { measureContext, runSpeech } from './measure-context.ts';

export interface ScoreStep {
  n: number;
  after: string;
  partners: number;
  deals: number;
  done: boolean;
}

const partsName = (kind: string, n: number): string => `parts ${kind} ${n}`;

/**
 * Scores a few pages of partners and their open deals; their shares of the
 * forecast wait in the store.
 */
export async function scorePartners(
  context: RunContext,
  previous: ScoreStep | null,
): Promise<ScoreStep> {
  const { store, connectionId, resultsId, runId } = context;
  const [pool, facts] = [await fittedPool(context), await measureContext(context)];
  const [second, record] = [await secondPartners(context), await spokenRecord(context)];
  const parts: ForecastPart[] = [];
  const result: ScoreStep = {
    n: (previous?.n ?? 0) + 1,
    after: previous?.after ?? '',
    partners: 0,
    deals: 0,
    done: false,
  };
  for (let n = 0; n < PARTNER_PAGES_PER_STEP && !result.done; n++) {
    const page = await partnerPage(
      store,
      connectionId,
      result.after,
      PARTNER_PAGE,
      moneyOf(context),
      PARTNER_PAGE_DEALS,
    );
    result.done = page.length === 0;
    if (result.done) break;
    const scored = await withCredit(
      context,
      page,
      page.map((partner) =>
        withRecord(
          record,
          countOnce(second, scorePartner(partner, pool, facts)),
          runSpeech(context),
        ),
      ),
    );
    parts.push(...scored.flatMap((one) => one.forecastParts));
    await store.batch([
      ...savePartnerScores(
        store,
        resultsId,
        runId,
        scored.map((one) => waiting(one.partner)),
      ),
      ...saveDealScores(
        store,
        resultsId,
        runId,
        scored.flatMap((one) => one.deals.map(waiting)),
      ),
      ...(await keepScores(
        context,
        scored.map(({ partner, forecastParts }) => ({
          score: partner,
          part: forecastParts[0] ?? null,
        })),
        scored.flatMap((one) => one.deals),
      )),
    ]);
    result.partners += scored.length;
    result.deals += scored.reduce((sum, one) => sum + one.deals.length, 0);
    result.after = page.at(-1)?.id ?? result.after;
    context.progress({
      kind: 'rows',
      step: 'score partners',
      object: 'partner',
      rows: result.partners,
      changed: result.partners,
      totalRows: null,
    });
  }
  await store.batch(saveScratch(store, runId, partsName('partners', result.n), parts));
  return result;
}

type Scored = ReturnType<typeof scorePartner>;

/** Beside each score what the partner's credit comes to, and which deals repeat others. */
async function withCredit(
  context: RunContext,
  page: PartnerFacts[],
  scored: Scored[],
): Promise<Scored[]> {
  const { store, resultsId } = context;
  const accountOf = (partner: PartnerFacts): string => partner.accountId ?? partner.id;
  const sums = await partnerCreditsOf(store, resultsId, page.map(accountOf));
  const deals = await withDuplicates(
    context,
    scored.flatMap((one) => one.deals),
  );
  const dealOf = new Map(deals.map((deal) => [deal.dealId, deal]));
  return scored.map((one, i) => {
    const sum = sums.get(accountOf(page[i]!)) ?? { sourced: 0, influenced: 0 };
    return {
      ...one,
      partner: {
        ...one.partner,
        credit: { sourced: sum.sourced / 100, influenced: sum.influenced / 100 },
      },
      deals: one.deals.map((deal) => dealOf.get(deal.dealId) ?? deal),
    };
  });
}

/** What the record tells of chances like these. */
const dealWithRecord = (
  record: TrackRecord | null,
  deal: DealScore,
  speech: Speech,
): DealScore => ({
  ...deal,
  trackRecord: chanceLine(record, 'deal', deal.probability, speech),
});
const withRecord = (record: TrackRecord | null, scored: Scored, speech: Speech): Scored => ({
  ...scored,
  partner: {
    ...scored.partner,
    trackRecord: chanceLine(record, 'partner', scored.partner.score / 100, speech),
  },
  deals: scored.deals.map((deal) => dealWithRecord(record, deal, speech)),
});

async function withDuplicates(context: RunContext, deals: DealScore[]): Promise<DealScore[]> {
  const speech = runSpeech(context);
  const claims = await claimsOf(
    context.store,
    context.resultsId,
    deals.map((deal) => deal.dealId),
  );
  const repeated = new Map(
    claims.flatMap(({ dealId, duplicateOf }) =>
      dealId === null || duplicateOf === null || duplicateOf.dealId === dealId
        ? []
        : [
            [
              dealId,
              say(speech, 'duplicate.of', {
                id: duplicateOf.dealId ?? duplicateOf.id,
                evidence: duplicateOf.evidence,
              }),
            ] as const,
          ],
    ),
  );
  return deals.map((deal) => ({ ...deal, duplicateOf: repeated.get(deal.dealId) ?? null }));
}

/**
 * The second partner of an account shows its score; the account's deals, its share of the forecast
 * and what it is worth come with the first one.
 */
function countOnce(second: Set<string>, scored: Scored): Scored {
  if (!second.has(scored.partner.partnerId)) return scored;
  const { sales: _, traits: __, ...partner } = scored.partner;
  return { ...scored, partner, deals: [], forecastParts: [] };
}

/** The same for deals without a partner. */
export async function scoreDirect(
  context: RunContext,
  previous: ScoreStep | null,
): Promise<ScoreStep> {
  const { store, connectionId, resultsId, runId } = context;
  const [pool, facts] = [await fittedPool(context), await measureContext(context)];
  const record = await spokenRecord(context);
  const parts: ForecastPart[] = [];
  const result: ScoreStep = {
    n: (previous?.n ?? 0) + 1,
    after: previous?.after ?? '',
    partners: 0,
    deals: 0,
    done: false,
  };
  for (let n = 0; n < PARTNER_PAGES_PER_STEP && !result.done; n++) {
    const page = await dealPage(store, connectionId, result.after, DEAL_PAGE, true);
    const scored = scoreDirectDeals(page, pool, facts);
    parts.push(...scored.forecastParts);
    const deals = (await withDuplicates(context, scored.deals)).map((deal) =>
      dealWithRecord(record, deal, runSpeech(context)),
    );
    await store.batch([
      ...saveDealScores(store, resultsId, runId, deals.map(waiting)),
      ...(await keepScores(context, [], deals)),
    ]);
    result.deals += scored.deals.length;
    result.after = page.at(-1)?.id ?? result.after;
    result.done = page.length < DEAL_PAGE;
  }
  await store.batch(saveScratch(store, runId, partsName('direct', result.n), parts));
  return result;
}

/** Folds all shares into the forecast of the current period. */
export async function foldForecast(
  context: RunContext,
  partnerSteps: number,
  directSteps: number,
): Promise<Forecast> {
  const { store, resultsId, runId } = context;
  const names = [
    ...Array.from({ length: partnerSteps }, (_, i) => partsName('partners', i + 1)),
    ...Array.from({ length: directSteps }, (_, i) => partsName('direct', i + 1)),
  ];
  const parts: ForecastPart[] = [];
  for (const name of names)
    for (const part of ((await readScratch(store, runId, name)) ?? []) as ForecastPart[])
      parts.push(part);
  const pool = await fittedPool(context);
  const record = await shownRecord(context);
  const forecast = {
    ...channelForecast(parts, pool, await measureContext(context)),
    trackRecord: record === null ? null : recordLine(record),
    level: pool.level,
  };
  await store.batch([
    ...saveForecast(store, resultsId, runId, forecast),
    ...keepForecast(context, forecast, pool.pastQuarters[0]?.won ?? null),
    ...dropOldDealScores(store, resultsId, runId),
  ]);
  return forecast;
}
