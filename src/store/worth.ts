import { and, asc, eq, sql } from 'drizzle-orm';
import type { PartnerEffort } from '../model/allocation.ts';
import type { KpiProof } from '../model/proof.ts';
import type { Forecast } from '../model/score.ts';
import type { TierSeries } from '../model/tier.ts';
import type { PartnerTraits } from '../model/traits.ts';
import type { PartnerSales, PartnerWorth } from '../model/worth.ts';
import { given, preparedSql } from './prepared.ts';
import { latestForecast } from './results.ts';
import { partners, partnerScores } from './schema.ts';
import { partnerOfScore } from './scored.ts';
import type { Statement, Store } from './store.ts';

const ofRun = (resultsId: string, runId: string) =>
  and(eq(partnerScores.connectionId, resultsId), eq(partnerScores.runId, runId));

export interface Seller extends PartnerSales {
  id: string;
  /** Expected amount over the goal of its score. */
  attainment: number;
}

/** What the scored partners of a run won month by month, and where they stand to their goals. */
export async function salesOfRun(
  store: Store,
  resultsId: string,
  runId: string,
): Promise<Seller[]> {
  const found = await store.db
    .select({
      id: partnerScores.partnerId,
      sales: sql<string | null>`json_extract(${partnerScores.detail}, '$.sales')`,
      attainment: sql<number>`json_extract(${partnerScores.detail}, '$.expectedAttainment')`,
    })
    .from(partnerScores)
    .where(ofRun(resultsId, runId))
    .orderBy(asc(partnerScores.partnerId));
  return found.flatMap(({ sales, ...row }) =>
    sales === null ? [] : [{ ...row, ...(JSON.parse(sales) as PartnerSales) }],
  );
}

/** What the tiers of a run's scored partners are measured by. */
export async function climbsOfRun(
  store: Store,
  resultsId: string,
  runId: string,
): Promise<(TierSeries & { id: string })[]> {
  const climb = sql<string | null>`json_extract(${partnerScores.detail}, '$.climb')`;
  const found = await store.db
    .select({ id: partnerScores.partnerId, climb })
    .from(partnerScores)
    .where(ofRun(resultsId, runId));
  return found.flatMap(({ id, climb: text }) =>
    text === null ? [] : [{ id, ...(JSON.parse(text) as TierSeries) }],
  );
}

/** What the scored partners of a run are like. */
export async function traitsOfRun(
  store: Store,
  resultsId: string,
  runId: string,
): Promise<(PartnerTraits & { id: string })[]> {
  const traits = sql<string | null>`json_extract(${partnerScores.detail}, '$.traits')`;
  const found = await store.db
    .select({ id: partnerScores.partnerId, traits })
    .from(partnerScores)
    .where(ofRun(resultsId, runId))
    .orderBy(asc(partnerScores.partnerId));
  return found.flatMap(({ id, traits: text }) =>
    text === null ? [] : [{ id, ...(JSON.parse(text) as PartnerTraits) }],
  );
}

/** What is found of partners as a whole. */
export type Findings = Required<
  Pick<Forecast, 'proofs' | 'profile' | 'coverage' | 'customers' | 'lifts' | 'certification'>
>;

// Set one by one: a patch would drop whatever is null inside.
const putFindings = preparedSql(
  sql`update forecasts set detail = json_set(detail, '$.proofs', json(${given('proofs')}), '$.profile', json(${given('profile')}), '$.coverage', json(${given('coverage')}), '$.customers', json(${given('customers')}), '$.lifts', json(${given('lifts')}), '$.certification', json(${given('certification')})) where connection_id = ${given('resultsId')} and run_id = ${given('runId')}`,
);
/** Puts what was found of partners as a whole beside the forecast of the run. */
export const saveFindings = (resultsId: string, runId: string, findings: Findings): Statement[] => [
  putFindings({
    ...{ resultsId, runId },
    proofs: JSON.stringify(findings.proofs),
    profile: JSON.stringify(findings.profile),
    coverage: JSON.stringify(findings.coverage),
    customers: JSON.stringify(findings.customers),
    lifts: JSON.stringify(findings.lifts),
    certification: JSON.stringify(findings.certification),
  }),
];

