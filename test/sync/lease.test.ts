import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { dropLease, fencedStore, takeLease } from '../../src/store/lease.ts';
import { saveMapped } from '../../src/store/rows.ts';
import { findRun, listRuns, listSteps, saveRun } from '../../src/store/runs.ts';
import { partners, runs } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { FLOW_VERSION, RESUME_WITHIN_MS, runSync } from '../../src/sync/run/run.ts';
import { mapped, openMemory } from '../store/open.ts';
import { openLab } from './lab.ts';

const TTL = 1000;

describe('the lease on a connection', () => {
  let store: Store;
  beforeEach(() => {
    store = openMemory();
  });
  afterEach(() => store.close());

  it('has one holder at a time, and passes on when it expires or is dropped', async () => {
    const a = await takeLease(store, 'c', 'a', 0, TTL);
    expect(a).toMatchObject({ holder: 'a', fence: 1 });
    expect(await takeLease(store, 'c', 'b', 500, TTL)).toBeNull();
    expect(await takeLease(store, 'c', 'a', 900, TTL)).toMatchObject({ fence: 1 });
    expect(await takeLease(store, 'c', 'b', 1500, TTL)).toBeNull();
    expect(await takeLease(store, 'c', 'b', 1900, TTL)).toMatchObject({ holder: 'b', fence: 2 });
    await dropLease(store, a!);
    expect(await takeLease(store, 'c', 'a', 2000, TTL)).toBeNull();
  });

  it('makes every batch of an older holder fail as a whole', async () => {
    const old = fencedStore(store, (await takeLease(store, 'c', 'a', 0, TTL))!);
    await old.batch(saveMapped(store, 'c', [mapped('partner', 'p1', { name: 'One' })], 1));
    await takeLease(store, 'c', 'b', 5000, TTL);
    await expect(
      old.batch(saveMapped(store, 'c', [mapped('partner', 'p2', { name: 'Two' })], 2)),
    ).rejects.toMatchObject({ kind: 'limit', code: 'LEASE_LOST' });
    expect((await store.db.select().from(partners)).map((row) => row.id)).toEqual(['p1']);
  });

  it("is renewed by the batches of a step that takes longer than it, and stays its holder's", async () => {
    let nowMs = 0;
    const lease = (await takeLease(store, 'c', 'a', nowMs, TTL))!;
    const mine = fencedStore(store, lease, { nowMs: () => nowMs, ttlMs: TTL });
    for (; nowMs < 20 * TTL; nowMs += TTL / 4) await mine.batch([]);
    expect(await takeLease(store, 'c', 'b', nowMs, TTL)).toBeNull();
    nowMs += 2 * TTL;
    expect(await takeLease(store, 'c', 'b', nowMs, TTL)).toMatchObject({ holder: 'b' });
    await expect(mine.batch([])).rejects.toMatchObject({ code: 'LEASE_LOST' });
    expect(await takeLease(store, 'c', 'a', nowMs, TTL)).toBeNull();
  });

  it('leaves what must be on the disk itself to the store', async () => {
    const asked: (boolean | undefined)[] = [];
    const fenced = fencedStore(
      {
        ...store,
        batch: async (statements, durable) => {
          asked.push(durable);
          await store.batch(statements, durable);
        },
      },
      (await takeLease(store, 'c', 'a', 0, TTL))!,
    );
    await fenced.batch([], true);
    await fenced.batch([]);
    expect(asked).toEqual([true, undefined]);
  });
});

describe('two engines and dead ones', () => {
  it('the second engine leaves while the first works, and says why', async () => {
    const lab = await openLab({ seed: 2, partners: 3, deals: 10 });
    await takeLease(lab.store, 'lab', 'other', lab.sandbox.clock.nowMs(), 60_000);
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit', code: 'LEASED' });
    await lab.close();
  });

  it('a run whose process died is taken up: done steps are not done again, and the end is the same', async () => {
    const lab = await openLab({ seed: 2, partners: 5, deals: 40 });
    // The process dies without a word: whatever step it is in, nothing after it runs, not even
    // the record of the failure.
    const deps = lab.deps();
    class Died extends Error {}
    let steps = 0;
    const dying = {
      ...deps,
      store: {
        ...deps.store,
        batch: async (statements: Parameters<Store['batch']>[0]) => {
          if (steps > 60) throw new Died();
          await deps.store.batch(statements);
        },
      },
      progress: () => {
        steps++;
      },
    };
    await expect(runSync(dying, { dryRun: false, full: false })).rejects.toThrow();
    const [dead] = await listRuns(lab.store, 1);
    expect(dead?.state).toBe('running');
    const before = await listSteps(lab.store, dead!.id);
    expect(before.filter((step) => step.state === 'done').length).toBeGreaterThan(10);
    await lab.control('POST', '/clock/advance', { ms: 6 * 60_000, world: false });

    const outcome = await lab.sync();
    expect(outcome.resumed).toBe(true);
    expect(outcome.run.id).toBe(dead!.id);
    const after = await listSteps(lab.store, dead!.id);
    for (const step of before.filter((one) => one.state === 'done'))
      expect(after.find((one) => one.name === step.name)?.startedMs).toBe(step.startedMs);
    expect((await findRun(lab.store, dead!.id))?.state).toBe('done');
    // The run that was taken up keeps its own moment; the next one looks from six minutes later,
    // the one after that from the same time.
    await lab.sync();
    const settled = await lab.sync();
    expect(settled.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0)).toBe(0);
    expect(settled.summary.applied.reduce((sum, applied) => sum + applied.fields, 0)).toBe(0);
    await lab.close();
  });

  it.each<[string, number, number | null]>([
    ['long ago', RESUME_WITHIN_MS + 1, FLOW_VERSION],
    ['under an earlier version of Headwater', 60_000, null],
    ['under another version of the flow', 60_000, FLOW_VERSION - 1],
  ])('a run that died %s is abandoned and begun anew', async (_, agoMs, flow) => {
    const lab = await openLab({ seed: 2, partners: 3, deals: 10 });
    const old = {
      id: 'old',
      connectionId: 'lab',
      kind: 'sync' as const,
      state: 'running' as const,
      dryRun: false,
      full: false,
      startedMs: lab.sandbox.clock.nowMs() - agoMs,
      asOfMs: null,
      endedMs: null,
      mapping: null,
      model: null,
      calls: 0,
      error: null,
      resumeAtMs: null,
      undoes: null,
      summary: null,
      flow,
    };
    await saveRun(lab.store, old);
    const outcome = await lab.sync();
    expect(outcome.resumed).toBe(false);
    expect((await lab.store.db.select().from(runs).where(eq(runs.id, 'old')))[0]?.state).toBe(
      'abandoned',
    );
    await lab.close();
  });
});
