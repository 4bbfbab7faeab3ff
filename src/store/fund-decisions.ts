import { asc, eq } from 'drizzle-orm';
import type { FundDecision } from '../model/fund.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { fundDecisions } from './schema.ts';
import type { Store } from './store.ts';

const decisions = preparedRead(
  {
    fundId: fundDecisions.fundId,
    decision: fundDecisions.decision,
    by: fundDecisions.byWho,
    why: fundDecisions.why,
    atMs: fundDecisions.atMs,
  },
  (select) =>
    select
      .from(fundDecisions)
      .where(eq(fundDecisions.connectionId, given('connectionId')))
      .orderBy(asc(fundDecisions.fundId), asc(fundDecisions.atMs)),
);
/** What was decided of each campaign, the earliest first. */
export async function fundDecisionsOf(
  store: Store,
  connectionId: string,
): Promise<Map<string, FundDecision[]>> {
  const found = await decisions(store, { connectionId });
  return new Map(
    [...Map.groupBy(found, ({ fundId }) => fundId)].map(([id, own]) => [
      id,
      own.map(({ fundId: _, decision, ...rest }) => ({
        ...rest,
        decision: decision as FundDecision['decision'],
      })),
    ]),
  );
}

/** Keeps a decision; on the disk when it returns, since it exists nowhere else. */
export async function keepFundDecision(
  store: Store,
  connectionId: string,
  fundId: string,
  { by: byWho, ...columns }: FundDecision,
): Promise<void> {
  const row = { connectionId, fundId, byWho, ...columns };
  await store.batch(upsertRows(store, fundDecisions, [row]), true);
}
