import { randomBytes } from 'node:crypto';
import { isTable } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceIdOf } from '../../src/host/worker/schedule.ts';
import { removeBundle } from '../../src/store/bundles.ts';
import { listRuns, listSteps } from '../../src/store/runs.ts';
import * as schema from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { runSync } from '../../src/sync/run/run.ts';
import { NOW_MS } from '../sync/lab.ts';
import { openMemory } from '../store/open.ts';
import { contentsOf } from './contents.ts';
import { openWorkerLab, type WorkerLab } from './worker-lab.ts';
import { nodeDeps, startWorld, type Crm, type World } from './worlds.ts';

const TICK_MS = 15 * 60_000;

/** What the Node host makes of a world of its own, the same as the Worker's. */
async function onNode(crm: Crm): Promise<{ contents: Record<string, string[]>; written: unknown }> {
  const world = await startWorld(crm);
  const store = openMemory();
  try {
    const base = {
      store,
      connector: world.connector,
      connectorDeps: nodeDeps(),
      secrets: { accessToken: world.secrets[`${crm.toUpperCase()}_LAB_TOKEN`]! },
      mappingText: world.mapping,
      progress: () => {},
    };
    // The address is part of nothing that is stored but the connection itself.
    await runSync(
      { ...base, connection: world.connection, runId: 'node' },
      { dryRun: false, full: false },
    );
    return { contents: await contentsOf(store), written: await world.written() };
  } finally {
    store.close();
    await world.close();
  }
}

async function expectSame(
  store: Store,
  world: World,
  node: Awaited<ReturnType<typeof onNode>>,
): Promise<void> {
  const ours = await contentsOf(store);
  for (const [table, rows] of Object.entries(node.contents))
    expect(ours[table], table).toEqual(rows);
  expect(await world.written()).toEqual(node.written);
  expect(node.contents['partner_scores']!.length).toBeGreaterThan(5);
  expect(node.contents['write_intents']!.length).toBeGreaterThan(30);
}

/** Every cell of a database, of all its tables. */
async function cellsOf(store: Store): Promise<string[]> {
  const cells: string[] = [];
  for (const table of Object.values(schema).filter((one) => isTable(one))) {
    for (const row of await store.db.select().from(table as SQLiteTable))
      cells.push(...Object.values(row).filter((value) => typeof value === 'string'));
  }
  return cells;
}

/**
 * The request of the run that is held back: its instance is then in the middle of the pull, with
 * dozens of steps behind it.
 */
const HELD_AT: Record<Crm, number> = { salesforce: 25, hubspot: 80 };
const each = async (worlds: Record<Crm, World>, work: (world: World) => unknown): Promise<void> => {
  for (const world of Object.values(worlds)) await work(world);
};
const disturb = (world: World): Promise<unknown> =>
  world.control('POST', '/faults', { kind: 'serverError', status: 503, every: 23 });
const calm = (world: World): Promise<unknown> => world.control('DELETE', '/faults');

