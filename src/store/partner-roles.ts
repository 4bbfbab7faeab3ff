import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { fold } from '../model/fold.ts';
import type { DealPartnerRule } from '../model/mapping.ts';
import type { SeveralRule } from '../model/entities.ts';
import { counting, literal, livePartner } from './link-names.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { dealPartners, deals, registrations } from './schema.ts';
import type { Store } from './store.ts';

type RoleRule = Extract<DealPartnerRule, { by: 'role' | 'registration' }>;

export const severalOf = (rule: RoleRule): SeveralRule =>
  rule.several ?? (rule.by === 'role' ? 'primary' : 'first');

/** Under which name the roles of the rule at this place are given to its statement. */
export const roleName = (index: number): string => `roles_${index}`;

const held = preparedRead({ role: sql<string>`distinct ${dealPartners.role}` }, (select) =>
  select
    .from(dealPartners)
    .where(and(eq(dealPartners.connectionId, given('connectionId')), isNotNull(dealPartners.role))),
);

/**
 * Of every rule that names roles, those that the deals hold, as they are spelt there: letter case
 * and white space tell no two apart, as in `mapping check`.
 */
export async function rolesMeant(
  store: Store,
  connectionId: string,
  rules: DealPartnerRule[],
): Promise<Record<string, string[]>> {
  if (!rules.some((rule) => rule.by === 'role' && rule.roles !== undefined)) return {};
  const roles = (await held(store, { connectionId })).map(({ role }) => role);
  return Object.fromEntries(
    rules.map((rule, index) => {
      const wanted = new Set((rule.by === 'role' ? (rule.roles ?? []) : []).map(fold));
      return [roleName(index), roles.filter((role) => wanted.has(fold(role)))];
    }),
  );
}

/** Deals on which one rule finds several partners, of which it takes one or none. */
export interface SeveralPartners {
  by: 'role' | 'registration';
  rule: SeveralRule;
  deals: number;
  leftOut: number;
  examples: string[];
}

const LISTED = { deals: sql<number>`count(*)`, named: sql<number>`sum(n)` };
/** What names partners of a deal: rows of their own, of which some may not count. */
const NAMING = {
  role: (some: boolean) => ({
    table: dealPartners,
    counts: some ? sql`and ${dealPartners.role} in ${inGiven('roles')}` : sql``,
  }),
  registration: () => ({ table: registrations, counts: sql`and ${counting}` }),
};

const readSeveral = (connectionId: string, by: SeveralPartners['by'], some: boolean) => {
  const own = literal(connectionId);
  const { table, counts } = NAMING[by](some);
  return preparedRead(
    { ...LISTED, first: sql<string>`min(of_deal)`, last: sql<string>`max(of_deal)` },
    (select) =>
      select.from(sql`(select ${table.dealId} as of_deal, count(distinct ${livePartner(own, sql`${table.partnerId}`)}) as n
      from ${table} where ${table.connectionId} = ${own} and ${table.deleted} = 0 ${counts}
      and exists (select 1 from ${deals} where ${deals.connectionId} = ${own} and ${deals.id} = ${table.dealId} and ${deals.deleted} = 0 and (${given('none')} = 1 or ${deals.resolvedVia} = ${sql.raw(`'${by}'`)}))
      group by 1 having n > 1)`),
  );
};

export async function severalPartners(
  store: Store,
  connectionId: string,
  rules: DealPartnerRule[],
): Promise<SeveralPartners[]> {
  const roles = await rolesMeant(store, connectionId, rules);
  const found: SeveralPartners[] = [];
  for (const [index, rule] of rules.entries()) {
    if (rule.by !== 'role' && rule.by !== 'registration') continue;
    const several = severalOf(rule);
    const none = several === 'none' ? 1 : 0;
    const some = rule.by === 'role' && rule.roles !== undefined;
    const [one] = await readSeveral(
      connectionId,
      rule.by,
      some,
    )(store, {
      roles: roles[roleName(index)] ?? [],
      none,
    });
    if (one === undefined || one.deals === 0) continue;
    found.push({
      by: rule.by,
      rule: several,
      deals: one.deals,
      leftOut: one.named - (none === 1 ? 0 : one.deals),
      examples: [...new Set([one.first, one.last])],
    });
  }
  return found;
}
