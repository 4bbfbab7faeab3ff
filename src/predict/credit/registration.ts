import type { PartnerLinkFacts, RegistrationFacts } from '../../model/facts.ts';
import type { CreditSettings } from '../../model/credit.ts';
import { dayEnd } from '../math/calendar.ts';
import { DAY_MS, HOUR_MS } from '../math/time.ts';

export type RegistrationStatus = 'pending' | 'approved' | 'rejected' | 'expired' | 'unrecorded';

const WORDS: Record<string, RegistrationStatus> = {
  pending: 'pending',
  approved: 'approved',
  rejected: 'rejected',
  expired: 'expired',
};

/**
 * A registration's status as it was known at a moment. A word that the mapping did not translate is
 * a decision that we cannot read, and waits; a decision of later is none yet.
 */
export function statusAt(registration: RegistrationFacts, atMs: number): RegistrationStatus {
  const { status, decidedMs } = registration;
  if (status === null || status === '') return 'unrecorded';
  if (decidedMs !== null && decidedMs > atMs) return 'pending';
  return WORDS[status.trim().toLowerCase()] ?? 'pending';
}

/**
 * When the registration was known: what it says of itself, or the moment at which its link to the
 * deal was first seen where that came later. A date of submission can be typed; a first sight
 * cannot.
 */
export function knownMsOf(
  registration: RegistrationFacts,
  links: readonly PartnerLinkFacts[],
): number {
  const seen = links
    .filter(
      (link) =>
        link.partnerId === registration.partnerId &&
        link.via === 'registration' &&
        link.since === 'seen',
    )
    .map((link) => link.knownMs);
  const stood = links.some(
    (link) =>
      link.partnerId === registration.partnerId &&
      link.via === 'registration' &&
      link.since !== 'seen',
  );
  const first = stood || seen.length === 0 ? -Infinity : Math.min(...seen);
  return Math.max(registration.submittedMs, registration.knownMs ?? -Infinity, first);
}

/** Last moment at which an approval protects its partner; null = it was never approved. */
export function protectedUntilMs(
  registration: RegistrationFacts,
  settings: CreditSettings,
  timeZone: string,
): number | null {
  const status = statusAt(registration, Infinity);
  if (status === 'rejected' || status === 'pending') return null;
  return (
    dayEnd(registration.protectedUntil ?? null, timeZone) ??
    (registration.decidedMs ?? registration.submittedMs) + settings.protectionDays * DAY_MS
  );
}

/** Hours from submission to decision; null = undecided, or decided before it was submitted. */
export function hoursToDecision(registration: RegistrationFacts, asOfMs: number): number | null {
  const { decidedMs, submittedMs } = registration;
  return decidedMs === null || decidedMs > asOfMs || decidedMs < submittedMs
    ? null
    : (decidedMs - submittedMs) / HOUR_MS;
}
