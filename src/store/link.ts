import { and, eq, sql, type SQL } from 'drizzle-orm';
import type { EntityName } from '../model/entities.ts';
import { HeadwaterError } from '../model/error.ts';
import type { DealPartnerRule } from '../model/mapping.ts';
import { inJson } from './json-batch.ts';
import { given, inGiven, preparedWrite } from './prepared.ts';
import {
  accounts,
  campaigns,
  crmRows,
  dealPartners,
  deals,
  ENTITY_TABLES,
  partners,
  redirects,
  registrations,
} from './schema.ts';
import type { Sentence, Statement, Store } from './store.ts';

/** A loser that was taken back out of the bin stands for itself again. */
export function dropRestored(store: Store, connectionId: string): Statement[] {
  return [restore(store, { connectionId })];
}

const restore = preparedWrite((db) =>
  db.delete(redirects).where(
    and(
      eq(redirects.connectionId, given('connectionId')),
      sql`exists (select 1 from ${crmRows}
  where ${crmRows.connectionId} = ${redirects.connectionId} and ${crmRows.object} = ${redirects.object} and ${crmRows.id} = ${redirects.fromId} and ${crmRows.deleted} = 0 and ${crmRows.mergedIntoId} is null)`,
    ),
  ),
);

/**
 * Merges in a row (A into B, B into C) point straight at the last survivor; two links are shortened
 * at a time, and longer chains in the runs that follow.
 */
export function shortenRedirects(store: Store, connectionId: string): Statement[] {
  return [shorten(store, { connectionId })];
}

const shorten = preparedWrite((db) => {
  const next = sql`(select later.to_id from redirects later where later.connection_id = ${given('connectionId')} and later.object = ${redirects.object} and later.from_id = ${redirects.toId})`;
  return db
    .update(redirects)
    .set({ toId: next })
    .where(
      and(
        eq(redirects.connectionId, given('connectionId')),
        sql`${next} is not null`,
        sql`${next} <> ${redirects.fromId}`,
      ),
    );
});

/**
 * Model rows of objects that the mapping no longer feeds into their entity: an edit of the
 * mapping must not leave ghosts.
 */
export function retireUnfed(
  store: Store,
  connectionId: string,
  feeds: (entity: EntityName) => string[],
): Statement[] {
  return retirings.map(({ entity, retire }) =>
    retire(store, { connectionId, feeds: feeds(entity) }),
  );
}

const retirings = (Object.keys(ENTITY_TABLES) as EntityName[]).map((entity) => {
  const table = ENTITY_TABLES[entity];
  return {
    entity,
    retire: preparedWrite((db) =>
      db
        .update(table)
        .set({ deleted: 1 })
        .where(
          and(
            eq(table.connectionId, given('connectionId')),
            eq(table.deleted, 0),
            sql`${table.object} not in ${inGiven('feeds')}`,
          ),
        ),
    ),
  };
});

/**
 * The connection's id as a literal: it stands in these statements some sixty times, and D1 binds a
 * hundred values at most. Ids have letters, digits and dashes only (`model/connection.ts`), which
 * is checked again here, where it matters.
 */
function literal(connectionId: string): SQL {
  if (!/^[a-z0-9-]+$/.test(connectionId))
    throw new HeadwaterError(
      'bug',
      'a connection id with characters that no connection document may have',
    );
  return sql.raw(`'${connectionId}'`);
}

/**
 * The record itself, or what it was merged into: what names a loser is not
 * always touched by the merge.
 */
const survivorOf = (connectionId: SQL, id: SQL): SQL =>
  sql`coalesce((select ${redirects.toId} from ${redirects} where ${redirects.connectionId} = ${connectionId} and ${redirects.fromId} = ${id} limit 1), ${id})`;

/**
 * How a deal names its partner: an id of a partner account, its loser's after a merge, else null.
 */
function livePartner(connectionId: SQL, id: SQL): SQL {
  const survivor = survivorOf(connectionId, id);
  // The set stands alone, so that SQLite builds it once and not for every deal.
  const alive = sql`(select coalesce(${partners.accountId}, ${partners.id}) from ${partners} where ${partners.connectionId} = ${connectionId} and ${partners.deleted} = 0)`;
  return sql`case when ${survivor} in ${alive} then ${survivor} end`;
}

function candidate(rule: DealPartnerRule, connectionId: SQL): SQL {
  const live = (id: SQL): SQL => livePartner(connectionId, id);
  switch (rule.by) {
    case 'field':
      return live(sql`${deals.partnerId}`);
    case 'role':
      return sql`(select ${live(sql`${dealPartners.partnerId}`)} as found from ${dealPartners}
      where ${dealPartners.connectionId} = ${connectionId} and ${dealPartners.dealId} = ${deals.id} and ${dealPartners.deleted} = 0
      ${rule.roles ? sql`and ${dealPartners.role} in ${inJson(rule.roles)}` : sql``} and found is not null order by ${dealPartners.primary} desc, ${dealPartners.id} limit 1)`;
    case 'registration':
      return sql`(select ${live(sql`${registrations.partnerId}`)} as found from ${registrations}
      where ${registrations.connectionId} = ${connectionId} and ${registrations.dealId} = ${deals.id} and ${registrations.deleted} = 0 and found is not null
      order by ${registrations.submittedAt}, ${registrations.id} limit 1)`;
    case 'campaign':
      return sql`(select ${live(sql`${campaigns.partnerId}`)} from ${campaigns}
      where ${campaigns.connectionId} = ${connectionId} and ${campaigns.id} = ${deals.campaignId} and ${campaigns.deleted} = 0 limit 1)`;
    case 'accountParent':
      return sql`(select ${live(sql`${accounts.parentId}`)} from ${accounts}
      where ${accounts.connectionId} = ${connectionId} and ${accounts.id} = ${survivorOf(connectionId, sql`${deals.accountId}`)} and ${accounts.deleted} = 0 limit 1)`;
  }
}

/**
 * Which partner each deal belongs to, by the first of the mapping's rules that finds one; only
 * deals whose answer changed are written.
 */
export function linkDeals(
  store: Store,
  connectionId: string,
  rules: DealPartnerRule[],
): Statement[] {
  const ofRules = linkings.get(rules) ?? new Map<string, Sentence>();
  linkings.set(rules, ofRules);
  const known = ofRules.get(connectionId) ?? linking(store, connectionId, rules);
  ofRules.set(connectionId, known);
  return [{ toSQL: () => known }];
}

/**
 * By the rules of a compiled mapping and the connection: it is the longest text of all, and
 * stays the same from run to run.
 */
const linkings = new WeakMap<DealPartnerRule[], Map<string, Sentence>>();

function linking(store: Store, connectionId: string, rules: DealPartnerRule[]): Sentence {
  const own = literal(connectionId);
  const found = rules.map((rule) => candidate(rule, own));
  const partner =
    found.length === 0 ? sql`null` : sql`coalesce(${sql.join([...found, sql`null`], sql`, `)})`;
  const via =
    found.length === 0
      ? sql`null`
      : sql`case ${sql.join(
          found.map((rule, i) => sql`when ${rule} is not null then ${rules[i]!.by}`),
          sql` `,
        )} end`;
  return store.db
    .update(deals)
    .set({ resolvedPartnerId: partner, resolvedVia: via })
    .where(
      and(
        eq(deals.connectionId, connectionId),
        sql`(${deals.resolvedPartnerId} is not ${partner} or ${deals.resolvedVia} is not ${via})`,
      ),
    )
    .toSQL();
}
