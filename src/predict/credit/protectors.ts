import type { ClaimFacts, CreditSettings } from '../../model/credit.ts';
import { sameCustomer, sameProduct } from './claims.ts';
import { protectedUntilMs, statusAt } from './registration.ts';

/**
 * Accounts of partners whose approved registration protects this customer, and until when.
 * `customer` is compared as a registration would be.
 */
export const protectorsOf = (
  customer: ClaimFacts,
  among: readonly ClaimFacts[],
  settings: CreditSettings,
  { asOfMs, timeZone }: { asOfMs: number; timeZone: string },
): { accountId: string; untilMs: number }[] =>
  among.flatMap((claim) => {
    const registration = { ...claim, amount: null };
    const untilMs = protectedUntilMs(registration, settings, timeZone);
    // What is decided later than the moment protects nobody yet.
    const status = statusAt(registration, asOfMs);
    const inForce =
      claim.submittedMs <= asOfMs &&
      (status === 'approved' || status === 'unrecorded') &&
      untilMs !== null &&
      untilMs > asOfMs;
    return inForce && sameProduct(customer, claim) && sameCustomer(customer, claim) !== null
      ? [{ accountId: claim.partnerId, untilMs }]
      : [];
  });
