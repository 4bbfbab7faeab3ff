import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceIdOf } from '../../src/host/worker/schedule.ts';
import { differencesOf, KEPT_OBJECTS, openEnds, queryFile } from '../chaos/kept.ts';
import { NOW_MS } from '../sync/lab.ts';
import { openWorkerProcess, type WorkerProcess } from './worker-process.ts';
import { startWorld, type World } from './worlds.ts';

const TICK_MS = 15 * 60_000;
/** A dead run holds its lease that long at most; the test lets the time pass in the database. */
const LEASE_MS = 60 * 60_000;
/** Of the calls of one run: while it reads. */
const KILLED_AT = 14;
const WAIT_MS = 120_000;
/** The API answers 120 requests a minute. */
const POLL_MS = 1_000;
interface RunView {
  run?: { state: string };
  summary?: { applied: { fields: number; rejected: number }[] } | null;
}

describe.each(['salesforce', 'hubspot'] as const)(
  'kill -9 of workerd over D1 on disk: %s',
  (crm) => {
    let world: World;
    let worker: WorkerProcess;
    beforeAll(async () => {
      world = await startWorld(crm);
      worker = await openWorkerProcess(world.secrets);
      await worker.start();
      const pushed = await worker.api('PUT', `/v1/connections/${world.connection.id}?database=DB`, {
        connection: world.connection,
        mapping: world.mapping,
      });
      expect(pushed.status).toBe(200);
    });
    afterAll(async () => {
      world.turnstile.release();
      await worker.close();
      await world.close();
    });

    const ended = async (id: string): Promise<RunView> => {
      let view: RunView = {};
      for (const untilMs = Date.now() + WAIT_MS; Date.now() < untilMs; ) {
        view = (await worker.api('GET', `/v1/runs/${id}`)).body as RunView;
        if (view.run !== undefined && view.run.state !== 'running') return view;
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      throw new Error(`run ${id} did not end: ${JSON.stringify(view)}`);
    };
    it('goes on after the kill, and the copy, the writes and the books are those of an undisturbed run', async () => {
      const held = world.turnstile.hold(KILLED_AT);
      await worker.tick(NOW_MS);
      await held;
      await worker.kill();
      world.turnstile.release();
      expect(openEnds(worker.database())).toHaveLength(1);
      const db = new Sqlite(worker.database());
      db.prepare('update leases set expires_ms = expires_ms - ?').run(LEASE_MS);
      db.close();
      await worker.start();
      const next = NOW_MS + TICK_MS;
      await worker.tick(next);
      // The new instance takes up the run that the dead one left.
      const view = await ended(instanceIdOf(world.connection.id, NOW_MS, 'sync'));
      expect(view.run?.state).toBe('done');
      // What follows has nothing to write: all of it arrived, once.
      await worker.tick(next + TICK_MS);
      const last = await ended(instanceIdOf(world.connection.id, next + TICK_MS, 'sync'));
      expect(last.summary?.applied.map(({ fields, rejected }) => [fields, rejected])).toEqual(
        last.summary?.applied.map(() => [0, 0]),
      );
      await worker.kill();
      const dump = (await world.control(
        'GET',
        `/dump?objects=${KEPT_OBJECTS[crm].join(',')}`,
      )) as Record<string, Record<string, unknown>[]>;
      const file = worker.database();
      expect(differencesOf(file, dump)).toEqual({ rows: [], ledger: [] });
      expect(openEnds(file)).toEqual([]);
      expect(queryFile(file, 'select 1 from ledger').length).toBeGreaterThan(20);
    });
  },
);
