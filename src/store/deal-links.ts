import { sql, type SQL } from 'drizzle-orm';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { DealPartnerRule } from '../model/mapping.ts';
import type { PartnerLinkFacts } from '../model/facts.ts';
import { allNamed } from './several-links.ts';
import { counting, literal, livePartner, survivorOf } from './link-names.ts';
import {
  accounts,
  campaigns,
  dealLinks,
  dealLooks,
  dealPartners,
  deals,
  registrations,
} from './schema.ts';
import type { Statement } from './store.ts';

/** One look at a page of deals: all of them, or those that are to be linked again. */
interface Look {
  /** What the look was made with: another mapping sees other links. */
  eyes: string;
  asOfMs: number;
  all: boolean;
  after: string;
  upTo: string;
  /** Some deals name several partners under one link. */
  several: boolean;
}

/**
 * Keeps since when each partner is linked to each deal. What stands when we first look at a deal,
 * or look at it with another mapping, counts from the deal's creation, for we cannot know better;
 * what comes later counts from the CRM's own stamp where the link has one, else from the run that
 * sees it. A link that is gone is ended, never forgotten.
 */
export function trackLinks(
  connectionId: string,
  rules: DealPartnerRule[],
  look: Look,
): Statement[] {
  const own = literal(connectionId);
  const sources = [
    ...(look.several ? SEVERAL_EACH : ONE_EACH),
    ...SOURCES,
    ...(rules.some((rule) => rule.by === 'accountParent') ? [PARENT] : []),
  ];
  return [
    // First, so that links which were just opened are not looked at once more.
    ...sources.map((source) => said(ended(own, source, look))),
    ...sources.map((source) => said(opened(own, source, look))),
    said(looked(own, look)),
  ];
}

const dialect = new SQLiteSyncDialect();
const said = (sentence: SQL): Statement => ({ toSQL: () => dialect.sqlToQuery(sentence) });

interface Source {
  via: NonNullable<PartnerLinkFacts['via']>;
  /** Rows that make links; `deals` is joined beside them. */
  from: (own: SQL) => SQL;
  partner: SQL;
  role: SQL;
  primary: SQL;
  /** The CRM's own stamp of the link; null = it has none. */
  stamp: SQL;
}

const NONE = { role: sql.raw(`''`), primary: sql.raw('0'), stamp: sql.raw('null') };

const ROLES: Source = {
  via: 'role',
  from: (own) =>
    sql`${deals} join ${dealPartners} on ${dealPartners.connectionId} = ${own} and ${dealPartners.dealId} = ${deals.id} and ${dealPartners.deleted} = 0`,
  partner: sql`${dealPartners.partnerId}`,
  role: sql`coalesce(${dealPartners.role}, '')`,
  primary: sql`coalesce(${dealPartners.primary}, 0)`,
  stamp: sql`${dealPartners.createdAt}`,
};
const ONE_EACH: Source[] = [
  { via: 'field', from: () => sql`${deals}`, partner: sql`${deals.partnerId}`, ...NONE },
  ROLES,
];
/** The same where some rows name several: every one of those is linked. */
const SEVERAL_EACH: Source[] = [
  {
    via: 'field',
    from: (own) =>
      sql`${deals} cross join ${allNamed(own, 'deal', 'partnerId', { object: sql`${deals.object}`, id: sql`${deals.id}`, value: sql`${deals.partnerId}` })} as named`,
    partner: sql`named.value`,
    ...NONE,
  },
  {
    ...ROLES,
    from: (own) =>
      sql`${ROLES.from(own)} cross join ${allNamed(own, 'dealPartner', 'partnerId', { object: sql`${dealPartners.object}`, id: sql`${dealPartners.id}`, value: sql`${dealPartners.partnerId}` })} as named`,
    partner: sql`named.value`,
  },
];
const SOURCES: Source[] = [
  {
    via: 'registration',
    from: (own) =>
      sql`${deals} join ${registrations} on ${registrations.connectionId} = ${own} and ${registrations.dealId} = ${deals.id} and ${registrations.deleted} = 0 and ${counting}`,
    partner: sql`${registrations.partnerId}`,
    ...NONE,
    stamp: sql`${registrations.createdAt}`,
  },
  {
    via: 'campaign',
    from: (own) =>
      sql`${deals} join ${campaigns} on ${campaigns.connectionId} = ${own} and ${campaigns.id} = ${deals.campaignId} and ${campaigns.deleted} = 0`,
    partner: sql`${campaigns.partnerId}`,
    ...NONE,
  },
];
const PARENT: Source = {
  via: 'accountParent',
  from: (own) =>
    sql`${deals} join ${accounts} on ${accounts.connectionId} = ${own} and ${accounts.id} = ${survivorOf(own, sql`${deals.accountId}`)} and ${accounts.deleted} = 0`,
  partner: sql`${accounts.parentId}`,
  ...NONE,
};

