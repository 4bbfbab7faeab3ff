import { describe, expect, it } from 'vitest';
import { notices } from '../../src/cli/notices.ts';
import type { IntentCount } from '../../src/store/intents.ts';
import { emptySummary } from '../../src/sync/run/flow.ts';
import { HELD } from '../../src/writeback/diff.ts';

const told = (...reasons: string[]): string => {
  const counted = reasons.map((reason): IntentCount => {
    return { object: 'Account', state: 'held', reason, fields: 4, records: 2 };
  });
  const plan = {
    object: 'Account',
    entity: 'partner',
    records: 2,
    recordsChanged: 0,
    fieldsChanged: 0,
    fieldsUnchanged: 0,
    fieldsHeld: 4 * reasons.length,
  };
  return notices({ ...emptySummary(), partners: 1, plan: [plan] }, counted).join('\n');
};

describe('cures beside a held write', () => {
  it('a field that is not there is made by field deploy', () => {
    expect(told(HELD.unread)).toContain('nothing can be written to Account');
  });

  it.each([
    ['very many are gone', HELD.many, 'limits.maxAbsentPercent'],
    ['shadow mode', 'shadow mode: planned, not written', 'shadow mode'],
    ['the CRM refuses it', 'refused by the CRM: record is locked', 'record is locked'],
    ['a person wrote it', HELD.human, '`owner: headwater`'],
  ])('nobody is sent to field deploy where %s', (_, reason, said) => {
    expect(told(reason)).toContain(said);
    expect(told(reason)).not.toContain('field deploy');
  });

  it('each of several reasons keeps its own cure, and none speaks for all', () => {
    const words = told(HELD.unread, HELD.many);
    expect(words.match(/field deploy/g)).toHaveLength(1);
    expect(words).not.toContain('nothing can be written');
  });
});
