import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { fold } from '../model/fold.ts';
import type { DealPartnerRule } from '../model/mapping.ts';
import { literal, livePartner } from './link-names.ts';
import { given, inGiven, preparedRead } from './prepared.ts';
import { dealPartners, deals } from './schema.ts';
import type { Store } from './store.ts';

type RoleRule = Extract<DealPartnerRule, { by: 'role' }>;

export const severalOf = (rule: RoleRule): NonNullable<RoleRule['several']> =>
  rule.several ?? 'primary';

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
  rule: 'primary' | 'first' | 'none';
  deals: number;
  leftOut: number;
  examples: string[];
}

const LISTED = { deals: sql<number>`count(*)`, named: sql<number>`sum(n)` };
const readSeveral = (connectionId: string, some: boolean) => {
  const own = literal(connectionId);
  return preparedRead(
    { ...LISTED, first: sql<string>`min(of_deal)`, last: sql<string>`max(of_deal)` },
    (select) =>
      select.from(sql`(select ${dealPartners.dealId} as of_deal, count(distinct ${livePartner(own, sql`${dealPartners.partnerId}`)}) as n
      from ${dealPartners} where ${dealPartners.connectionId} = ${own} and ${dealPartners.deleted} = 0
      ${some ? sql`and ${dealPartners.role} in ${inGiven('roles')}` : sql``}
      and exists (select 1 from ${deals} where ${deals.connectionId} = ${own} and ${deals.id} = ${dealPartners.dealId} and ${deals.deleted} = 0 and (${given('none')} = 1 or ${deals.resolvedVia} = 'role'))
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
    if (rule.by !== 'role') continue;
    const several = severalOf(rule);
    const none = several === 'none' ? 1 : 0;
    const [one] = await readSeveral(connectionId, rule.roles !== undefined)(store, {
      roles: roles[roleName(index)] ?? [],
      none,
    });
    if (one === undefined || one.deals === 0) continue;
    found.push({
      rule: several,
      deals: one.deals,
      leftOut: one.named - (none === 1 ? 0 : one.deals),
      examples: [...new Set([one.first, one.last])],
    });
  }
  return found;
}
