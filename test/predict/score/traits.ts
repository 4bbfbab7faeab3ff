/** Made-up partners as traits, of which every number is known. */
import type { Known } from '../../../src/predict/score/proofs.ts';
import type { KpiProof } from '../../../src/model/proof.ts';

type Random = () => number;
const below = (r: Random, n: number): number => Math.floor(n * r());

export function traits(r: Random, id: string, over: Partial<Known> = {}): Known {
  const n = below(r, 12);
  return {
    id,
    type: ['Reseller', 'Technology', null][below(r, 3)]!,
    region: ['DE', 'FR', 'US'][below(r, 3)]!,
    accountId: id,
    ownerId: 'M1',
    signedOn: '2024-03-01',
    onboardedOn: r() < 0.7 ? '2024-05-01' : null,
    now: {
      certified_people: below(r, 6),
      certification_depth: below(r, 4),
      portal_frequency: below(r, 20) / 4,
      plan_participation: below(r, 3),
    },
    leading: [],
    sellers: r() < 0.6 ? 1 + below(r, 9) : null,
    sellersSeen: true,
    open: below(r, 9),
    products: [{ of: 'Core', n, won: below(r, n + 1) }],
    industries: [{ of: 'Retail', n, won: below(r, n + 1) }],
    brought: { n: 4, proven: below(r, 5) },
    planned: r() < 0.5,
    promises: { due: 3, kept: below(r, 4) },
    wonBy: [],
    costs: [],
    reached: [],
    used: [],
    fresh: [],
    certificates: [],
    wins: below(r, 6),
    won: below(r, 6) * 10_000,
    ...over,
  };
}

export const channel = (r: Random, n: number): Known[] =>
  Array.from({ length: n }, (_, i) => traits(r, `P${i}`));

export const proof = (kpi: KpiProof['kpi'], verdict: KpiProof['verdict']): KpiProof => ({
  ...{ kpi, verdict, deals: 600, partners: 60 },
  gain: { mean: 3, low: 1, high: 5 },
  effect: { mean: 0.4, low: 0.1, high: 0.7 },
});
