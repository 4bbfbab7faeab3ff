import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { asHeadwaterError } from '../../../src/model/error.ts';
import { findRun, listRuns } from '../../../src/store/runs.ts';
import { crmRows } from '../../../src/store/schema.ts';
import { localRows } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { runSync, type SyncDeps, type SyncOutcome } from '../../../src/sync/run/run.ts';
import { openLab, type Lab } from '../lab.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REAL = { dryRun: false, full: false };

describe('bad input', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ seed: 5, partners: 5, deals: 40 });
  });
  afterEach(async () => {
    await lab.close();
  });

  const advance = (ms: number, world = true): Promise<unknown> =>
    lab.control('POST', '/clock/advance', { ms, world });
  const off = (ms: number): SyncDeps => {
    const deps = lab.deps();
    return {
      ...deps,
      connectorDeps: { ...deps.connectorDeps, nowMs: () => lab.sandbox.clock.nowMs() + ms },
    };
  };
  const unsettled = (outcome: SyncOutcome): number =>
    outcome.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0) +
    outcome.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);

  /** Every living deal and account of the CRM is here with its values, and nothing else is. */
  async function agrees(): Promise<void> {
    const dump = (await lab.control('GET', '/dump?objects=Opportunity,Account')) as Record<
      string,
      Record<string, unknown>[]
    >;
    for (const [object, fields] of [
      ['Opportunity', ['StageName', 'Amount', 'CloseDate', 'AccountId']],
      ['Account', ['Name']],
    ] as const) {
      const alive = new Map(
        dump[object]!.filter((row) => row['IsDeleted'] !== true).map((row) => [
          String(row['Id']),
          row,
        ]),
      );
      const ids = (
        await lab.store.db
          .select({ id: crmRows.id })
          .from(crmRows)
          .where(sql`${crmRows.object} = ${object} and ${crmRows.deleted} = 0`)
      ).map((row) => row.id);
      expect(ids.sort()).toEqual([...alive.keys()].sort());
      for (const [id, row] of await localRows(lab.store, 'lab', object, ids)) {
        for (const field of fields)
          if (field in row.fields)
            expect(row.fields[field] ?? null, `${id} ${field}`).toEqual(
              alive.get(id)![field] ?? null,
            );
      }
    }
  }

  /** Once more after the last change, and nothing is left to do. */
  async function settles(): Promise<void> {
    await lab.sync();
    await agrees();
    expect(unsettled(await lab.sync())).toBe(0);
  }

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])(
    "this machine's clock an hour %s: windows follow the CRM's own, and no row is missed",
    async (_, ms) => {
      await runSync(off(ms), REAL);
      for (const step of [3 * DAY_MS, 20 * MINUTE_MS, 2 * DAY_MS]) {
        await advance(step);
        const outcome = await runSync(off(ms), REAL);
        expect(Math.abs(outcome.summary.asOfMs - lab.sandbox.clock.nowMs())).toBeLessThan(1000);
        expect(outcome.summary.receipts.filter((receipt) => !receipt.verified)).toEqual([]);
        await agrees();
      }
      // And back: the clock was set right in between.
      await advance(DAY_MS);
      await settles();
    },
  );

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])(
    'two machines, one with its clock an hour %s: only one works at a time, and the end is the same',
    async (_, ms) => {
      await lab.sync();
      await advance(3 * DAY_MS);
      let calls = 0;
      let other: Promise<unknown> | null = null;
      const inner = lab.sandbox.fetch;
      lab.wire.fetch = async (input, init) => {
        if (++calls === 25) {
          other = lab.sync().catch(asHeadwaterError);
          await other;
        }
        return await inner(input, init);
      };
      const first = await runSync(off(ms), REAL).catch(asHeadwaterError);
      const second = await other!;
      lab.wire.fetch = inner;
      // Ahead, its lease begins in what is the future to the other, which leaves and says so;
      // behind, it looks over, and the other takes the connection from it.
      if (ms > 0) {
        expect(second).toMatchObject({ kind: 'limit', code: 'LEASE_AHEAD' });
        expect(first).toMatchObject({ run: { state: 'done' } });
      } else {
        expect(second).toMatchObject({ run: { state: 'done' } });
        expect(first).toMatchObject({ kind: 'limit', code: 'LEASE_LOST' });
      }
      await settles();
    },
  );

  it('a quota that is spent already: paused before anything is read, with the time to go on', async () => {
    await lab.control('POST', '/faults', { kind: 'dailyLimit' });
    const error = await lab.sync().catch(asHeadwaterError);
    expect(error).toMatchObject({ kind: 'limit', cure: expect.stringContaining('API calls') });
    const [run] = await listRuns(lab.store, 1);
    expect(run).toMatchObject({ state: 'paused-budget', resumeAtMs: expect.any(Number) });
    expect(run!.resumeAtMs!).toBeGreaterThan(lab.sandbox.clock.nowMs());
    await lab.control('DELETE', '/faults');
    await settles();
  });

  it('a token revoked in the middle of a run: the connection waits for a person, and then goes on', async () => {
    let calls = 0;
    const inner = lab.sandbox.fetch;
    lab.wire.fetch = async (input, init) =>
      ++calls > 30
        ? Response.json(
            [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }],
            { status: 401 },
          )
        : await inner(input, init);
    const error = await lab.sync().catch(asHeadwaterError);
    expect(error).toMatchObject({ kind: 'auth', cure: expect.stringContaining('Sign in again') });
    expect(calls).toBe(31);
    expect((await listRuns(lab.store, 1))[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('INVALID_SESSION_ID'),
    });
    lab.wire.fetch = inner;
    await settles();
  });

  it('a disk that fills up at any moment, for a while or until the process ends: nothing is lost, and writes come to an end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150 }),
        fc.constantFrom(1, 3, Infinity),
        async (from, long) => {
          await advance(DAY_MS);
          let batches = 0;
          const deps = lab.deps();
          const full: Store = {
            ...deps.store,
            batch: async (statements) => {
              batches++;
              if (batches >= from && batches < from + long)
                throw Object.assign(new Error('database or disk is full'), {
                  code: 'SQLITE_FULL',
                });
              await deps.store.batch(statements);
            },
          };
          const ended = await runSync({ ...deps, store: full }, REAL).catch(asHeadwaterError);
          if (batches >= from)
            expect(ended).toMatchObject({
              kind: 'config',
              code: 'SQLITE_FULL',
              cure: expect.stringContaining('space'),
            });
          await advance(6 * MINUTE_MS, false);
          // A run that is taken up keeps its own moment, six minutes ago;
          // the next one looks from now.
          await lab.sync();
          await settles();
        },
      ),
      { numRuns: 6 },
    );
  });

  it('a mapping edited between the steps of a run that died: that run ends with the reason, and the next uses the new one', async () => {
    const deps = lab.deps();
    let steps = 0;
    const dying: SyncDeps = {
      ...deps,
      progress: () => {
        steps++;
      },
      store: {
        ...deps.store,
        batch: async (statements) => {
          if (steps > 40) throw new Error('died');
          await deps.store.batch(statements);
        },
      },
    };
    await expect(runSync(dying, REAL)).rejects.toThrow();
    await advance(6 * MINUTE_MS, false);
    lab.mapping.text = lab.mapping.text.replace(
      /^( +)industry: Industry$/m,
      '$1industry: { field: Industry, map: { Technology: Tech } }',
    );
    const [dead] = await listRuns(lab.store, 1);
    expect(dead?.state).toBe('running');
    await expect(lab.sync()).rejects.toMatchObject({
      kind: 'config',
      code: 'MAPPING_CHANGED',
      cure: expect.stringContaining('Run again'),
    });
    expect(await findRun(lab.store, dead!.id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('mapping'),
    });
    const next = await lab.sync();
    expect([next.resumed, next.run.mapping === dead!.mapping]).toEqual([false, false]);
    await settles();
  });
});
