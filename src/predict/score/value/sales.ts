import type { PartnerSales } from '../../../model/worth.ts';
import { isWin } from '../../deal/deal-at.ts';
import { addExact, exactValue, type ExactSum } from '../../math/exact-sum.ts';
import { DAY_MS } from '../../math/time.ts';
import type { PartnerView } from '../../plan/view.ts';

/**
 * A twelfth of a year: months of the calendar differ in length, and end in the middle of a deal.
 */
export const MONTH_MS = (365.25 / 12) * DAY_MS;
/** What lies further back says little of how a partner sells today. */
const MOST_MONTHS = 36;

/** What a partner won month by month, up to the moment. */
export function salesOf({ partner, states, sinceMs, dataSinceMs }: PartnerView, asOfMs: number) {
  const since = Math.max(sinceMs, dataSinceMs);
  const known = Math.ceil((asOfMs - since) / MONTH_MS);
  const months: ExactSum[] = Array.from(
    { length: Math.min(MOST_MONTHS, Math.max(0, known)) },
    () => [],
  );
  const signs = months.map(() => 0);
  const monthOf = (ms: number): number => months.length - 1 - Math.floor((asOfMs - ms) / MONTH_MS);
  for (const { createdMs, provenMs } of states)
    if (provenMs !== null && signs[monthOf(createdMs)] === 0) signs[monthOf(createdMs)] = 1;
  for (const { closedMs, amount } of states.filter(isWin)) {
    if (closedMs === null) continue;
    const at = monthOf(closedMs);
    const month = months[at];
    if (month === undefined) continue;
    addExact(month, Math.max(0, amount ?? 0));
    signs[at] = 1;
  }
  return { type: partner.type, months: months.map(exactValue), signs } satisfies PartnerSales;
}
