import type { RegistrationFacts } from '../../model/facts.ts';

/** A registration as it was known at a moment: one that was decided later was still pending. */
export const registrationKnownBy = (one: RegistrationFacts, atMs: number): RegistrationFacts =>
  one.decidedMs !== null && one.decidedMs > atMs
    ? { ...one, decidedMs: null, status: 'pending' }
    : one;
