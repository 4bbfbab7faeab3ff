import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durableSteps, HandOver, type DurableStep } from '../../src/host/worker/durable-steps.ts';
import {
  ALLOWANCE,
  D1_CALLS,
  roomFor,
  STEP_RESULT_BYTES,
  SUBREQUESTS,
  WORKFLOW_STEPS,
} from '../../src/host/worker/limits.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type { CrmRow } from '../../src/model/connector.ts';
import {
  D1_PARAMETERS,
  D1_SQL_BYTES,
  D1_VALUE_BYTES,
  newMeter,
  openD1Store,
  type D1Meter,
} from '../../src/store/d1.ts';
import { saveIntents, type Intent } from '../../src/store/intents.ts';
import { fencedStore, takeLease } from '../../src/store/lease.ts';
import { partnerPage } from '../../src/store/facts.ts';
import { linkDeals } from '../../src/store/link-deals.ts';
import { saveLocal, saveMapped } from '../../src/store/rows.ts';
import type { PartnerFacts } from '../../src/model/facts.ts';
import { saveScratch, readScratch } from '../../src/store/scratch.ts';
import type { Store } from '../../src/store/store.ts';
import { applyPlan, type ApplyStep } from '../../src/sync/write/apply.ts';
import type { RunContext } from '../../src/sync/run/context.ts';
import { pullHardDeletes, type DeletionStep } from '../../src/sync/read/deletions.ts';
import { APPLY_CALLS_PER_STEP, AUDIT_PAGES_PER_STEP } from '../../src/sync/run/limits.ts';
import { mapped } from '../store/open.ts';
import { openD1OnDisk } from './d1-on-disk.ts';

let dir: string;
let meter: D1Meter;
let store: Store;
let close: () => void;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'headwater-bounds-'));
  meter = newMeter();
  const d1 = openD1OnDisk(join(dir, 'd1.sqlite'));
  close = d1.close;
  const plain = openD1Store(d1.binding, meter);
  store = fencedStore(plain, (await takeLease(plain, 'c', 'me', 0, 1e12))!);
});
afterEach(() => {
  close();
  rmSync(dir, { recursive: true, force: true });
});

const withinD1 = (): void => {
  expect(meter.parametersMax).toBeLessThanOrEqual(D1_PARAMETERS);
  expect(meter.sqlBytesMax).toBeLessThanOrEqual(D1_SQL_BYTES);
  expect(meter.valueBytesMax).toBeLessThanOrEqual(D1_VALUE_BYTES);
};

describe('an instance', () => {
  /** Runs named steps of these costs in instance after instance; what each of them used. */
  async function through(
    steps: { name: string; cost: number }[],
  ): Promise<{ steps: number; calls: number }[]> {
    const done = new Map<string, unknown>();
    const used: { steps: number; calls: number }[] = [];
    while (done.size < steps.length) {
      const now = { steps: 0, calls: 0 };
      const engine: DurableStep = {
        do: async (_name, _config, work) => {
          now.steps++;
          return await work();
        },
        sleepUntil: async () => {},
      };
      const before = new Map(done);
      const taking = durableSteps({
        step: engine,
        done: before,
        allowance: ALLOWANCE,
        onWait: async () => {},
        tooOld: () => false,
        used: () => ({ steps: now.steps, subrequests: now.calls, d1Calls: now.calls }),
        attempt: async (_name, work) => await work(),
      });
      try {
        for (const { name, cost } of steps)
          await taking.run(name, async () => {
            now.calls += cost;
            done.set(name, null);
            return null;
          });
      } catch (error) {
        expect(error).toBeInstanceOf(HandOver);
      }
      used.push(now);
      expect(now.steps, 'an instance that does nothing would hand over for ever').toBeGreaterThan(
        0,
      );
    }
    return used;
  }

  it('never has more steps than a Workflow may have, and uses nearly all of them before it hands over', async () => {
    const used = await through(
      Array.from({ length: 5000 }, (_, i) => ({ name: `fit #${i}`, cost: 0 })),
    );
    expect(used.length).toBe(Math.ceil(5000 / (WORKFLOW_STEPS - roomFor('fit').steps + 1)));
    // Ending, or handing over, takes one more.
    for (const one of used) expect(one.steps + 1).toBeLessThanOrEqual(WORKFLOW_STEPS);
    expect(used[0]!.steps).toBeGreaterThan(WORKFLOW_STEPS - 30);
  });

  it('never makes more calls than an invocation may make, in whatever order steps of whatever size come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ apply: fc.boolean(), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
          { minLength: 1, maxLength: 60 },
        ),
        async (given) => {
          const steps = given.map(({ apply, share }, i) => {
            const name = `${apply ? 'apply' : 'pull'} Thing #${i}`;
            return { name, cost: Math.round(share * roomFor(name).subrequests) };
          });
          for (const one of await through(steps))
            expect(one.calls).toBeLessThanOrEqual(Math.min(SUBREQUESTS, D1_CALLS));
        },
      ),
    );
    const full = await through(
      Array.from({ length: 40 }, (_, i) => ({
        name: `pull Thing #${i}`,
        cost: roomFor('pull').d1Calls,
      })),
    );
    expect(Math.max(...full.map((one) => one.calls))).toBeGreaterThan(
      D1_CALLS - roomFor('pull').d1Calls,
    );
  });
});

