import { and, eq, sql, type SQL } from 'drizzle-orm';
import { QueryBuilder } from 'drizzle-orm/sqlite-core';
import { upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { issues, partners } from './schema.ts';
import type { Statement, Store } from './store.ts';

/**
 * Something about the data as a whole that a person should put right; listed with the quarantine,
 * gone by itself when it no longer holds.
 */
export interface Finding {
  object: string;
  id: string;
  entity: string;
  field: string;
  code: string;
  message: string;
}

const KIND = 'data';
/** Codes of what the mapping needs and the CRM no longer has or shows. */
export const GONE = {
  field: 'FIELD_GONE',
  object: 'OBJECT_GONE',
  forbidden: 'OBJECT_FORBIDDEN',
  heavy: 'OBJECT_TOO_HEAVY',
} as const;

/** What the last run found in the data as a whole; what is gone from the CRM is listed apart. */
export async function listFindings(store: Store, connectionId: string): Promise<Finding[]> {
  return await found(store, { connectionId, gone: Object.values(GONE) });
}

const found = preparedRead(
  {
    object: issues.object,
    id: issues.id,
    entity: issues.entity,
    field: issues.field,
    code: issues.code,
    message: issues.message,
  },
  (select) =>
    select
      .from(issues)
      .where(
        and(
          eq(issues.connectionId, given('connectionId')),
          eq(issues.kind, KIND),
          sql`${issues.code} not in ${inGiven('gone')}`,
        ),
      )
      .orderBy(issues.code, issues.object, issues.id),
);

const dropOthers = preparedWrite((db) =>
  db
    .delete(issues)
    .where(
      and(
        eq(issues.connectionId, given('connectionId')),
        eq(issues.kind, KIND),
        sql`${issues.runId} <> ${given('runId')}`,
      ),
    ),
);

/** Replaces the findings of earlier runs; one that still holds keeps the time it was first seen. */
export const saveFindings = (
  store: Store,
  connectionId: string,
  findings: Finding[],
  runId: string,
  nowMs: number,
): Statement[] => [
  ...upsertRows(
    store,
    issues,
    findings.map((finding) => ({
      connectionId,
      kind: KIND,
      ...finding,
      runId,
      firstMs: nowMs,
      lastMs: nowMs,
    })),
    { update: ['code', 'message', 'runId', 'lastMs'] },
  ),
  dropOthers(store, { connectionId, runId }),
];

export interface SharedAccount {
  object: string;
  id: string;
  accountId: string;
  principalId: string;
}

/** Which of several partners stands for their account. */
export type ProfileRule = 'first' | 'last';

/**
 * Live partners whose account another live partner stands for already (the one signed first or last
 * by the mapping's rule): what belongs to the account must be counted once.
 */
export async function sharedAccounts(
  store: Store,
  connectionId: string,
  rule: ProfileRule,
): Promise<SharedAccount[]> {
  return await SHARED[rule](store, { connectionId });
}

const account = sql<string>`coalesce(${partners.accountId}, ${partners.id})`;
const SHARED = {
  first: shared(sql`${partners.signedOn}`),
  last: shared(sql`${partners.signedOn} desc`),
};

// One pass over the partners: joining them with their groups compares each with each, which takes
// D1 longer than it may at a few thousand.
function shared(signed: SQL) {
  const order = sql`${partners.signedOn} is null, ${signed}, ${partners.id}`;
  const grouped = new QueryBuilder()
    .select({
      object: partners.object,
      id: partners.id,
      account: account.as('account'),
      principal:
        sql<string>`first_value(${partners.id}) over (partition by ${account} order by ${order})`.as(
          'principal',
        ),
    })
    .from(partners)
    .where(and(eq(partners.connectionId, given('connectionId')), eq(partners.deleted, 0)))
    .as('grouped');
  return preparedRead(
    {
      object: grouped.object,
      id: grouped.id,
      accountId: grouped.account,
      principalId: grouped.principal,
    },
    (select) =>
      select.from(grouped).where(sql`${grouped.id} <> ${grouped.principal}`).orderBy(grouped.id),
  );
}
