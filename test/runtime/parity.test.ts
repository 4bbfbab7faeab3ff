import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceIdOf } from '../../src/host/worker/schedule.ts';
import { removeBundle } from '../../src/store/bundles.ts';
import { listRuns, listSteps } from '../../src/store/runs.ts';
import { runSync } from '../../src/sync/run.ts';
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
    const base = { store, connector: world.connector, connectorDeps: nodeDeps(), secrets: { accessToken: world.accessToken }, mappingText: world.mapping, progress: () => {} };
    // The address is part of nothing that is stored but the connection itself.
    await runSync({ ...base, connection: world.connection, runId: 'node' }, { dryRun: false, full: false });
    return { contents: await contentsOf(store), written: await world.written() };
  } finally {
    store.close();
    await world.close();
  }
}

async function expectSame(lab: WorkerLab, world: World, node: Awaited<ReturnType<typeof onNode>>): Promise<void> {
  const ours = await contentsOf(lab.store);
  const own = Object.fromEntries(Object.entries(ours).map(([table, rows]) => [table, rows.filter((row) => row.includes(`"connectionId":"${world.connection.id}"`))]));
  for (const [table, rows] of Object.entries(node.contents)) expect(own[table], table).toEqual(rows);
  expect(await world.written()).toEqual(node.written);
  expect(node.contents['partner_scores']!.length).toBeGreaterThan(5);
  expect(node.contents['write_intents']!.length).toBeGreaterThan(30);
}

describe('the same world on Node and on workerd with D1', () => {
  let lab: WorkerLab;
  let worlds: Record<Crm, World>;
  beforeAll(async () => {
    worlds = { salesforce: await startWorld('salesforce'), hubspot: await startWorld('hubspot') };
    lab = await openWorkerLab({ SALESFORCE_TOKEN: worlds.salesforce.accessToken, HUBSPOT_TOKEN: worlds.hubspot.accessToken });
    for (const world of Object.values(worlds)) await lab.push(world.connection, world.mapping);
  }, 60_000);
  afterAll(async () => {
    await lab.close();
    for (const world of Object.values(worlds)) await world.close();
  });

  it('gives the same bytes for Salesforce, through server errors, a pause, a new isolate and two crons at once', async () => {
    const world = worlds.salesforce;
    const node = onNode('salesforce');
    await world.control('POST', '/faults', { kind: 'serverError', status: 503, every: 9 });
    await Promise.all([lab.tick(NOW_MS), lab.tick(NOW_MS)]);
    const id = instanceIdOf(world.connection.id, NOW_MS, 'sync');
    await expect.poll(async () => (await listSteps(lab.store, id)).filter((step) => step.state === 'done').length, { timeout: 20_000, interval: 50 }).toBeGreaterThan(25);
    await lab.crash([id, instanceIdOf(worlds.hubspot.connection.id, NOW_MS, 'sync')]);
    const ended = await lab.ended(id);
    expect(ended).toMatchObject({ state: 'done', run: id });
    await world.control('DELETE', '/faults');
    await expectSame(lab, world, await node);
    expect((await listRuns(lab.store, 10, world.connection.id)).map((run) => run.state)).toEqual(['done']);
  }, 60_000);

  it('gives the same bytes for HubSpot', async () => {
    const node = onNode('hubspot');
    const ended = await lab.ended(instanceIdOf(worlds.hubspot.connection.id, NOW_MS, 'sync'));
    expect(ended.state).toBe('done');
    await expectSame(lab, worlds.hubspot, await node);
  });

  it('has nothing to write at the next tick, and leaves out a connection that was taken away', async () => {
    await removeBundle(lab.store, worlds.hubspot.connection.id, Date.now());
    expect(await lab.sync(worlds.salesforce.connection.id, NOW_MS + TICK_MS)).toMatchObject({ state: 'done', written: 0 });
    expect(await listRuns(lab.store, 10, worlds.hubspot.connection.id)).toHaveLength(1);
  });
});
