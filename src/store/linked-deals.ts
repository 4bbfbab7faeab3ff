import { and, eq, sql } from 'drizzle-orm';
import { given, preparedRead } from './prepared.ts';
import { deals } from './schema.ts';
import type { Store } from './store.ts';

const byVia = preparedRead({ via: deals.resolvedVia, deals: sql<number>`count(*)` }, (select) =>
  select
    .from(deals)
    .where(and(eq(deals.connectionId, given('connectionId')), eq(deals.deleted, 0)))
    .groupBy(deals.resolvedVia)
    .orderBy(deals.resolvedVia),
);

/** Deals by the rule that found their partner; null = none did. */
export const dealsByRule = async (
  store: Store,
  connectionId: string,
): Promise<{ via: string | null; deals: number }[]> => await byVia(store, { connectionId });
