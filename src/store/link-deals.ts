import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import type { DealPartnerRule } from '../model/mapping.ts';
import { trackLinks } from './deal-links.ts';
import { upsertRows } from './json-batch.ts';
import { counting, literal, livePartner, survivorOf } from './link-names.ts';
import { given, inGiven, preparedRead, preparedSql } from './prepared.ts';
import { rateOfDeal, ratesBegun, today, type Money } from './rates.ts';
import { accounts, campaigns, dealPartners, deals, linkStates, registrations } from './schema.ts';
import { roleName, rolesMeant, severalOf } from './partner-roles.ts';
import { namesSeveral } from './several-links.ts';
import type { Statement, Store } from './store.ts';

/**
 * Deals that one statement links: some tens of milliseconds, so that the lease is renewed on the
 * way and no statement comes near D1's 30 seconds.
 */
const LINK_PAGE = 10_000;

/**
 * What the link of a deal follows from besides the rows: rules and currency are the mapping's, and
 * `version` says when they changed.
 */
export interface Linking {
  rules: DealPartnerRule[];
  money: Money;
  version: string;
}

/**
 * Whose deal each deal is, by the first of the mapping's rules that finds a partner, and at which
 * rate its money counts. Only deals that changed, or whose names changed, are
 * looked at; all of them where any may be concerned, and then only those whose answer is another
 * one are written. Returns how many pages that took, each a batch of its own.
 */
export async function linkDeals(
  store: Store,
  connectionId: string,
  linking: Linking,
): Promise<{ pages: number; all: boolean }> {
  const all = await mustLinkAll(store, connectionId, linking);
  const several = await namesSeveral(store, connectionId);
  const roles = await rolesMeant(store, connectionId, linking.rules);
  let pages = 0;
  for (let after = ''; after !== END; pages++) {
    const [edge] = await (all ? edgeOfAll : edgeOfUnlinked)(store, {
      connectionId,
      after,
      skip: LINK_PAGE - 1,
    });
    const upTo = edge?.id ?? END;
    await store.batch([
      // First: it looks at the deals that the link below takes for done.
      ...trackLinks(connectionId, linking.rules, {
        eyes: linking.version,
        asOfMs: linking.money.asOfMs,
        all,
        after,
        upTo,
        several,
      }),
      linkPage(connectionId, linking, roles, { all, after, upTo }),
    ]);
    after = upTo;
  }
  if (all)
    await store.batch(
      upsertRows(store, linkStates, [
        { connectionId, mapping: linking.version, day: today(linking.money), stale: 0 },
      ]),
    );
  return { pages, all };
}

const stateOf = preparedRead(
  { mapping: linkStates.mapping, day: linkStates.day, stale: linkStates.stale },
  (select) => select.from(linkStates).where(eq(linkStates.connectionId, given('connectionId'))),
);

/** The version of the mapping that the links were last computed with; null = never. */
export async function linkedMapping(store: Store, connectionId: string): Promise<string | null> {
  const [state] = await stateOf(store, { connectionId });
  return state?.mapping ?? null;
}

async function mustLinkAll(store: Store, connectionId: string, linking: Linking): Promise<boolean> {
  const [state] = await stateOf(store, { connectionId });
  return (
    state === undefined ||
    state.stale === 1 ||
    state.mapping !== linking.version ||
    // A day that went backwards has rates that are not in force yet.
    state.day > today(linking.money) ||
    (await ratesBegun(store, connectionId, state.day, linking.money))
  );
}

const edgeOf = (condition: SQL | undefined) =>
  preparedRead({ id: deals.id }, (select) =>
    select
      .from(deals)
      .where(
        and(eq(deals.connectionId, given('connectionId')), gt(deals.id, given('after')), condition),
      )
      .orderBy(asc(deals.id))
      .limit(1)
      .offset(given('skip')),
  );
const edgeOfAll = edgeOf(undefined);
const edgeOfUnlinked = edgeOf(sql`${deals.linked} is null`);
/** Behind every id. */
const END = '\u{10ffff}';

const onlyOne = (named: SQL): SQL =>
  sql`(select case when count(distinct found) = 1 then max(found) end from (${named}))`;

