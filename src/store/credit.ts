import { and, asc, eq, gt, ne, sql } from 'drizzle-orm';
import type { BookEntry, Claim, Conflict, DealCredit } from '../model/credit.ts';
import { inJson, upsertRows } from './json-batch.ts';
import { given, inGiven, preparedRead, preparedWrite } from './prepared.ts';
import { claimKeys, claims, conflicts, creditBook, credits, partnerCredits } from './schema.ts';
import type { Statement, Store } from './store.ts';

/** What the last run made of the won deals and registrations, and the book of what was credited. */

export const saveCredits = (
  store: Store,
  connectionId: string,
  runId: string,
  found: DealCredit[],
): Statement[] =>
  upsertRows(
    store,
    credits,
    found.map((credit) => ({
      connectionId,
      dealId: credit.dealId,
      runId,
      kind: credit.kind,
      cents: credit.cents,
      wonMs: credit.wonMs,
      detail: JSON.stringify(credit),
    })),
  );

/** An entry that is there stays as it is. */
export const addToBook = (
  store: Store,
  connectionId: string,
  runId: string,
  entries: BookEntry[],
): Statement[] =>
  upsertRows(
    store,
    creditBook,
    entries.map((entry) => ({
      connectionId,
      runId,
      ...entry,
      shares: JSON.stringify(entry.shares),
    })),
    { ignore: true },
  );

const bookColumns = {
  dealId: creditBook.dealId,
  seq: creditBook.seq,
  kind: creditBook.kind,
  cents: creditBook.cents,
  shares: creditBook.shares,
  onMs: creditBook.onMs,
  recordedMs: creditBook.recordedMs,
  reason: creditBook.reason,
};
const entriesOfDeals = preparedRead(bookColumns, (select) =>
  select
    .from(creditBook)
    .where(
      and(
        eq(creditBook.connectionId, given('connectionId')),
        sql`${creditBook.dealId} in ${inGiven('ids')}`,
      ),
    )
    .orderBy(asc(creditBook.dealId), asc(creditBook.seq)),
);
const toEntry = (row: Awaited<ReturnType<typeof entriesOfDeals>>[number]): BookEntry => ({
  ...row,
  kind: row.kind as BookEntry['kind'],
  reason: row.reason as BookEntry['reason'],
  shares: JSON.parse(row.shares) as Record<string, number>,
});

