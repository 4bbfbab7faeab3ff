import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeadwaterError } from '../../src/model/error.ts';
import { listRuns, listSteps } from '../../src/store/runs.ts';
import type { Store } from '../../src/store/store.ts';
import { runSync } from '../../src/sync/run/run.ts';
import { openLab, type Lab } from './lab.ts';

class Died extends Error {}

describe('what a run tells of its end', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ seed: 91, partners: 3, deals: 20 });
  });
  afterEach(async () => {
    await lab.close();
  });

  /** The lab's run on a store that fails from the moment `broken` is set. */
  const syncOn = (state: { broken: unknown }) => {
    const deps = lab.deps();
    const store: Store = {
      ...deps.store,
      batch: async (statements, durable) => {
        if (state.broken !== null) throw state.broken;
        await deps.store.batch(statements, durable);
      },
    };
    return runSync({ ...deps, store }, { dryRun: false, full: false });
  };

  it('is the first error, when the store then fails to take it down', async () => {
    const state: { broken: unknown } = { broken: null };
    const { connector } = lab;
    lab.connector = {
      ...connector,
      open: async (...given) => ({
        ...(await connector.open(...given)),
        read: async () => {
          state.broken = new HeadwaterError('config', 'the database cannot grow', {
            code: 'SQLITE_FULL',
          });
          throw new HeadwaterError('auth', 'the session was ended', {
            code: 'INVALID_SESSION_ID',
            cure: 'Sign in again.',
          });
        },
      }),
    };
    const failed = (await syncOn(state).catch((error: unknown) => error)) as HeadwaterError;
    expect(failed).toMatchObject({
      kind: 'auth',
      code: 'INVALID_SESSION_ID',
      cure: 'Sign in again.',
      cause: { message: 'the session was ended' },
    });
    expect(failed.message).toBe(
      'the session was ended (nor could the run be recorded as ended: the database cannot grow)',
    );
  });

  it('counts the calls of the process that died before', async () => {
    const state: { broken: unknown } = { broken: null };
    const { connector } = lab;
    let reads = 0;
    lab.connector = {
      ...connector,
      open: async (...given) => {
        const session = await connector.open(...given);
        return {
          ...session,
          read: async (request, next) => {
            if (++reads === 4) {
              state.broken = new Died();
              throw new Died();
            }
            return await session.read(request, next);
          },
        };
      },
    };
    await expect(syncOn(state)).rejects.toThrow();
    const dead = await listSteps(lab.store, (await listRuns(lab.store, 1))[0]!.id);
    const spent = dead.reduce((sum, step) => sum + step.calls, 0);
    expect(spent).toBeGreaterThan(5);
    lab.connector = connector;
    await lab.control('POST', '/clock/advance', { ms: 6 * 60_000, world: false });
    const outcome = await lab.sync();
    expect(outcome.resumed).toBe(true);
    const own = (await listSteps(lab.store, outcome.run.id)).reduce(
      (sum, step) => sum + step.calls,
      0,
    );
    expect(own).toBeGreaterThan(spent);
    expect(outcome.run.calls).toBeGreaterThanOrEqual(own);
    expect((await listRuns(lab.store, 1))[0]?.calls).toBe(outcome.run.calls);
  });
});
