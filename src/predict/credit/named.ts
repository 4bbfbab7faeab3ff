import type { CreditRow, DealCredit } from '../../model/credit.ts';
import type { DealFacts } from '../../model/facts.ts';

/** Why a deal that names a partner is a direct one all the same. */
type NamedReason = CreditRow['rule'] | 'unregistered';

/**
 * What the CRM's own partner field would credit, beside what is credited; cents of the reporting
 * currency. named = agreed + the sum of `differs`; sourced = agreed + unnamed.
 */
export interface NamedTotals {
  deals: number;
  named: number;
  /** Part of it that is partner-sourced indeed. */
  agreed: number;
  /** Partner-sourced deals that name no partner. */
  unnamed: number;
  differs: Partial<Record<NamedReason, { deals: number; cents: number }>>;
}

export const noNamed = (): NamedTotals => ({
  deals: 0,
  named: 0,
  agreed: 0,
  unnamed: 0,
  differs: {},
});

const reasonOf = (credit: DealCredit, partnerId: string): NamedReason =>
  credit.rows.find((row) => row.kind === 'none' && row.partnerId === partnerId)?.rule ??
  'unregistered';

/** Adds these deals, each with its credit; one that is not won has none. */
export function addNamed(
  totals: NamedTotals,
  deals: readonly DealFacts[],
  credits: readonly DealCredit[],
): void {
  const creditOf = new Map(credits.map((credit) => [credit.dealId, credit]));
  for (const { id, partnerId } of deals) {
    const credit = creditOf.get(id);
    if (credit === undefined) continue;
    const cents = credit.cents ?? 0;
    if (partnerId === null) {
      if (credit.kind === 'sourced') totals.unnamed += cents;
      continue;
    }
    totals.deals++;
    totals.named += cents;
    if (credit.kind === 'sourced') totals.agreed += cents;
    else {
      const part = (totals.differs[reasonOf(credit, partnerId)] ??= { deals: 0, cents: 0 });
      part.deals++;
      part.cents += cents;
    }
  }
}