describe('the same worlds on Node and on workerd, two CRMs in two D1 databases', () => {
  let lab: WorkerLab;
  let worlds: Record<Crm, World>;
  let ids: Record<Crm, string>;
  beforeAll(async () => {
    worlds = {
      salesforce: await startWorld('salesforce', true),
      hubspot: await startWorld('hubspot'),
    };
    ids = {
      salesforce: instanceIdOf(worlds.salesforce.connection.id, NOW_MS, 'sync'),
      hubspot: instanceIdOf(worlds.hubspot.connection.id, NOW_MS, 'sync'),
    };
    lab = await openWorkerLab({
      ...worlds.salesforce.secrets,
      ...worlds.hubspot.secrets,
      HEADWATER_KEY: randomBytes(32).toString('base64'),
    });
    await lab.push(worlds.salesforce.connection, worlds.salesforce.mapping, 'DB');
    await lab.push(worlds.hubspot.connection, worlds.hubspot.mapping, 'DB_2');
  });
  afterAll(async () => {
    await lab.close();
    for (const world of Object.values(worlds)) await world.close();
  });

  it('gives the same bytes for both, through server errors, two crons at once, a pause and new isolates in the middle of a step', async () => {
    const node = { salesforce: onNode('salesforce'), hubspot: onNode('hubspot') };
    const held = Object.values(worlds).map((world) => world.turnstile.hold(HELD_AT[world.crm]));
    await each(worlds, disturb);
    await Promise.all([lab.tick(NOW_MS), lab.tick(NOW_MS)]);
    await Promise.all(held);
    expect(
      (await listSteps(lab.store, ids.salesforce)).filter((step) => step.state === 'done').length,
    ).toBeGreaterThan(3);
    expect(
      (await listSteps(lab.second, ids.hubspot)).filter((step) => step.state === 'done').length,
    ).toBeGreaterThan(3);
    // The held step ends well, so that both instances stop right behind it.
    await each(worlds, calm);
    await lab.crash(Object.values(ids), () => {
      for (const world of Object.values(worlds)) world.turnstile.release();
    });
    await each(worlds, disturb);
    for (const crm of ['salesforce', 'hubspot'] as const) {
      expect(await lab.ended(ids[crm])).toMatchObject({ state: 'done', run: ids[crm] });
      await calm(worlds[crm]);
      const store = crm === 'salesforce' ? lab.store : lab.second;
      await expectSame(store, worlds[crm], await node[crm]);
      expect((await listRuns(store, 10)).map((run) => [run.id, run.state])).toEqual([
        [ids[crm], 'done'],
      ]);
    }
  });

  it('keeps every word of one connection out of the database of the other', async () => {
    const [first, second] = [await cellsOf(lab.store), await cellsOf(lab.second)];
    const own = async (store: Store): Promise<string[]> =>
      (await store.db.select({ id: schema.crmRows.id }).from(schema.crmRows)).map((row) => row.id);
    for (const [cells, other, foreign] of [
      [second, worlds.salesforce, await own(lab.store)],
      [first, worlds.hubspot, await own(lab.second)],
    ] as const) {
      expect(foreign.length).toBeGreaterThan(100);
      // Ids of the two CRMs never look alike: fifteen characters and more on one
      // side, numbers on the other.
      const ids = new Set(foreign);
      expect(
        cells.filter(
          (cell) => ids.has(cell) || cell.includes(other.connection.id) || cell.includes(other.url),
        ),
      ).toEqual([]);
    }
    expect(await lab.api('GET', '/v1/connections')).toMatchObject({
      body: {
        connections: [
          { id: 'salesforce-lab', database: 'DB' },
          { id: 'hubspot-lab', database: 'DB_2' },
        ],
      },
    });
    expect(
      await lab.api('PUT', '/v1/connections/hubspot-lab?database=DB', {
        connection: worlds.hubspot.connection,
        mapping: worlds.hubspot.mapping,
      }),
    ).toMatchObject({ status: 409, body: { error: { code: 'PLACE' } } });
  });

  it('has nothing to write at the next tick, and leaves out a connection that was taken away', async () => {
    await removeBundle(lab.second, worlds.hubspot.connection.id, Date.now());
    expect(await lab.sync(worlds.salesforce.connection.id, NOW_MS + TICK_MS)).toMatchObject({
      state: 'done',
      written: 0,
    });
    expect(await listRuns(lab.second, 10)).toHaveLength(1);
  });

  it('has spent each refresh token once, in three isolates and more, and keeps the last one sealed', async () => {
    const requests = (await worlds.salesforce.control('GET', '/requests')) as {
      path: string;
      status: number;
    }[];
    const signIns = requests.filter(
      (request) => request.path === '/services/oauth2/token' && request.status === 200,
    );
    const slots = await lab.store.db.select().from(schema.secrets);
    // A first value is in the configuration; every sign-in left its successor, in
    // two slots that take turns.
    expect(signIns.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...slots.map((slot) => slot.version))).toBe(signIns.length);
    expect(slots).toHaveLength(2);
    // The sandbox's refresh tokens begin like this.
    expect((await cellsOf(lab.store)).filter((cell) => cell.includes('5Aep'))).toEqual([]);
    // One that is spent twice would have ended all of its family, and the runs with it.
    expect(
      requests.filter(
        (request) => request.path === '/services/oauth2/token' && request.status === 400,
      ),
    ).toEqual([]);
  });

  it('answers an API that is asked too often with "later", by the binding of wrangler.toml', async () => {
    const statuses: number[] = [];
    // The binding allows 120 a minute, and a minute may begin in between.
    for (let n = 0; n < 300 && statuses.at(-1) !== 429; n++)
      statuses.push((await lab.worker.fetch('https://headwater.example/v1/status')).status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect((await lab.worker.fetch('https://headwater.example/healthz')).status).toBe(200);
  });
});
