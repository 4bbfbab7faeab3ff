import { and, asc, countDistinct, eq, gt, sql, type SQL } from 'drizzle-orm';
import { given, inGiven, preparedRead } from './prepared.ts';
import { crmRows, deals, dealScores, ledger, partners, partnerScores } from './schema.ts';
import type { Store } from './store.ts';

/**
 * Whose rows, results and ledger are looked at: a dry run has some of them beside the served ones.
 */
export interface Places {
  connectionId: string;
  resultsId: string;
  servedId: string;
}

export interface Unscored {
  id: string;
  partnerId: string | null;
}

const written = and(
  eq(ledger.connectionId, given('servedId')),
  eq(ledger.object, given('object')),
  gt(ledger.recordId, given('afterId')),
  sql`${ledger.field} in ${inGiven('fields')}`,
  sql`${ledger.value} <> 'null'`,
);
const writtenWithout = (score: SQL) =>
  preparedRead({ id: ledger.recordId }, (select) =>
    select
      .from(ledger)
      .where(and(written, sql`not exists (${score})`))
      .groupBy(ledger.recordId)
      .orderBy(asc(ledger.recordId))
      .limit(given('limit')),
  );
const withoutPartnerScore = writtenWithout(
  sql`select 1 from ${partnerScores} where ${partnerScores.connectionId} = ${given('resultsId')} and ${partnerScores.runId} = ${given('runId')} and ${partnerScores.object} = ${given('object')} and ${partnerScores.partnerId} = ${ledger.recordId}`,
);
const withoutDealScore = writtenWithout(
  sql`select 1 from ${dealScores} where ${dealScores.connectionId} = ${given('resultsId')} and ${dealScores.runId} = ${given('runId')} and ${dealScores.object} = ${given('object')} and ${dealScores.dealId} = ${ledger.recordId}`,
);
const ownersOf = preparedRead({ id: deals.id, partnerId: deals.resolvedPartnerId }, (select) =>
  select
    .from(deals)
    .where(
      and(
        eq(deals.connectionId, given('connectionId')),
        eq(deals.object, given('object')),
        sql`${deals.id} in ${inGiven('ids')}`,
      ),
    ),
);

/**
 * Records that hold something Headwater wrote into one of `fields` and that this run has not scored
 * (a closed deal, a former partner), in id order.
 */
export async function unscoredPage(
  store: Store,
  { connectionId, resultsId, servedId, runId }: Places & { runId: string },
  write: { object: string; entity: 'partner' | 'deal'; fields: string[] },
  afterId: string,
  limit: number,
): Promise<Unscored[]> {
  const { object, fields } = write;
  const found = await (write.entity === 'partner' ? withoutPartnerScore : withoutDealScore)(store, {
    resultsId,
    servedId,
    runId,
    object,
    fields,
    afterId,
    limit,
  });
  if (write.entity === 'partner') return found.map(({ id }) => ({ id, partnerId: id }));
  const owners = await ownersOf(store, { connectionId, object, ids: found.map(({ id }) => id) });
  const partnerOf = new Map(owners.map((deal) => [deal.id, deal.partnerId]));
  return found.map(({ id }) => ({ id, partnerId: partnerOf.get(id) ?? null }));
}

const present = sql`exists (select 1 from ${crmRows} where ${crmRows.connectionId} = ${given('connectionId')} and ${crmRows.object} = ${given('object')} and ${crmRows.id} = ${ledger.recordId} and ${crmRows.deleted} = 0)`;
const counted = (more?: SQL) =>
  preparedRead({ n: countDistinct(ledger.recordId) }, (select) =>
    select.from(ledger).where(and(written, present, more)),
  );
const unmapped = (table: typeof deals | typeof partners) =>
  counted(
    sql`not exists (select 1 from ${table} where ${table.connectionId} = ${given('connectionId')} and ${table.object} = ${given('object')} and ${table.id} = ${ledger.recordId} and ${table.deleted} = 0)`,
  );
const allWritten = counted();
const noPartners = unmapped(partners);
const noDeals = unmapped(deals);

/**
 * Records of the CRM that hold something Headwater wrote into one of `fields`: all of them, and
 * those that the mapping no longer takes for a partner or a deal at all.
 */
export async function unmappedShare(
  store: Store,
  { connectionId, servedId }: Places,
  write: { object: string; entity: 'partner' | 'deal'; fields: string[] },
): Promise<{ unmapped: number; held: number }> {
  const asked = { connectionId, servedId, object: write.object, fields: write.fields, afterId: '' };
  const [[gone], [all]] = [
    await (write.entity === 'partner' ? noPartners : noDeals)(store, asked),
    await allWritten(store, asked),
  ];
  return { unmapped: gone?.n ?? 0, held: all?.n ?? 0 };
}
