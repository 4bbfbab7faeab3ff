/** Worlds in which partners are good at something: whom proposals choose, and how they spread. */
import { describe, expect, it } from 'vitest';
import type { RoutablePartner, RoutedCell, RoutedDeal } from '../../../src/model/routing.ts';
import { exposureCap, routingRecord, suggestPartners } from '../../../src/predict/index.ts';
import { concentration } from '../../../src/predict/action/routing/exposure.ts';
import { random } from '../../properties/world.ts';

const PARTNERS = 30;
const REGIONS = ['DE', 'FR', 'US', 'JP', 'BR'];
const PRODUCTS = ['core', 'cloud', 'edge', 'data'];
const INDUSTRIES = ['retail', 'health', 'energy', 'public', 'banking'];
const PAST = 1800;
const LATER = 600;
const WORLDS = 12;

interface World {
  /** Log odds of a win that the product or industry which a partner is good at adds. */
  affinity: number;
}

/** What first choices and the closest partners win of the same deals, and how both are spread. */
function played(seed: number, { affinity }: World) {
  const r = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(r() * list.length)]!;
  const all = Array.from({ length: PARTNERS }, (_, i) => ({
    ...{ id: `P${i}`, region: REGIONS[i % REGIONS.length]!, size: 1 / (1 + i) ** 0.7 },
    ...{ product: pick(PRODUCTS), industry: pick(INDUSTRIES) },
  }));
  type One = (typeof all)[number];
  const deal = () => ({
    product: pick(PRODUCTS),
    industry: pick(INDUSTRIES),
    region: pick(REGIONS),
  });
  const wins = (one: One, { product, industry }: RoutedDeal): number => {
    const fit = Number(one.product === product) + Number(one.industry === industry) - 0.45;
    return 1 / (1 + Math.exp(1.1 - affinity * fit));
  };
  // Today a deal goes to somebody near, the larger the likelier.
  const closest = ({ region }: RoutedDeal): One => {
    const near = all.filter((one) => one.region === region);
    let left = r() * near.reduce((sum, { size }) => sum + size, 0);
    return near.find(({ size }) => (left -= size) <= 0) ?? near[0]!;
  };
  const year = new Map<string, number>();
  const add = (to: Map<string, number>, { id }: { id: string }) =>
    to.set(id, (to.get(id) ?? 0) + 1);
  const cells = Array.from({ length: PAST }, (): RoutedCell => {
    const asked = deal();
    const one = closest(asked);
    add(year, one);
    return { ...asked, partnerId: one.id, n: 1, won: Number(r() < wins(one, asked)) };
  });
  const partners = all.map(
    ({ id }): RoutablePartner => ({
      ...{ id, accountId: id, name: id, type: null, open: 0, certificates: [] },
    }),
  );
  const ids = partners.map(({ id }) => id);
  const settings = { territories: [], exclusions: [] };
  const odds = routingRecord(cells);
  const speech = { language: 'en', currency: 'USD', today: '2026-01-01' } as const;
  const beyond = exposureCap(year, ids, undefined);
  const rules = { settings, odds, beyond, partners, speech };
  const [given, today] = [new Map<string, number>(), new Map<string, number>()];
  const found = { chosen: 0, near: 0, said: 0, nobody: 0 };
  for (let i = 0; i < LATER; i++) {
    const asked = deal();
    const near = closest(asked);
    add(today, near);
    found.near += wins(near, asked);
    const [first] = suggestPartners(rules, asked, [], given).ranked;
    if (first === undefined) found.nobody++;
    else {
      add(given, first);
      found.chosen += wins(all.find(({ id }) => id === first.id)!, asked);
      found.said += first.probability;
    }
  }
  const spread = (counts: Map<string, number>) => concentration([...counts.values()])!;
  return { ...found, spread: spread(given), before: spread(year), later: spread(today) };
}

describe('proposals in worlds where partners are good at something', () => {
  const worlds = Array.from({ length: WORLDS }, (_, seed) => played(seed + 1, { affinity: 1.5 }));
  it('win at least 1.2 times as often with the first choice as with the closest partner', () => {
    for (const { chosen, near, nobody } of worlds) {
      expect(nobody).toBe(0);
      expect(chosen / near).toBeGreaterThanOrEqual(1.2);
    }
  });
  it('are no more concentrated than what is given out today', () => {
    for (const { spread, before } of worlds) expect(spread).toBeLessThanOrEqual(before);
    const sum = (of: 'spread' | 'later') => worlds.reduce((all, one) => all + one[of], 0);
    expect(sum('spread')).toBeLessThanOrEqual(sum('later'));
  });
  it('win about as often as is said', () => {
    const sum = (what: 'said' | 'chosen') => worlds.reduce((all, one) => all + one[what], 0);
    expect(Math.abs(sum('said') / sum('chosen') - 1)).toBeLessThan(0.15);
  });
});

it('spread no worse, and promise no more, where nobody is better than others', () => {
  for (let seed = 1; seed <= 4; seed++) {
    const { chosen, said, nobody, spread, before } = played(seed, { affinity: 0 });
    expect(nobody).toBe(0);
    expect(spread).toBeLessThanOrEqual(before);
    expect(said / chosen).toBeLessThan(1.2);
  }
});
