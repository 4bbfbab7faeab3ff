/** Whose approval protects a customer from other partners, and from when until when. */
import { describe, expect, it } from 'vitest';
import type { ClaimFacts } from '../../../src/model/credit.ts';
import { protectorsOf } from '../../../src/predict/credit/protectors.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { AS_OF } from '../../properties/world.ts';
import { CREATED, SETTINGS } from './world.ts';

const claim = (over: Partial<ClaimFacts>): ClaimFacts => ({
  id: 'c',
  kind: 'registration',
  partnerId: 'p',
  dealId: null,
  accountId: 'a1',
  company: null,
  domain: null,
  product: null,
  submittedMs: CREATED,
  decidedMs: CREATED + DAY_MS,
  protectedUntil: null,
  status: 'approved',
  ...over,
});
const protectors = (over: Partial<ClaimFacts>, customer: Partial<ClaimFacts> = {}): string[] =>
  protectorsOf(claim({ id: 'new', partnerId: 'q', ...customer }), [claim(over)], SETTINGS, {
    asOfMs: AS_OF,
    timeZone: 'UTC',
  }).map(({ accountId }) => accountId);

describe('a customer is protected', () => {
  it('by an approval, and where no decisions are recorded by the registration', () => {
    expect(protectors({})).toEqual(['p']);
    expect(protectors({ status: null, decidedMs: null })).toEqual(['p']);
  });

  it.each([
    ['that waits', { status: 'pending', decidedMs: null }],
    ['that was turned down', { status: 'rejected' }],
    ['that ran out', { status: 'expired' }],
    ['that is decided later', { decidedMs: AS_OF + DAY_MS }],
    ['that is filed later', { submittedMs: AS_OF + DAY_MS, decidedMs: null, status: null }],
    ['whose last day is over', { protectedUntil: '2026-10-01' }],
    ['of another customer', { accountId: 'a2' }],
  ])('by no registration %s', (_, over) => {
    expect(protectors(over)).toEqual([]);
  });

  it('by its domain, which an address of a public mail host is not', () => {
    const mail = (domain: string): string[] =>
      protectors({ accountId: 'a1', domain }, { accountId: 'a2', domain });
    expect([mail('acme.example'), mail('gmail.com')]).toEqual([['p'], []]);
  });

  it('for the product that was registered, and not for another one', () => {
    expect(protectors({ product: 'Suite' }, { product: 'Suite' })).toEqual(['p']);
    expect(protectors({ product: 'Suite' }, { product: 'Gateway' })).toEqual([]);
  });
});
