/** What successful partners share: a planted profile is found, and nothing where there is none. */
import { describe, expect, it } from 'vitest';
import type { PartnerProfile } from '../../../src/model/profile.ts';
import { fitOf, profileOf } from '../../../src/predict/score/profile/profile.ts';
import { segmentsOf } from '../../../src/predict/score/profile/segments.ts';
import { verticalsOf } from '../../../src/predict/score/profile/verticals.ts';
import type { Known } from '../../../src/predict/score/proofs.ts';
import { random } from '../../properties/world.ts';
import { channel, traits } from './traits.ts';

const AS_OF = Date.UTC(2026, 10, 10);
const WORLDS = 100;

/** Eighty partners; those of one region, and the certified, win more by so much of a unit. */
function world(seed: number, effect: number): Known[] {
  const r = random(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - r())) * Math.cos(2 * Math.PI * r());
  return channel(r, 80).map((one) => {
    const fits = (one.region === 'DE' ? 1 : 0) + (one.now.certified_people! - 2.5) / 1.7;
    return { ...one, won: Math.round(20_000 * Math.exp(0.8 * normal() + effect * fits)) };
  });
}

const found = ({ traits: all }: PartnerProfile): string[] =>
  all.filter((one) => one.found).map(({ trait, of }) => (of === null ? trait : `${trait} ${of}`));
const profiles = (effect: number): string[][] =>
  Array.from({ length: WORLDS }, (_, seed) => found(profileOf(world(seed + 1, effect), AS_OF)));

describe('the profile of successful partners', () => {
  it('is found where it was planted, in 80 of 100 worlds', () => {
    const all = profiles(1);
    const whole = all.filter(
      (one) => one.includes('region DE') && one.includes('certified_people'),
    );
    expect(whole.length).toBeGreaterThanOrEqual(80);
  });
  it('is nothing in 95 of 100 worlds where there is none', () => {
    expect(profiles(0).filter((one) => one.length === 0).length).toBeGreaterThanOrEqual(95);
  });
  it('says of each partner and recruit why it fits, and nothing where nothing was found', () => {
    const profile = profileOf(world(3, 1.2), AS_OF);
    const able = fitOf(profile, { region: 'DE', now: { certified_people: 5 } }, AS_OF);
    const other = fitOf(profile, { region: 'US', now: { certified_people: 0 } }, AS_OF);
    expect(able.fit!).toBeGreaterThan(60);
    expect(other.fit!).toBeLessThan(40);
    expect(able.reasons.map(({ trait }) => trait)).toContain('region');
    expect(fitOf(profile, {}, AS_OF)).toEqual({ fit: 50, reasons: [] });
    expect(fitOf({ partners: 3, traits: [] }, { region: 'DE' }, AS_OF).fit).toBeNull();
  });
  it('needs partners that had a year to win something', () => {
    const young = world(3, 2).map((one) => ({ ...one, signedOn: '2026-09-01' }));
    expect(profileOf(young, AS_OF)).toEqual({ partners: 0, traits: [] });
    expect(profileOf([world(1, 2)[0]!], AS_OF).traits).toEqual([]);
  });
});

describe('a partner in an industry', () => {
  it('leans on what the industry brings to all, the more so the fewer its deals are', () => {
    const r = random(4);
    const all = [
      traits(r, 'A', { industries: [{ of: 'Retail', n: 40, won: 36 }] }),
      traits(r, 'B', { industries: [{ of: 'Retail', n: 1, won: 1 }] }),
      traits(r, 'C', { industries: [{ of: 'Retail', n: 60, won: 12 }] }),
    ];
    const rate = (id: string) => verticalsOf(all).get(id)![0]!;
    expect(rate('A').rate).toBeGreaterThan(0.8);
    expect(rate('B').rate).toBeLessThan(rate('A').rate);
    expect(rate('B').high - rate('B').low).toBeGreaterThan(rate('A').high - rate('A').low);
    expect(rate('C')).toMatchObject({ n: 60, industry: 'Retail' });
    expect(rate('C').usual).toBe(rate('A').usual);
  });
});

describe('segments', () => {
  const partner = (id: string, value: number, fit: number) => ({ id, value, fit });
  const ALL = [partner('a', 90, 80), partner('b', 80, 20), partner('c', 5, 90), partner('d', 5, 9)];
  it('are made of worth and fit, within the room that managers have', () => {
    const name = (room: number) =>
      [...segmentsOf(ALL, room)].map(([id, { segment }]) => id + segment);
    expect(name(9).sort()).toEqual(['ainvest', 'bmaintain', 'cdevelop', 'dself-service']);
    expect(segmentsOf(ALL, 2).get('c')).toEqual({ segment: 'self-service', beyond: 'develop' });
    expect(segmentsOf(ALL, 0).get('a')).toEqual({ segment: 'self-service', beyond: 'invest' });
    const served = [...segmentsOf(ALL, 2).values()].filter((one) => one.segment !== 'self-service');
    expect(served).toHaveLength(2);
  });
});
