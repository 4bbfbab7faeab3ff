import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { BookEntry, Claim, Conflict, DealCredit } from '../model/credit.ts';
import { bookOf, claimsOf, findCredit, listConflicts, listCorrections } from './credit.ts';
import { deals, partnerCredits, partners, runs } from './schema.ts';
import type { Store } from './store.ts';

/** Credit as people ask for it: the command line prints what the API returns. */

/** Rows of the CRM by the connection, results of a real run or of a dry one by their own id. */
interface Place {
  rowsId: string;
  resultsId: string;
}

/** What the newest real (or dry) run that credited anything said; null = none has. */
export async function latestCredit<Summary>(
  store: Store,
  place: Place,
): Promise<{ runId: string; asOfMs: number; credit: Summary } | null> {
  const [found] = await store.db
    .select({ id: runs.id, asOfMs: runs.asOfMs, summary: runs.summary })
    .from(runs)
    .where(
      and(
        eq(runs.connectionId, place.rowsId),
        eq(runs.dryRun, place.rowsId === place.resultsId ? 0 : 1),
        eq(runs.kind, 'sync'),
        eq(runs.state, 'done'),
        isNotNull(runs.summary),
        sql`json_extract(${runs.summary}, '$.credit') is not null`,
      ),
    )
    .orderBy(desc(runs.startedMs), desc(runs.id))
    .limit(1);
  if (found === undefined) return null;
  const { credit } = JSON.parse(found.summary ?? '{}') as { credit: Summary };
  return { runId: found.id, asOfMs: found.asOfMs ?? 0, credit };
}

interface CreditedPartner {
  partnerId: string;
  name: string | null;
  sourced: number;
  influenced: number;
}

/** Who sourced and influenced what in the fiscal year of the newest run, most first, in cents. */
async function creditedPartners(
  store: Store,
  place: Place,
  { skip, limit }: ListPage,
): Promise<CreditedPartner[]> {
  const names = sql<
    string | null
  >`(select p.name from partners p where p.connection_id = ${place.rowsId} and coalesce(account_id, id) = partner_credits.partner_id limit 1)`;
  return await store.db
    .select({
      partnerId: partnerCredits.partnerId,
      name: names,
      sourced: partnerCredits.sourced,
      influenced: partnerCredits.influenced,
    })
    .from(partnerCredits)
    .where(eq(partnerCredits.connectionId, place.resultsId))
    .orderBy(
      desc(partnerCredits.sourced),
      desc(partnerCredits.influenced),
      asc(partnerCredits.partnerId),
    )
    .limit(limit)
    .offset(skip);
}

export interface CreditView {
  partners: CreditedPartner[];
  /** Booked since then, the earliest first. */
  corrections: BookEntry[];
  conflicts: Conflict[];
  /** One of the lists goes on behind this page. */
  more: boolean;
}

/** The same page of each list. */
interface ListPage {
  skip: number;
  limit: number;
}

export async function creditView(
  store: Store,
  place: Place,
  sinceMs: number,
  { skip, limit }: ListPage,
): Promise<CreditView> {
  // One row more than wanted tells whether there is a next page.
  const end = skip + limit + 1;
  const lists = {
    partners: await creditedPartners(store, place, { skip, limit: limit + 1 }),
    corrections: (await listCorrections(store, place.resultsId, sinceMs, end)).slice(skip),
    conflicts: (await listConflicts(store, place.resultsId, end)).slice(skip),
  };
  return {
    partners: lists.partners.slice(0, limit),
    corrections: lists.corrections.slice(0, limit),
    conflicts: lists.conflicts.slice(0, limit),
    more: Object.values(lists).some((list) => list.length > limit),
  };
}

export interface ExplainedDeal {
  id: string;
  name: string;
  /** null = it is not won. */
  credit: DealCredit | null;
  book: BookEntry[];
  claims: Claim[];
}

/** Deals of this id, or with this part in their names, the exact one first; at most twenty. */
export async function explainCredit(
  store: Store,
  { rowsId, resultsId }: Place,
  needle: string,
): Promise<ExplainedDeal[]> {
  const found = await store.db
    .select({ id: deals.id, name: deals.name })
    .from(deals)
    .where(
      and(
        eq(deals.connectionId, rowsId),
        eq(deals.deleted, 0),
        sql`(${deals.id} = ${needle} or instr(lower(${deals.name}), lower(${needle})) > 0)`,
      ),
    )
    .orderBy(sql`${deals.id} <> ${needle}`, asc(deals.name), asc(deals.id))
    .limit(20);
  const exact = found.filter((deal) => deal.id === needle);
  const named = exact.length > 0 ? exact : found;
  return await Promise.all(
    named.map(async (deal) => ({
      ...deal,
      credit: (await findCredit(store, resultsId, deal.id))?.credit ?? null,
      book: (await bookOf(store, resultsId, [deal.id])).get(deal.id) ?? [],
      claims: await claimsOf(store, resultsId, [deal.id]),
    })),
  );
}

/** Names of partners by the account that they stand for. */
export async function partnerNames(
  store: Store,
  connectionId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const found = await store.db
    .select({ id: sql<string>`coalesce(account_id, id)`, name: partners.name })
    .from(partners)
    .where(
      and(
        eq(partners.connectionId, connectionId),
        sql`coalesce(account_id, id) in (select value from json_each(${JSON.stringify(ids)}))`,
      ),
    );
  return new Map(found.map((row) => [row.id, row.name]));
}
