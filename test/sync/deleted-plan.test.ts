import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { allPlans } from '../../src/store/keep-plans.ts';
import { revisionsOf } from '../../src/store/plan-revisions.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { runHubSpot } from './hubspot-run.ts';
import { NOW_MS, openLab, type Lab } from './lab.ts';

const DAY_MS = 86_400_000;
const WORLD = { partners: 6, deals: 30 };
type Plans = { id: string; targets: unknown[]; milestones: unknown[] }[];

/** What a CRM's record of a plan goes through, whichever CRM it is. */
interface Place {
  store: Store;
  id: string;
  /** Deletes the record, or takes it out of the bin, and syncs a day later. */
  change(what: 'delete' | 'restore', id: string): Promise<void>;
}

const plansIn = async ({ store, id }: Place): Promise<Plans> =>
  [...(await allPlans(store, id)).values()].flat();

async function comesBackWhole(place: Place): Promise<void> {
  const before = await plansIn(place);
  const one = before.find(({ targets }) => targets.length > 1)!;
  const memory = await revisionsOf(place.store, place.id, one.id);
  expect(memory.length).toBeGreaterThan(0);
  await place.change('delete', one.id);
  expect((await plansIn(place)).map(({ id }) => id).sort()).toEqual(
    before
      .map(({ id }) => id)
      .filter((id) => id !== one.id)
      .sort(),
  );
  expect(await revisionsOf(place.store, place.id, one.id)).toEqual(memory);
  await place.change('restore', one.id);
  const back = (await plansIn(place)).find(({ id }) => id === one.id);
  expect(back?.targets).toHaveLength(one.targets.length);
  expect(back?.milestones).toHaveLength(one.milestones.length);
  expect(await revisionsOf(place.store, place.id, one.id)).toHaveLength(memory.length);
}

const PROMISE = 'is in force no more, keeps its memory, and comes back whole';

describe('a joint plan whose record is deleted in Salesforce', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab(WORLD);
    await lab.sync({ dryRun: true });
  });
  afterAll(async () => await lab.close());

  it(PROMISE, async () => {
    const { store, control } = lab;
    const change: Place['change'] = async (what, id) => {
      const op = what === 'delete' ? 'delete' : 'undelete';
      await control('POST', '/clock/advance', { ms: DAY_MS, world: false });
      expect(await control('POST', '/records', [{ op, id }])).toMatchObject([{ ok: true }]);
      await control('POST', '/clock/advance', { ms: DAY_MS, world: false });
      await lab.sync({ dryRun: true });
    };
    await comesBackWhole({ store, id: 'lab', change });
  });
});

describe('a joint plan whose record is deleted in HubSpot', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const sync = async (): Promise<void> => {
    await runHubSpot({ sandbox, store, runId: `run-${++runs}`, dryRun: true });
  };
  beforeAll(async () => {
    const limits = { by: 'off' } as const;
    sandbox = await startHubSpotSandbox({
      ...{ port: 0, ...WORLD, nowMs: NOW_MS, ticking: false, limits },
    });
    store = openMemory();
    await sync();
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  it(PROMISE, async () => {
    const change: Place['change'] = async (what, id) => {
      const deed = what === 'delete' ? 'archive' : 'restore';
      sandbox.clock.advance(DAY_MS);
      sandbox.vendor.change({ do: deed, object: 'partner_plan', id: id.split('-').at(-1)! });
      sandbox.clock.advance(DAY_MS);
      await sync();
    };
    await comesBackWhole({ store, id: 'hs', change });
  });
});