export async function bookOf(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, BookEntry[]>> {
  const found = await entriesOfDeals(store, { connectionId, ids });
  return Map.groupBy(found.map(toEntry), (entry) => entry.dealId);
}

const correctionsAfter = preparedRead(bookColumns, (select) =>
  select
    .from(creditBook)
    .where(
      and(
        eq(creditBook.connectionId, given('connectionId')),
        gt(creditBook.onMs, given('fromMs')),
        sql`${creditBook.reason} <> 'won'`,
      ),
    )
    .orderBy(asc(creditBook.onMs), asc(creditBook.dealId), asc(creditBook.seq))
    .limit(given('limit')),
);
/** What was corrected since a moment, the earliest first. */
export const listCorrections = async (
  store: Store,
  connectionId: string,
  fromMs: number,
  limit: number,
): Promise<BookEntry[]> =>
  (await correctionsAfter(store, { connectionId, fromMs, limit })).map(toEntry);

const sharesInBook = preparedRead(
  { partnerId: sql<string>`s.key`, cents: sql<number>`sum(s.value)` },
  (select) =>
    select
      .from(sql`credit_book b, json_each(b.shares) s`)
      .where(
        sql`b.connection_id = ${given('connectionId')} and b.on_ms >= ${given('fromMs')} and b.on_ms < ${given('toMs')}`,
      )
      .groupBy(sql`s.key`)
      .orderBy(sql`s.key`),
);
/** What each partner sourced in [fromMs, toMs), corrections included, in cents. */
export const sourcedBetween = async (
  store: Store,
  connectionId: string,
  fromMs: number,
  toMs: number,
): Promise<{ partnerId: string; cents: number }[]> =>
  await sharesInBook(store, { connectionId, fromMs, toMs });

const creditsAfter = preparedRead({ detail: credits.detail, dealId: credits.dealId }, (select) =>
  select
    .from(credits)
    .where(
      and(
        eq(credits.connectionId, given('connectionId')),
        gt(credits.dealId, given('after')),
        sql`${credits.runId} = ${given('runId')}`,
      ),
    )
    .orderBy(asc(credits.dealId))
    .limit(given('limit')),
);
/** Credits of a run in id order. */
export const creditPage = async (
  store: Store,
  connectionId: string,
  runId: string,
  after: string,
  limit: number,
): Promise<DealCredit[]> =>
  (await creditsAfter(store, { connectionId, runId, after, limit })).map(
    (row) => JSON.parse(row.detail) as DealCredit,
  );

const leftOver = preparedRead({ dealId: creditBook.dealId }, (select) =>
  select
    .from(creditBook)
    .where(
      sql`${creditBook.connectionId} = ${given('connectionId')} and not exists (select 1 from credits c where c.connection_id = ${given('resultsId')} and c.deal_id = ${creditBook.dealId} and c.run_id = ${given('runId')})`,
    )
    .groupBy(creditBook.dealId)
    // Of the last entry: SQLite gives the other columns of the row that has the maximum.
    .having(sql`max(${creditBook.seq}) >= 0 and ${creditBook.reason} <> 'gone'`)
    .orderBy(asc(creditBook.dealId))
    .limit(given('limit')),
);
/** Deals that stand in the book and that this run did not credit: they are not won any more. */
export const noLongerWon = async (
  store: Store,
  of: { connectionId: string; resultsId: string; runId: string; limit: number },
): Promise<string[]> => (await leftOver(store, of)).map((row) => row.dealId);

const emptyBook = preparedWrite((db) =>
  db.delete(creditBook).where(eq(creditBook.connectionId, given('connectionId'))),
);
/** Only what a dry run would have booked may be dropped. */
export const dropBook = (store: Store, resultsId: string): Statement[] => [
  emptyBook(store, { connectionId: resultsId }),
];

const forgetOf = (
  table: typeof credits | typeof claims | typeof conflicts | typeof partnerCredits,
) =>
  preparedWrite((db) =>
    db
      .delete(table)
      .where(and(eq(table.connectionId, given('connectionId')), ne(table.runId, given('runId')))),
  );
const forgets = [credits, claims, conflicts, partnerCredits].map(forgetOf);
/** Drops what only earlier runs said. The book keeps what it says. */
export const dropOldCredits = (store: Store, connectionId: string, runId: string): Statement[] =>
  forgets.map((forget) => forget(store, { connectionId, runId }));

export const savePartnerCredits = (
  store: Store,
  connectionId: string,
  runId: string,
  sums: Map<string, { sourced: number; influenced: number }>,
): Statement[] =>
  upsertRows(
    store,
    partnerCredits,
    [...sums].map(([partnerId, sum]) => ({ connectionId, partnerId, runId, ...sum })),
  );

const creditsOfPartners = preparedRead(
  {
    partnerId: partnerCredits.partnerId,
    sourced: partnerCredits.sourced,
    influenced: partnerCredits.influenced,
  },
  (select) =>
    select
      .from(partnerCredits)
      .where(
        and(
          eq(partnerCredits.connectionId, given('connectionId')),
          sql`${partnerCredits.partnerId} in ${inGiven('ids')}`,
        ),
      ),
);
/** By the account that a partner stands for, in cents. */
export async function partnerCreditsOf(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, { sourced: number; influenced: number }>> {
  const found = await creditsOfPartners(store, { connectionId, ids });
  return new Map(found.map(({ partnerId, ...sums }) => [partnerId, sums]));
}

export const saveClaimKeys = (
  store: Store,
  connectionId: string,
  rows: { claimId: string; key: string }[],
): Statement[] =>
  upsertRows(
    store,
    claimKeys,
    rows.map((row) => ({ connectionId, ...row })),
    { ignore: true },
  );

export const saveClaims = (
  store: Store,
  connectionId: string,
  runId: string,
  found: Claim[],
  disputes: Conflict[],
): Statement[] => [
  ...upsertRows(
    store,
    claims,
    found.map((claim) => ({
      connectionId,
      runId,
      id: claim.id,
      dealId: claim.dealId,
      duplicateOfId: claim.duplicateOf?.id ?? null,
      detail: JSON.stringify(claim),
    })),
  ),
  ...upsertRows(
    store,
    conflicts,
    disputes.map((conflict) => ({
      connectionId,
      runId,
      id: conflict.id,
      state: conflict.state,
      detail: JSON.stringify(conflict),
    })),
  ),
];

const claimsOfDeals = preparedRead({ detail: claims.detail }, (select) =>
  select
    .from(claims)
    .where(
      and(
        eq(claims.connectionId, given('connectionId')),
        sql`${claims.dealId} in ${inGiven('ids')}`,
      ),
    ),
);
export const claimsOf = async (
  store: Store,
  connectionId: string,
  dealIds: string[],
): Promise<Claim[]> =>
  (await claimsOfDeals(store, { connectionId, ids: dealIds }))
    .map((row) => JSON.parse(row.detail) as Claim)
    .sort((a, b) => a.submittedMs - b.submittedMs || (a.id < b.id ? -1 : 1));

const conflictsInOrder = preparedRead({ detail: conflicts.detail }, (select) =>
  select
    .from(conflicts)
    .where(and(eq(conflicts.connectionId, given('connectionId')), gt(conflicts.id, given('after'))))
    .orderBy(asc(conflicts.id))
    .limit(given('limit')),
);
export const listConflicts = async (
  store: Store,
  connectionId: string,
  limit: number,
): Promise<Conflict[]> =>
  (await conflictsInOrder(store, { connectionId, after: '', limit })).map(
    (row) => JSON.parse(row.detail) as Conflict,
  );

/** A conflict of the last run by its id; null = there is none. */
export async function findConflict(
  store: Store,
  connectionId: string,
  id: string,
): Promise<Conflict | null> {
  const [found] = await store.db
    .select({ detail: conflicts.detail })
    .from(conflicts)
    .where(and(eq(conflicts.connectionId, connectionId), eq(conflicts.id, id)));
  return found === undefined ? null : (JSON.parse(found.detail) as Conflict);
}

const creditOfDeal = preparedRead({ detail: credits.detail, runId: credits.runId }, (select) =>
  select
    .from(credits)
    .where(
      and(eq(credits.connectionId, given('connectionId')), eq(credits.dealId, given('dealId'))),
    ),
);
/** How a deal is credited by the last run; null = it is not won. */
export async function findCredit(
  store: Store,
  connectionId: string,
  dealId: string,
): Promise<{ runId: string; credit: DealCredit } | null> {
  const [found] = await creditOfDeal(store, { connectionId, dealId });
  return found === undefined
    ? null
    : { runId: found.runId, credit: JSON.parse(found.detail) as DealCredit };
}

/** Registrations of the last run by their id. */
export async function claimsNamed(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, Claim>> {
  const found = await store.db
    .select({ detail: claims.detail })
    .from(claims)
    .where(and(eq(claims.connectionId, connectionId), sql`${claims.id} in ${inJson(ids)}`));
  return new Map(
    found.map(({ detail }) => {
      const claim = JSON.parse(detail) as Claim;
      return [claim.id, claim];
    }),
  );
}
