import type { DealFacts, PartnerLinkFacts } from '../../model/facts.ts';
import type { Proof } from '../../model/score.ts';
import { DAY_MS } from '../math/time.ts';
import { LINK_FIX_DAYS, LINK_GRACE_DAYS } from '../tuning.ts';

/**
 * Whose deal it is said to be, rather than who helped, paid for a campaign or owns the customer.
 */
const names = ({ via }: PartnerLinkFacts): boolean =>
  via === undefined || via === 'field' || via === 'registration';

/** The deal was another partner's before; a name put right within days was never one. */
const takenOver = (deal: DealFacts, knownMs: number): boolean =>
  (deal.links ?? []).some(
    (link) =>
      link.partnerId !== deal.partnerId &&
      names(link) &&
      link.knownMs < knownMs - DAY_MS &&
      (link.endedMs ?? Infinity) > deal.createdMs + LINK_FIX_DAYS * DAY_MS,
  );

/**
 * A partner that was put on a deal long after it was there, after we had worked on it, or after
 * another partner stood on it, did not bring it: as evidence it is a direct deal.
 */
export function broughtBy(deal: DealFacts, proofs: readonly Proof[]): string | null {
  const knownMs = (deal.links ?? [])
    .filter((link) => link.partnerId === deal.partnerId)
    .reduce((first, link) => Math.min(first, link.knownMs), Infinity);
  if (knownMs === Infinity) return deal.partnerId;
  const late = knownMs > deal.createdMs + LINK_GRACE_DAYS * DAY_MS;
  const ours = proofs.some((proof) => proof.certain && proof.atMs < knownMs - DAY_MS);
  return late || ours || takenOver(deal, knownMs) ? null : deal.partnerId;
}
