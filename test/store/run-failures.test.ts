import { describe, expect, it } from 'vitest';
import { failureGroups } from '../../src/store/run-failures.ts';
import { saveRun, type Run } from '../../src/store/runs.ts';
import { openMemory } from './open.ts';

const RUN: Run = {
  ...{ id: '', connectionId: 'lab', kind: 'sync', state: 'failed', dryRun: false, full: false },
  ...{ startedMs: 0, asOfMs: null, endedMs: null, mapping: null, model: null, calls: 0 },
  ...{ error: null, resumeAtMs: null, undoes: null, flow: null, summary: null },
};
const AUTH = { kind: 'auth', code: 'INVALID_GRANT', cure: 'Sign in again.' };

describe('runs that ended early', () => {
  it('are counted by reason, the latest first, whatever record each message names', async () => {
    const store = openMemory();
    const ended: Partial<Run>[] = [
      { startedMs: 1, error: 'too long ago', summary: { failure: AUTH } },
      { startedMs: 10, error: 'user a is refused', summary: { failure: AUTH } },
      { startedMs: 11, error: 'its process died', state: 'abandoned' },
      { startedMs: 12, error: 'user b is refused', summary: { failure: AUTH } },
      { startedMs: 13, error: 'stopped on request', state: 'stopped' },
      { startedMs: 14, state: 'done', summary: { failure: null } },
      { startedMs: 15, error: 'of another', connectionId: 'other' },
    ];
    for (const [n, one] of ended.entries()) await saveRun(store, { ...RUN, id: `r${n}`, ...one });
    expect(await failureGroups(store, 'lab', 10)).toEqual([
      { ...AUTH, message: 'user b is refused', runs: 2, lastRun: 'r3', lastMs: 12 },
      {
        ...{ kind: null, code: null, cure: null, message: 'its process died' },
        ...{ runs: 1, lastRun: 'r2', lastMs: 11 },
      },
    ]);
    store.close();
  });
});
