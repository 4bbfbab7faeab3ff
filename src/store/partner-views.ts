import { and, asc, desc, eq, lt, sql, type SQL } from 'drizzle-orm';
import type { PartnerScore } from '../model/score.ts';
import { partners, partnerScores, users } from './schema.ts';
import { partnerOfScore } from './scored.ts';
import type { Store } from './store.ts';

/** Partners as people look for them: the pages and the API show what stands here. */

export interface PartnerFilter {
  /** Part of a name. */
  name: string | null;
  tier: string | null;
  region: string | null;
  ownerId: string | null;
}

export interface PartnerRow {
  id: string;
  /** What deals and plans call the partner: its account, or itself. */
  accountId: string;
  name: string;
  type: string | null;
  tier: string | null;
  region: string | null;
  ownerId: string | null;
  ownerName: string | null;
  score: PartnerScore;
}

const ORDERS = {
  stake: sql`coalesce(json_extract(${partnerScores.detail}, '$.moneyAtStake'), 0) desc`,
  best: desc(partnerScores.score),
  worst: asc(partnerScores.score),
  name: sql`lower(${partners.name})`,
} as const;
export const PARTNER_ORDERS = ['stake', 'best', 'worst', 'name'] as const;

const columns = {
  id: partners.id,
  accountId: sql<string>`coalesce(${partners.accountId}, ${partners.id})`,
  name: partners.name,
  type: partners.type,
  tier: partners.tier,
  region: partners.region,
  ownerId: partners.ownerId,
  ownerName: sql<
    string | null
  >`(select ${users.name} from ${users} where ${users.connectionId} = ${partners.connectionId} and ${users.id} = ${partners.ownerId} limit 1)`,
  detail: partnerScores.detail,
};

const joined = (store: Store, connectionId: string, runId: string, wanted: (SQL | undefined)[]) =>
  store.db
    .select(columns)
    .from(partnerScores)
    .innerJoin(partners, partnerOfScore(connectionId))
    .where(
      and(eq(partnerScores.connectionId, connectionId), eq(partnerScores.runId, runId), ...wanted),
    );

const toRow = ({ detail, ...row }: { detail: string } & Omit<PartnerRow, 'score'>): PartnerRow => ({
  ...row,
  score: JSON.parse(detail) as PartnerScore,
});

/** Scored partners of one run. */
export async function partnerRows(
  store: Store,
  connectionId: string,
  runId: string,
  filter: PartnerFilter,
  page: { order: (typeof PARTNER_ORDERS)[number]; skip: number; limit: number },
): Promise<PartnerRow[]> {
  const found = await joined(store, connectionId, runId, [
    filter.name === null
      ? undefined
      : sql`instr(lower(${partners.name}), ${filter.name.toLowerCase()}) > 0`,
    filter.tier === null ? undefined : eq(partners.tier, filter.tier),
    filter.region === null ? undefined : eq(partners.region, filter.region),
    filter.ownerId === null ? undefined : eq(partners.ownerId, filter.ownerId),
  ])
    .orderBy(ORDERS[page.order], asc(partnerScores.partnerId))
    .limit(page.limit)
    .offset(page.skip);
  return found.map(toRow);
}

/** One partner, by the id of its record or of its account. */
export async function partnerRow(
  store: Store,
  connectionId: string,
  runId: string,
  id: string,
): Promise<PartnerRow | null> {
  const [found] = await joined(store, connectionId, runId, [
    sql`(${partners.id} = ${id} or ${partners.accountId} = ${id})`,
  ])
    .orderBy(sql`${partners.id} = ${id} desc`)
    .limit(1);
  return found === undefined ? null : toRow(found);
}

/** The partner's last score before that time; null = there is none so old. */
export async function scoreBefore(
  store: Store,
  connectionId: string,
  partnerId: string,
  beforeMs: number,
): Promise<PartnerScore | null> {
  const [found] = await store.db
    .select({ detail: partnerScores.detail })
    .from(partnerScores)
    .where(
      and(
        eq(partnerScores.connectionId, connectionId),
        eq(partnerScores.partnerId, partnerId),
        lt(partnerScores.asOfMs, beforeMs),
      ),
    )
    .orderBy(desc(partnerScores.asOfMs))
    .limit(1);
  return found === undefined ? null : (JSON.parse(found.detail) as PartnerScore);
}

export interface Choice {
  value: string;
  label: string;
}

/** The tiers, regions and owners that a list can be narrowed to. */
export async function partnerChoices(
  store: Store,
  connectionId: string,
): Promise<{ tiers: Choice[]; regions: Choice[]; owners: Choice[] }> {
  const own = and(eq(partners.connectionId, connectionId), eq(partners.deleted, 0));
  const distinct = async (column: typeof partners.tier | typeof partners.region) =>
    (
      await store.db
        .selectDistinct({ value: column })
        .from(partners)
        .where(and(own, sql`${column} is not null`))
        .orderBy(column)
    ).map(({ value }) => ({ value: value ?? '', label: value ?? '' }));
  const owners = await store.db
    .selectDistinct({ value: partners.ownerId, label: columns.ownerName })
    .from(partners)
    .where(and(own, sql`${partners.ownerId} is not null`));
  return {
    tiers: await distinct(partners.tier),
    regions: await distinct(partners.region),
    owners: owners
      .map(({ value, label }) => ({ value: value ?? '', label: label ?? value ?? '' }))
      .toSorted((a, b) => (a.label < b.label ? -1 : 1)),
  };
}
