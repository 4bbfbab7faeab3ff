import type { CertificationFacts } from '../../model/facts.ts';
import { fold } from '../../model/fold.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';

/** A certificate and the moments between which it is in force, [fromMs, toMs). */
export interface Certified {
  name: string;
  fromMs: number;
  toMs: number;
}

/** Certificates by when they are in force in the organisation's zone; one that never is, is none. */
export const certifiedFrom = (
  certifications: readonly CertificationFacts[],
  timeZone: string,
): Certified[] =>
  certifications.flatMap(({ name, issuedOn, expiresOn }) => {
    const fromMs = dayStart(issuedOn, timeZone);
    const toMs = dayEnd(expiresOn, timeZone) ?? Infinity;
    return fromMs === null || toMs <= fromMs ? [] : [{ name, fromMs, toMs }];
  });

export const certificatesInForce = (
  certifications: readonly CertificationFacts[],
  { asOfMs, timeZone }: { asOfMs: number; timeZone: string },
): Certified[] =>
  certifiedFrom(certifications, timeZone).filter(
    ({ fromMs, toMs }) => fromMs <= asOfMs && asOfMs < toMs,
  );

/** Whether a certificate is for a product: its name names it. */
export const isForProduct = (certificate: string, product: string | null): boolean =>
  product !== null && fold(product) !== '' && fold(certificate).includes(fold(product));
