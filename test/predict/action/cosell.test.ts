import { describe, expect, it } from 'vitest';
import type { KnownAt } from '../../../src/model/cosell.ts';
import { creditSettingsSchema } from '../../../src/model/credit.ts';
import { cosellPairs, creditIfWon, pairKey, strengthsFor } from '../../../src/predict/index.ts';
import { AS_OF, bare, contextAt, dealOf, random } from '../../properties/world.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { traits } from '../score/traits.ts';

const sells = (id: string, n: number, won: number, stage: [number, number] = [0, 0]) =>
  traits(random(1), id, {
    products: [{ of: 'Vault', n, won }],
    reached: stage[0] === 0 ? [] : [{ of: 'Proposal', n: stage[0], lost: 0, won: stage[1] }],
  });
const names = ['ace', 'known', 'both', 'dull'];
const candidates = names.map((id) => ({ id, accountId: `A-${id}`, name: id }));
const PARTNERS = [
  sells('ace', 30, 27),
  sells('known', 30, 9),
  sells('both', 30, 26),
  sells('dull', 30, 8, [30, 8]),
];
const KNOWN = new Map<string, KnownAt>([
  ['A-known', { n: 3, won: 2, open: 0 }],
  ['A-both', { n: 1, won: 0, open: 1 }],
]);
interface Asked {
  known?: Map<string, KnownAt> | null;
  onDeal?: string[];
  joint?: [string, { n: number; won: number }][];
  stage?: string;
}
const asked = ({ known = KNOWN, onDeal = [], joint = [], stage = 'Close' }: Asked = {}) => {
  const found = cosellPairs(candidates, {
    ...{ known, onDeal: new Set(onDeal), joint: new Map(joint) },
    strengths: strengthsFor(PARTNERS, { stage, product: 'Vault' }),
  });
  return {
    ...found,
    pairs: found.pairs.map((one) => ({ ...one, of: `${one.strong.id}+${one.known.id}` })),
  };
};

describe('pairs for a deal', () => {
  it('join one that wins more than others with another one that the customer knows', () => {
    expect(asked().pairs.map(({ of }) => of)).toEqual(['ace+known', 'both+known', 'ace+both']);
    const [{ strong, known }] = asked().pairs as [ReturnType<typeof asked>['pairs'][number]];
    expect(strong.strength).toMatchObject({ by: 'product', of: 'Vault', n: 30, won: 27 });
    expect(strong.strength.low).toBeGreaterThan(strong.strength.pool);
    expect(known.record).toEqual({ n: 3, won: 2, open: 0 });
  });
  it('have those with somebody on the deal first, and tell what both won together', () => {
    const joint: Asked['joint'] = [[pairKey('A-both', 'A-ace'), { n: 4, won: 3 }]];
    const [first] = asked({ onDeal: ['A-both', 'A-ace'], joint }).pairs;
    expect(first).toMatchObject({ of: 'ace+both', joint: { n: 4, won: 3 } });
    expect(asked({ joint }).pairs[0]!.joint).toBeNull();
  });
  it('are strong at the stage too, where that says more than the product', () => {
    const strengths = strengthsFor(
      [sells('ace', 30, 12, [30, 27]), sells('dull', 30, 12, [30, 9])],
      { stage: 'Proposal', product: 'Vault' },
    );
    expect([...strengths].map(([id, { by, of }]) => [id, by, of])).toEqual([
      ['ace', 'stage', 'Proposal'],
    ]);
  });
  it('are none where nobody is known, nobody is strong, or there is no customer, and say so', () => {
    expect(asked({ known: null })).toEqual({ pairs: [], missing: ['customer'] });
    expect(asked({ known: new Map() })).toEqual({ pairs: [], missing: ['nobody known'] });
    const weak = cosellPairs(candidates, {
      ...{ known: KNOWN, onDeal: new Set<string>(), joint: new Map() },
      strengths: strengthsFor(PARTNERS, { stage: null, product: null }),
    });
    expect(weak).toEqual({ pairs: [], missing: ['nobody strong'] });
  });
});

describe('credit of an open deal', () => {
  const settings = creditSettingsSchema.parse(undefined);
  const created = AS_OF - 60 * DAY_MS;
  const registered = (deal: string) => ({
    ...{ id: 'R', partnerId: 'A-ace', kind: 'registration' as const, dealId: deal },
    ...{ submittedMs: created - DAY_MS, decidedMs: created, status: 'approved', amount: null },
  });
  it('is what the rules would give if it were won at the moment, and changes nothing of it', () => {
    const deal = dealOf('D', created, [[10, 'Qualified']], { partnerId: 'A-ace' });
    const before = structuredClone(deal);
    const credit = creditIfWon(deal, [registered('D')], settings, contextAt());
    expect(credit).toMatchObject({ kind: 'sourced', wonMs: AS_OF, cents: 5_000_000 });
    expect(credit!.rows[0]).toMatchObject({ partnerId: 'A-ace', weight: 1, rule: 'registration' });
    expect(creditIfWon(deal, [], settings, contextAt())!.kind).toBe('direct');
    expect(deal).toEqual(before);
  });
  it('is unknown where no stage wins', () => {
    const none = contextAt(AS_OF, { stages: new Map() });
    expect(creditIfWon(bare({ id: 'D', createdMs: created }), [], settings, none)).toBeNull();
  });
});
