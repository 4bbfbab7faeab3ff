import { describe, expect, it } from 'vitest';
import { conflictText } from '../../src/cli/credit-text.ts';

describe('a conflict in a list', () => {
  it('names its partners beside the ids that a decision asks for, and leaves one without a name blank', () => {
    const side = (partnerId: string) => ({
      ...{ registrationId: `r-${partnerId}`, partnerId, dealId: null },
      ...{ submittedMs: Date.parse('2026-11-02T08:00:00Z'), decidedMs: null, status: 'pending' },
    });
    const sides = [side('001A'), side('001B')];
    const text = conflictText(
      { id: 'c1', state: 'open', evidence: 'the same account', sides },
      new Map([['001A', 'Keystone Partners']]),
    );
    expect(text).toMatch(/r-001A +001A +Keystone Partners +2026-11-02 08:00:00 UTC +pending/);
    expect(text).toMatch(/r-001B +001B +2026-11-02 08:00:00 UTC/);
  });
});
