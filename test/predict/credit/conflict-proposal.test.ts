import { describe, expect, it } from 'vitest';
import { conflictProposal } from '../../../src/predict/index.ts';

const side = (registrationId: string, day: number, status: string) => ({
  ...{ registrationId, partnerId: `of-${registrationId}`, dealId: 'd1', decidedMs: null },
  ...{ submittedMs: day * 86_400_000, status },
});
const proposed = (sides: ReturnType<typeof side>[], inForce: string[] = []) => {
  const found = conflictProposal({ sides }, new Set(inForce));
  return found === null ? null : [found.registrationId, found.rule];
};

describe('what the rules propose of a conflict', () => {
  it('is an approval in force before any approval, and that before who came first', () => {
    const both = [side('a', 1, 'approved'), side('b', 2, 'approved')];
    expect(proposed(both, ['b'])).toEqual(['b', 'protected']);
    expect(proposed(both, ['a', 'b'])).toEqual(['a', 'protected']);
    expect(proposed(both)).toEqual(['a', 'approved']);
    expect(proposed([side('a', 1, 'pending'), side('b', 2, 'approved')])).toEqual([
      'b',
      'approved',
    ]);
    expect(proposed([side('b', 2, 'pending'), side('a', 1, 'pending')])).toEqual(['a', 'first']);
  });
  it('passes over claims that were rejected or ran out', () => {
    expect(proposed([side('a', 1, 'rejected'), side('b', 2, 'pending')])).toEqual(['b', 'first']);
    expect(proposed([side('a', 1, 'rejected'), side('b', 2, 'expired')])).toBeNull();
    // A protection of something that is not approved protects nothing.
    expect(proposed([side('a', 1, 'rejected'), side('b', 2, 'pending')], ['a'])).toEqual([
      ...['b', 'first'],
    ]);
  });
});