function candidate(rule: DealPartnerRule, index: number, own: SQL): SQL {
  const live = (id: SQL): SQL => livePartner(own, id);
  switch (rule.by) {
    case 'field':
      return live(sql`${deals.partnerId}`);
    case 'role': {
      const named = sql`select ${live(sql`${dealPartners.partnerId}`)} as found from ${dealPartners}
      where ${dealPartners.connectionId} = ${own} and ${dealPartners.dealId} = ${deals.id} and ${dealPartners.deleted} = 0
      ${rule.roles ? sql`and ${dealPartners.role} in ${inGiven(roleName(index))}` : sql``} and found is not null`;
      const earliest = sql`${dealPartners.createdAt} is null, ${dealPartners.createdAt}, ${dealPartners.id}`;
      switch (severalOf(rule)) {
        case 'primary':
          return sql`(${named} order by ${dealPartners.primary} desc, ${dealPartners.id} limit 1)`;
        case 'first':
          return sql`(${named} order by ${earliest} limit 1)`;
        case 'none':
          return onlyOne(named);
      }
    }
    case 'registration': {
      const named = sql`select ${live(sql`${registrations.partnerId}`)} as found from ${registrations}
      where ${registrations.connectionId} = ${own} and ${registrations.dealId} = ${deals.id} and ${registrations.deleted} = 0 and ${counting} and found is not null`;
      return severalOf(rule) === 'none'
        ? onlyOne(named)
        : sql`(${named} order by ${registrations.submittedAt}, ${registrations.id} limit 1)`;
    }
    case 'campaign':
      return sql`(select ${live(sql`${campaigns.partnerId}`)} from ${campaigns}
      where ${campaigns.connectionId} = ${own} and ${campaigns.id} = ${deals.campaignId} and ${campaigns.deleted} = 0 limit 1)`;
    case 'accountParent':
      return sql`(select ${live(sql`${accounts.parentId}`)} from ${accounts}
      where ${accounts.connectionId} = ${own} and ${accounts.id} = ${survivorOf(own, sql`${deals.accountId}`)} and ${accounts.deleted} = 0 limit 1)`;
  }
}

type Page = ReturnType<typeof preparedSql>;
/**
 * By the rules of a compiled mapping, the connection and how much is looked at: these are the
 * longest texts of all, and stay the same from run to run.
 */
const pages = new WeakMap<DealPartnerRule[], Map<string, Page>>();

function linkPage(
  connectionId: string,
  { rules, money }: Linking,
  roles: Record<string, string[]>,
  { all, after, upTo }: { all: boolean; after: string; upTo: string },
): Statement {
  const ofRules = pages.get(rules) ?? new Map<string, Page>();
  pages.set(rules, ofRules);
  const key = `${connectionId} ${all}`;
  const page = ofRules.get(key) ?? preparedSql(linkText(connectionId, rules, all));
  ofRules.set(key, page);
  return page({
    ...roles,
    connectionId,
    after,
    upTo,
    reportingCurrency: money.reportingCurrency,
    today: today(money),
  });
}

/** Digits that stand before a partner's id in what the rules found: the place of the rule. */
const PLACE = 2;
const placeOf = (index: number): SQL => sql.raw(`'${String(index).padStart(PLACE, '0')}'`);

/**
 * The first rule that finds a partner ends the asking: one text of the rule's place and the id,
 * made once for each deal (`materialized`), and written is what differs.
 */
function linkText(connectionId: string, rules: DealPartnerRule[], all: boolean): SQL {
  const own = literal(connectionId);
  const { join, rate, rateOn } = rateOfDeal();
  const asked = rules.map((rule, i) => sql`${placeOf(i)} || ${candidate(rule, i, own)}`);
  const hit = sql`coalesce(${sql.join([...asked, sql`null`, sql`null`], sql`, `)})`;
  const partner = sql`substr(found.hit, ${sql.raw(String(PLACE + 1))})`;
  const via =
    rules.length === 0
      ? sql`null`
      : sql`case substr(found.hit, 1, ${sql.raw(String(PLACE))}) ${sql.join(
          rules.map(({ by }, i) => sql`when ${placeOf(i)} then ${sql.raw(`'${by}'`)}`),
          sql` `,
        )} end`;
  const set = {
    resolved_partner_id: partner,
    resolved_via: via,
    rate: sql`found.new_rate`,
    rate_on: sql`found.new_rate_on`,
  };
  const columns = Object.entries(set).map(([name, value]) => ({ name: sql.raw(name), value }));
  return sql`with found as materialized (select ${deals}.rowid as of_row, ${rate} as new_rate, ${rateOn} as new_rate_on, ${hit} as hit
    from ${deals} ${join} where ${deals.connectionId} = ${own} and ${deals.id} > ${given('after')} and ${deals.id} <= ${given('upTo')}${all ? sql`` : sql` and ${deals.linked} is null`})
    update ${deals} set linked = 1, ${sql.join(
      columns.map(({ name, value }) => sql`${name} = ${value}`),
      sql`, `,
    )} from found where ${deals}.rowid = found.of_row and (${deals.linked} is null or ${sql.join(
      columns.map(({ name, value }) => sql`${deals}.${name} is not ${value}`),
      sql` or `,
    )})`;
}
