import { ownEntry, putEntry } from '../../model/own-entry.ts';
import type { BookEntry, DealCredit } from '../../model/credit.ts';

/**
 * The book of credit: what was once credited stays as it was, and what changes later is a new entry
 * with its own date. So no total of the past moves, and the sum of all entries of a deal is what
 * holds of it today.
 */

interface Standing {
  kind: BookEntry['kind'];
  cents: number;
  shares: Record<string, number>;
}

/** What the entries of one deal come to, by kind. */
export function standingOf(entries: readonly BookEntry[]): Standing | null {
  const sums = new Map<BookEntry['kind'], Standing>();
  for (const { kind, cents, shares } of entries) {
    const sum = sums.get(kind) ?? { kind, cents: 0, shares: {} };
    sum.cents += cents;
    for (const [partner, part] of Object.entries(shares))
      putEntry(sum.shares, partner, (ownEntry(sum.shares, partner) ?? 0) + part);
    sums.set(kind, sum);
  }
  const last = entries.at(-1);
  return last === undefined || last.reason === 'gone' ? null : (sums.get(last.kind) ?? null);
}

const sharesOf = (credit: DealCredit): Record<string, number> =>
  Object.fromEntries(
    credit.rows
      .filter((row) => row.kind === 'sourced' && row.weight > 0)
      .map((row) => [row.partnerId, row.cents]),
  );

const sameShares = (a: Record<string, number>, b: Record<string, number>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (partner) => (a[partner] ?? 0) === (b[partner] ?? 0),
  );

const negated = (shares: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(shares).map(([partner, cents]) => [partner, 0 - cents]));

type Draft = Omit<BookEntry, 'seq'>;

/**
 * The entries that a deal's book lacks: the first stands on the day of the win; every later one is
 * a
 * correction on the day on which it was seen. `credit` null = the deal is not won any more.
 */
export function entriesFor(
  dealId: string,
  entries: readonly BookEntry[],
  credit: DealCredit | null,
  asOfMs: number,
): BookEntry[] {
  const standing = standingOf(entries);
  const cents = credit?.cents ?? 0;
  const shares = credit === null ? {} : sharesOf(credit);
  if (standing === null && credit === null) return [];
  if (
    standing !== null &&
    credit !== null &&
    standing.kind === credit.kind &&
    standing.cents === cents &&
    sameShares(standing.shares, shares)
  )
    return [];
  const drafts: Draft[] = [];
  if (standing !== null)
    drafts.push({
      dealId,
      kind: standing.kind,
      cents: 0 - standing.cents,
      shares: negated(standing.shares),
      onMs: asOfMs,
      recordedMs: asOfMs,
      reason: credit === null ? 'gone' : 'correction',
    });
  if (credit !== null)
    drafts.push({
      dealId,
      kind: credit.kind,
      cents,
      shares,
      onMs: standing === null ? credit.wonMs : asOfMs,
      recordedMs: asOfMs,
      reason: standing === null ? (entries.length === 0 ? 'won' : 'won-again') : 'correction',
    });
  const next = entries.at(-1)?.seq ?? -1;
  return drafts.map((draft, i) => ({ ...draft, seq: next + 1 + i }));
}
