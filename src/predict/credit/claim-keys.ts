import type { ClaimFacts } from '../../model/credit.ts';
import { hostOf, isPublicMailHost, registrableDomain } from '../../model/domain.ts';
import { companyKey, digitsOf } from './company-name.ts';

/** Letters that two names must begin with to be compared at all: a typing mistake sits later. */
const BLOCK_LETTERS = 4;

/**
 * What a registration is found again by. Two that may be the same customer share a key; two that
 * share one need not be.
 */
export function claimKeysOf(claim: ClaimFacts): string[] {
  const domain = registrableDomain(hostOf(claim.domain));
  const key = companyKey(claim.company);
  const letters = key.replaceAll(/[\p{N} ]+/gu, '').slice(0, BLOCK_LETTERS);
  const name = `${letters} ${digitsOf(key)}`.trim();
  return [
    ...(claim.dealId === null ? [] : [`deal ${claim.dealId}`]),
    ...(claim.accountId === null ? [] : [`account ${claim.accountId}`]),
    ...(domain === null || isPublicMailHost(domain) ? [] : [`domain ${domain}`]),
    ...(name === '' ? [] : [`name ${name}`]),
  ];
}
