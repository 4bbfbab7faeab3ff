import { describe, expect, it } from 'vitest';
import { dealsAsked, heapNeededMb } from '../../src/host/node/more-memory.ts';

describe('a larger heap', () => {
  it('is asked for by a large sandbox only', () => {
    expect([heapNeededMb(0), heapNeededMb(2000)]).toEqual([null, null]);
    expect(heapNeededMb(10_000_000)).toBeGreaterThan(60_000);
  });

  it('goes by the deals of `sandbox serve`, however they are written', () => {
    expect(dealsAsked(['sandbox', 'serve', '--deals', '1000000', '--json'])).toBe(1_000_000);
    expect(dealsAsked(['sandbox', 'serve', '--json', '--deals=5'])).toBe(5);
    expect([
      dealsAsked(['sandbox', 'serve']),
      dealsAsked(['demo', '--deals', '9']),
      dealsAsked(['sandbox', 'serve', '--deals']),
      dealsAsked(['sandbox', 'serve', '--deals', 'x']),
    ]).toEqual([0, 0, 0, 0]);
  });
});