/** The deals that this look is at. */
const lookedAt = (own: SQL, look: Look): SQL =>
  sql`${deals.connectionId} = ${own} and ${deals.id} > ${look.after} and ${deals.id} <= ${look.upTo}${look.all ? sql`` : sql` and ${deals.linked} is null`}`;

/** What stands now: one row a deal, partner, role and primary mark. */
const standing = (own: SQL, source: Source, look: Look): SQL =>
  sql`select ${deals.id} as deal_id, ${deals.createdAt} as created_at, ${livePartner(own, source.partner)} as partner_id, ${source.role} as role, ${source.primary} as is_primary, min(${source.stamp}) as stamp
  from ${source.from(own)} where ${lookedAt(own, look)} and ${deals.deleted} = 0 and ${source.partner} is not null group by 1, 2, 3, 4, 5`;

/** The same link, whatever its partner was merged into since. */
const same = (own: SQL, source: Source, row: SQL): SQL =>
  sql`l.connection_id = ${own} and l.deal_id = ${row}.deal_id and l.via = ${source.via} and l.role = ${row}.role and ${survivorOf(own, sql`l.partner_id`)} = ${row}.partner_id`;

function opened(own: SQL, source: Source, look: Look): SQL {
  const s = sql.raw('s');
  // Once it was there before, a stamp older than that says nothing of this time.
  const before = sql`(select max(l.known_ms) from ${dealLinks} l where ${same(own, source, s)})`;
  const again = sql`case when s.stamp > ${before} then s.stamp else ${look.asOfMs} end`;
  const known = sql`case when ${before} is not null then ${again} when s.stamp is not null then s.stamp when eyes.eyes = ${look.eyes} then ${look.asOfMs} else s.created_at end`;
  const since = sql`case when ${before} is null and s.stamp is null and eyes.eyes is not ${look.eyes} then 'created' when s.stamp > coalesce(${before}, -1) then 'crm' else 'seen' end`;
  return sql`insert into ${dealLinks} (connection_id, deal_id, partner_id, via, role, known_ms, since, "primary", ended_ms)
  select ${own}, s.deal_id, s.partner_id, ${source.via}, s.role, ${known}, ${since}, s.is_primary, null
  from (${standing(own, source, look)}) s left join ${dealLooks} eyes on eyes.connection_id = ${own} and eyes.deal_id = s.deal_id
  where s.partner_id is not null and not exists (select 1 from ${dealLinks} l where ${same(own, source, s)} and l."primary" = s.is_primary and l.ended_ms is null)
  on conflict do update set ended_ms = null`;
}

function ended(own: SQL, source: Source, look: Look): SQL {
  const still = sql`select 1 from ${source.from(own)} where ${deals.connectionId} = ${own} and ${deals.id} = ${dealLinks.dealId}
  and ${livePartner(own, source.partner)} = ${survivorOf(own, sql`${dealLinks.partnerId}`)} and ${source.role} = ${dealLinks.role} and ${source.primary} = ${dealLinks.primary}`;
  // Asked once a statement: where none of the page is linked yet, no deal is looked at.
  const any = sql`exists (select 1 from ${dealLinks} l where l.connection_id = ${own} and l.deal_id > ${look.after} and l.deal_id <= ${look.upTo})`;
  return sql`update ${dealLinks} set ended_ms = ${look.asOfMs} where ${dealLinks.connectionId} = ${own} and ${dealLinks.via} = ${source.via} and ${dealLinks.endedMs} is null
  and ${any} and ${dealLinks.dealId} in (select ${deals.id} from ${deals} where ${lookedAt(own, look)} and ${deals.deleted} = 0) and not exists (${still})`;
}

const looked = (own: SQL, look: Look): SQL =>
  sql`insert into ${dealLooks} (connection_id, deal_id, eyes, seen_ms)
  select ${own}, ${deals.id}, ${look.eyes}, ${look.asOfMs} from ${deals}
  where ${lookedAt(own, look)}
  on conflict do update set eyes = excluded.eyes, seen_ms = excluded.seen_ms where eyes <> excluded.eyes`;
