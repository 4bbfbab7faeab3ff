/**
 * What partners will try, each alone on two worlds and in forty pairs: it pays on the naive
 * composite and not on ours, whether the author is known to be the partner's or not known at all.
 */
import { describe, expect, it } from 'vitest';
import type { Side } from '../../src/model/facts.ts';
import { ATTACKS, campaign, limitsOf, NAIVE_POINTS, pairs, withinLimits } from './campaign.ts';
import type { Row } from './measure.ts';

const SEED = 1;
const rowsOf = new Map<Side | null, Row[]>();
const rows = (by: Side | null): Row[] => {
  const found = rowsOf.get(by) ?? campaign(SEED, by);
  rowsOf.set(by, found);
  return found;
};
const AUTHORS: [string, Side | null, number][] = [
  ["the partner's", 'partner', 0.9],
  ['unknown', null, 0.8],
];

describe.each(AUTHORS)('with authors %s', (_name, by, keptAtLeast) => {
  it.each(ATTACKS.map((attack) => attack.name))(
    '%s: pays on the naive composite, not on ours',
    (name) => {
      const row = rows(by).find((r) => r.name === name)!;
      expect(row.naiveGain).toBeGreaterThan(NAIVE_POINTS);
      if (row.rule === 'visible') expect(row.kept).toBe(true);
      else expect(withinLimits(row, limitsOf(by)), JSON.stringify(row)).toBe(true);
    },
  );

  it('honest growth keeps its gain', () => {
    for (const row of rows(by).filter((r) => r.rule === 'control'))
      expect(row.kept as number, row.name).toBeGreaterThanOrEqual(keptAtLeast);
  });

  it('forty pairs stay within the limits', () => {
    for (const row of pairs(SEED, by, 40, 1))
      expect(withinLimits(row, limitsOf(by)), JSON.stringify(row)).toBe(true);
  });
});
