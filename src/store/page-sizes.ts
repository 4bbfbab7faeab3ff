import { and, eq, gt } from 'drizzle-orm';
import type { ConnectorDeps } from '../model/connector-deps.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead } from './prepared.ts';
import { pageSizes } from './schema.ts';
import type { Store } from './store.ts';

/** What was too much this long ago is tried once more: orgs get faster, and mappings lighter. */
const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

const learnt = preparedRead({ what: pageSizes.what, rows: pageSizes.rows }, (select) =>
  select
    .from(pageSizes)
    .where(
      and(
        eq(pageSizes.connectionId, given('connectionId')),
        gt(pageSizes.learntMs, given('sinceMs')),
      ),
    ),
);

/** The memory of a connector for how much its CRM gives at once, kept between runs. */
export async function pageSizesOf(
  store: Store,
  connectionId: string,
  nowMs: () => number,
): Promise<NonNullable<ConnectorDeps['pageSizes']>> {
  const found = await learnt(store, { connectionId, sinceMs: nowMs() - FORGET_AFTER_MS });
  return {
    known: Object.fromEntries(found.map(({ what, rows }) => [what, rows])),
    learn: async (what, rows) =>
      await store.batch(
        upsertRows(store, pageSizes, [{ connectionId, what, rows, learntMs: nowMs() }]),
      ),
  };
}