/** Where a step meets a CRM that does as this test says. */
function contextOf(session: object, features: object = {}): RunContext {
  return {
    store,
    session,
    features: { writeBatch: 200, deleteLogDays: 0, settleMs: 0, counts: true, ...features },
    connection: { shadow: [], limits: {} },
    connectionId: 'c',
    resultsId: 'c',
    servedId: 'c',
    runId: 'r',
    asOfMs: 1e9,
    mapping: { crm: 'x', version: 'm', writes: [], mapRow: () => ({ rows: [], rejects: [] }) },
    nowMs: () => 1e9,
    sleep: async () => {},
    progress: () => {},
  } as unknown as RunContext;
}
const row = (id: string): CrmRow => ({
  object: 'Thing',
  id,
  fields: {},
  stampMs: 1,
  deleted: false,
  mergedIntoId: null,
});
const save = (ids: string[]): Promise<void> =>
  store.batch(
    saveLocal(
      store,
      'c',
      ids.map((id) => ({ row: row(id), hash: 'h' })),
      'm',
      1,
    ),
  );
const idOf = (i: number): string => `r${String(i).padStart(6, '0')}`;

describe('a step at its edge', () => {
  it('of write-back: a CRM that refuses every batch as a whole is asked record by record, and the step stays within its room', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => idOf(i));
    await save(ids);
    await store.batch(
      saveIntents(
        store,
        ids.map(
          (recordId): Intent => ({
            runId: 'r',
            connectionId: 'c',
            object: 'Thing',
            recordId,
            field: 'F',
            oldValue: null,
            newValue: 1,
            state: 'planned',
            reason: null,
            atMs: 1,
          }),
        ),
      ),
    );
    let calls = 0;
    const context = contextOf({
      calls: () => calls,
      write: async () => {
        calls++;
        throw new HeadwaterError('rejected', 'no', { code: 'NO' });
      },
      read: async () => {
        calls++;
        return { rows: [], next: null, transport: 'rest', totalRows: null };
      },
    });
    const steps: ApplyStep[] = [];
    let worst = 0;
    while (steps.at(-1)?.done !== true) {
      const [before, d1Before] = [calls, meter.calls];
      steps.push(await applyPlan(context, 'Thing'));
      worst = Math.max(worst, calls - before, meter.calls - d1Before);
    }
    expect(steps.reduce((sum, step) => sum + step.rejected, 0)).toBe(1000);
    expect(worst).toBeGreaterThan(APPLY_CALLS_PER_STEP * 3);
    expect(worst).toBeLessThanOrEqual(roomFor('apply Thing #1').subrequests);
    expect(Math.max(...steps.map((step) => JSON.stringify(step).length))).toBeLessThan(
      STEP_RESULT_BYTES / 50,
    );
    withinD1();
  });

  it('of an audit: enumerates page after page in as many steps as it needs, and finds what is gone', async () => {
    const [pages, rows] = [23, 400];
    const ids = Array.from({ length: pages * rows }, (_, i) => idOf(i));
    await save(ids);
    const gone = new Set([idOf(0), idOf(4711), idOf(9199)]);
    let calls = 0;
    const context = contextOf({
      describe: async () => ({ tracksDeletes: true, stampField: 'S', fields: [] }),
      calls: () => calls,
      count: async () => ids.length - gone.size,
      read: async (request: { range: { kind: string; ids?: string[] } }, next: string | null) => {
        calls++;
        if (request.range.kind === 'ids')
          return { rows: request.range.ids!.filter((id) => !gone.has(id)).map(row), next: null };
        const from = Number(next ?? 0);
        return {
          rows: ids
            .slice(from, from + rows)
            .filter((id) => !gone.has(id))
            .map(row),
          next: from + rows >= ids.length ? null : String(from + rows),
        };
      },
    });
    const { saveCursor, readCursor } = await import('../../src/store/cursors.ts');
    await store.batch(
      saveCursor(store, 'c', { ...(await readCursor(store, 'c', 'Thing')), deletesMs: 1 }),
    );
    const steps: DeletionStep[] = [];
    const stream = {
      object: 'Thing',
      fields: [],
      where: [],
      associations: [],
      includeDeleted: false,
    } as never;
    while (steps.at(-1)?.done !== true) {
      const [before, d1Before] = [calls, meter.calls];
      // What a step answers goes through the Workflow as JSON.
      steps.push(
        JSON.parse(
          JSON.stringify(await pullHardDeletes(context, stream, true, steps.at(-1) ?? null)),
        ) as DeletionStep,
      );
      expect(Math.max(calls - before, meter.calls - d1Before)).toBeLessThanOrEqual(
        roomFor('deletions').d1Calls,
      );
    }
    expect(steps).toHaveLength(Math.ceil(pages / AUDIT_PAGES_PER_STEP));
    expect(steps.at(-1)).toMatchObject({ by: 'audit', gone: 3, held: 0 });
    withinD1();
  });

  it('of a pull: 10,000 rows of the widest script that fit a value, each value below two million bytes', async () => {
    await store.batch(
      saveLocal(
        store,
        'c',
        Array.from({ length: 10_000 }, (_, i) => ({
          row: { ...row(idOf(i)), fields: { a: '漢'.repeat(300) } },
          hash: 'h',
        })),
        'm',
        1,
      ),
    );
    expect(meter.valueBytesMax).toBeGreaterThan(1_500_000);
    withinD1();
  });

  it('of scoring: partners are taken together until their deals are too many, each of them once', async () => {
    const sizes = [3, 40, 41, 100, 1, 1, 1, 60, 60, 7];
    await store.batch(
      saveMapped(
        store,
        'c',
        sizes.flatMap((deals, p) => [
          mapped('partner', `p${p}`, { name: `P${p}` }),
          ...Array.from({ length: deals }, (_, d) =>
            mapped('deal', `d${p}-${d}`, {
              name: 'D',
              stage: 'open',
              createdAt: 1,
              partnerId: `p${p}`,
            }),
          ),
        ]),
        1,
      ),
    );
    await linkDeals(store, 'c', {
      rules: [{ by: 'field' }],
      money: { reportingCurrency: 'USD', asOfMs: 1 },
      version: 'm',
    });
    const pages: PartnerFacts[][] = [];
    do
      pages.push(
        await partnerPage(
          store,
          'c',
          pages.at(-1)?.at(-1)?.id ?? '',
          50,
          { reportingCurrency: 'USD', asOfMs: 1 },
          100,
        ),
      );
    while (pages.at(-1)!.length > 0);
    expect(pages.map((page) => page.map((partner) => partner.deals.length))).toEqual([
      [3, 40, 41],
      [100],
      [1, 1, 1, 60],
      [60, 7],
      [],
    ]);
    withinD1();
  });

  it('of a fit: a state of any size waits in pieces, cut anywhere, and comes back as it was', async () => {
    const state = {
      text: '漢𝄞'.repeat(700_000),
      list: Array.from({ length: 1000 }, (_, i) => i / 3),
    };
    await store.batch(saveScratch(store, 'r', 'fit 1', state));
    expect(await readScratch(store, 'r', 'fit 1')).toEqual(state);
    withinD1();
  });
});