/** What the last run proved of leading metrics; none before the first. */
export async function proofsByKpi(
  store: Store,
  resultsId: string,
): Promise<ReadonlyMap<string, KpiProof>> {
  const proofs = (await latestForecast(store, resultsId))?.forecast.proofs ?? [];
  return new Map(proofs.map((proof) => [proof.kpi, proof]));
}

const putBeside = preparedSql(
  sql`update partner_scores set detail = json_set(detail, '$.worth', json(given.value)) from json_each(${given('worth')}) given where connection_id = ${given('resultsId')} and run_id = ${given('runId')} and partner_id = given.key`,
);
/** Puts what partners are worth beside their scores. */
export const saveWorth = (
  resultsId: string,
  runId: string,
  worth: readonly { partnerId: string; worth: PartnerWorth }[],
): Statement[] => {
  const byId = Object.fromEntries(worth.map((one) => [one.partnerId, one.worth]));
  return [putBeside({ resultsId, runId, worth: JSON.stringify(byId) })];
};

export interface WorthRow {
  id: string;
  /** The account that deals and campaigns name. */
  accountId: string;
  name: string;
  type: string | null;
  worth: PartnerWorth;
}

/** Partners of a run with what they are worth. */
export async function worthRows(
  store: Store,
  { rowsId, resultsId, runId }: { rowsId: string; resultsId: string; runId: string },
): Promise<WorthRow[]> {
  const worth = sql<string | null>`json_extract(${partnerScores.detail}, '$.worth')`;
  const accountId = sql<string>`coalesce(${partners.accountId}, ${partners.id})`;
  const found = await store.db
    .select({ id: partners.id, accountId, name: partners.name, type: partners.type, worth })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(rowsId))
    .where(ofRun(resultsId, runId))
    .orderBy(asc(partnerScores.partnerId));
  return found.flatMap(({ worth: text, ...row }) =>
    text === null ? [] : [{ ...row, worth: JSON.parse(text) as PartnerWorth }],
  );
}

/** What each valued partner of a run won in its last year, and nothing else of it. */
export async function lastYears(
  store: Store,
  { rowsId, resultsId, runId }: { rowsId: string; resultsId: string; runId: string },
): Promise<number[]> {
  const lastYear = sql<
    number | null
  >`json_extract(${partnerScores.detail}, '$.worth.value.lastYear')`;
  const found = await store.db
    .select({ lastYear })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(rowsId))
    .where(ofRun(resultsId, runId))
    .orderBy(asc(partnerScores.partnerId));
  return found.flatMap((row) => row.lastYear ?? []);
}

export interface EffortRow extends Omit<WorthRow, 'worth' | 'accountId'> {
  effort: PartnerEffort;
  /** Expected to be won with it in a year. */
  value1y: number;
}

/** Partners of a run that have a value, with what our own side spent on them. */
export async function effortRows(
  store: Store,
  { rowsId, resultsId, runId }: { rowsId: string; resultsId: string; runId: string },
): Promise<EffortRow[]> {
  const found = await store.db
    .select({
      id: partners.id,
      name: partners.name,
      type: partners.type,
      effort: sql<string | null>`json_extract(${partnerScores.detail}, '$.effort')`,
      value1y: sql<
        number | null
      >`json_extract(${partnerScores.detail}, '$.worth.value.value1y.mean')`,
    })
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(rowsId))
    .where(ofRun(resultsId, runId))
    .orderBy(asc(partnerScores.partnerId));
  return found.flatMap(({ effort, value1y, ...row }) =>
    effort === null || value1y === null
      ? []
      : [{ ...row, value1y, effort: JSON.parse(effort) as PartnerEffort }],
  );
}
