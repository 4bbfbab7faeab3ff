import { asc } from 'drizzle-orm';
import type { DealEventFacts, Side } from '../model/facts.ts';
import { thereOf } from './alive.ts';
import { preparedRead } from './prepared.ts';
import { dealEvents, type deals } from './schema.ts';

/** What the CRM says of deals' pasts, deal by deal from the oldest row on. */
export const historyRows = preparedRead(
  {
    dealId: dealEvents.dealId,
    at: dealEvents.at,
    stage: dealEvents.stage,
    amount: dealEvents.amount,
    closeDate: dealEvents.closeDate,
    byId: dealEvents.byId,
  },
  (select) =>
    select
      .from(dealEvents)
      .where(thereOf(dealEvents, dealEvents.dealId))
      .orderBy(asc(dealEvents.dealId), asc(dealEvents.at), asc(dealEvents.id)),
);
type HistoryRow = Awaited<ReturnType<typeof historyRows>>[number];
type DealRow = Pick<typeof deals.$inferSelect, 'amount' | 'closeDate'>;

/** How a row's values are read. */
interface Reading {
  money(amount: number | null): number | null;
  side(userId: string | null): Side | null;
  stage(key: string): string;
}

/**
 * What no row of a deal's history ever says: a log of stages alone knows no amounts, and the deal
 * isn't worth nothing for that. The deal's own value then holds for all of its history.
 */
const neverSaid = (deal: DealRow, rows: readonly HistoryRow[]): DealRow => ({
  amount: rows.every((event) => event.amount === null) ? deal.amount : null,
  closeDate: rows.every((event) => event.closeDate === null) ? deal.closeDate : null,
});

export function historyOf(
  deal: DealRow,
  rows: readonly HistoryRow[],
  read: Reading,
): DealEventFacts[] {
  const always = neverSaid(deal, rows);
  return rows.map((event) => ({
    atMs: event.at,
    by: read.side(event.byId),
    stage: event.stage === null ? null : read.stage(event.stage),
    amount: read.money(event.amount ?? always.amount),
    closeDate: event.closeDate ?? always.closeDate,
  }));
}
