import { and, asc, eq, isNotNull, sql, type SQL } from 'drizzle-orm';
import type { DealScore } from '../model/score.ts';
import { deals, dealScores, partners, users } from './schema.ts';
import { ownersOf } from './attention.ts';
import { inJson } from './json-batch.ts';
import type { Store } from './store.ts';

export interface DealFilter {
  /** Part of a name. */
  name: string | null;
  /** Account of the partner, as `resolvedPartnerId` names it. */
  partnerId: string | null;
  ownerId: string | null;
  state: 'open' | 'won' | 'lost' | null;
  health: string | null;
  /** Only those open in the CRM alone. */
  zombie: boolean;
  ids: string[] | null;
}

export interface DealRow {
  id: string;
  object: string;
  name: string;
  partnerId: string | null;
  partnerName: string | null;
  ownerId: string | null;
  ownerName: string | null;
  stage: string;
  amount: number | null;
  currency: string | null;
  closeDate: string | null;
  createdAtMs: number;
  closedAtMs: number | null;
  state: 'open' | 'won' | 'lost';
  score: DealScore | null;
}

const ORDERS = {
  value: sql`coalesce(json_extract(${dealScores.detail}, '$.counted'), 0) * coalesce(${dealScores.probability}, 0) desc, coalesce(${deals.amount}, 0) desc`,
  amount: sql`coalesce(${deals.amount}, 0) desc`,
  close: sql`${deals.closeDate} is null, ${deals.closeDate}`,
  probability: sql`coalesce(${dealScores.probability}, -1) desc`,
  name: sql`lower(${deals.name})`,
} as const;
export const DEAL_ORDERS = ['value', 'amount', 'close', 'probability', 'name'] as const;

const STATE = sql<
  DealRow['state']
>`case when coalesce(${deals.closed}, 0) = 0 then 'open' when ${deals.won} = 1 then 'won' else 'lost' end`;
const columns = {
  id: deals.id,
  object: deals.object,
  name: deals.name,
  partnerId: deals.resolvedPartnerId,
  partnerName: sql<
    string | null
  >`(select ${partners.name} from ${partners} where ${partners.connectionId} = ${deals.connectionId} and coalesce(${partners.accountId}, ${partners.id}) = ${deals.resolvedPartnerId} limit 1)`,
  ownerId: deals.ownerId,
  ownerName: sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.connectionId} = ${deals.connectionId} and ${users.id} = ${deals.ownerId} limit 1)`,
  stage: deals.stage,
  amount: deals.amount,
  currency: deals.currency,
  closeDate: deals.closeDate,
  createdAtMs: deals.createdAt,
  closedAtMs: deals.closedAt,
  state: STATE,
  detail: dealScores.detail,
};

const wantedOf = (filter: DealFilter): (SQL | undefined)[] => [
  filter.name === null
    ? undefined
    : sql`instr(lower(${deals.name}), ${filter.name.toLowerCase()}) > 0`,
  filter.partnerId === null ? undefined : eq(deals.resolvedPartnerId, filter.partnerId),
  filter.ownerId === null ? undefined : eq(deals.ownerId, filter.ownerId),
  filter.state === null ? undefined : sql`${STATE} = ${filter.state}`,
  filter.health === null
    ? undefined
    : sql`json_extract(${dealScores.detail}, '$.health') = ${filter.health}`,
  filter.zombie ? sql`json_extract(${dealScores.detail}, '$.movement.zombie') = 1` : undefined,
  filter.ids === null
    ? undefined
    : sql`${deals.id} in (select value from json_each(${JSON.stringify(filter.ids)}))`,
];

/** Deals that are in the CRM, with the score of the open ones. */
export async function dealRows(
  store: Store,
  connectionId: string,
  filter: DealFilter,
  page: { order: (typeof DEAL_ORDERS)[number]; skip: number; limit: number },
): Promise<DealRow[]> {
  const theirScore = and(
    eq(dealScores.connectionId, connectionId),
    eq(dealScores.object, deals.object),
    eq(dealScores.dealId, deals.id),
  );
  const order = [ORDERS[page.order], asc(deals.id), asc(deals.object)];
  // SQLite works out every column of a row before it sorts, so the page is chosen by keys alone.
  const keys = await store.db
    .select({ object: deals.object, id: deals.id })
    .from(deals)
    .leftJoin(dealScores, theirScore)
    .where(and(eq(deals.connectionId, connectionId), eq(deals.deleted, 0), ...wantedOf(filter)))
    .orderBy(...order)
    .limit(page.limit)
    .offset(page.skip);
  const chosen = new Set(keys.map(({ object, id }) => `${object}/${id}`));
  const found = await store.db
    .select(columns)
    .from(deals)
    .leftJoin(dealScores, theirScore)
    .where(
      and(
        eq(deals.connectionId, connectionId),
        sql`${deals.id} in ${inJson(keys.map(({ id }) => id))}`,
      ),
    )
    .orderBy(...order);
  return found
    .filter(({ object, id }) => chosen.has(`${object}/${id}`))
    .map(({ detail, ...row }) => ({
      ...row,
      score: detail === null ? null : (JSON.parse(detail) as DealScore),
    }));
}

/** The words of the deals' owners, for a filter. */
export async function dealOwners(
  store: Store,
  connectionId: string,
): Promise<{ value: string; label: string }[]> {
  const owners = await store.db
    .selectDistinct({ id: deals.ownerId })
    .from(deals)
    .where(
      and(eq(deals.connectionId, connectionId), eq(deals.deleted, 0), isNotNull(deals.ownerId)),
    );
  const ids = owners.flatMap(({ id }) => (id === null ? [] : [id]));
  const names = await ownersOf(store, connectionId, ids);
  return ids
    .map((value) => ({ value, label: names.get(value)?.name ?? value }))
    .toSorted((a, b) => (a.label < b.label ? -1 : 1));
}
