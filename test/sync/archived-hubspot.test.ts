import { afterAll, beforeAll, describe, expect } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, hubspotDeps, hubspotSettings, runHubSpot } from './hubspot-run.ts';
import { story } from '../story.ts';

const DAY_MS = 86_400_000;

/** What HubSpot puts into its archive and records go on naming: owners, stages, pipelines. */
describe('archived owners, stages and pipelines', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const sync = async (): Promise<SyncOutcome> => {
    sandbox.clock.advance(DAY_MS);
    return await runHubSpot({ sandbox, store, runId: `run-${++runs}` });
  };
  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 6,
      deals: 60,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    const session = await hubspot.open(
      hubspotSettings(sandbox),
      { accessToken: sandbox.accessToken },
      hubspotDeps(sandbox),
    );
    const { compiled } = await prepareMapping(session, HUBSPOT_MAPPING, 'hubspot');
    await session.deployFields(
      await session.planFields(
        compiled!.writes.flatMap((write) => write.fields.map((field) => field.spec)),
      ),
    );
    await session.close();
    await sync();
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  const deals = async () =>
    (await store.db.query.deals.findMany()).filter(({ deleted }) => deleted === 0);
  const scored = async (runId: string): Promise<Set<string>> =>
    new Set(
      (await store.db.query.dealScores.findMany())
        .filter((score) => score.runId === runId)
        .map(({ dealId }) => dealId),
    );

  const then = story('leave what was theirs as it was');
  then(
    'an owner who leaves stays the owner of what was theirs, and nobody is missing',
    async () => {
      const [deal] = await deals();
      const owner = sandbox.portal.owners.get(deal!.ownerId!)!;
      sandbox.portal.owners.set(owner.id, { ...owner, archived: true });
      const { summary } = await sync();
      expect((await deals()).find(({ id }) => id === deal!.id)?.ownerId).toBe(owner.id);
      const users = await store.db.query.users.findMany();
      expect(users.find(({ id }) => id === owner.id)).toMatchObject({ deleted: 0, active: 0 });
      expect(summary.lostReferences.filter(({ field }) => field === 'ownerId')).toEqual([]);
    },
  );

  then('deals in an archived stage are open or closed as HubSpot says of each', async () => {
    const before = await deals();
    const open = before.filter(({ closed }) => closed === 0);
    const stageId = open[0]!.stage;
    const won = before.filter((deal) => deal.won === 1).length;
    expect(won).toBeGreaterThan(0);
    const { stage } = sandbox.portal.pipelines.stage(stageId)!;
    stage.archived = true;
    const { run, summary } = await sync();
    const now = await scored(run.id);
    for (const { id } of open.filter((deal) => deal.stage === stageId))
      expect(now.has(id)).toBe(true);
    expect((await deals()).filter((deal) => deal.won === 1)).toHaveLength(won);
    expect(summary.unlistedStages).toEqual([]);
    stage.archived = false;
  });

  then('a whole pipeline in the archive leaves its deals as they were', async () => {
    const before = new Map((await deals()).map(({ id, closed, won }) => [id, [closed, won]]));
    const first = await sync();
    const scoredBefore = await scored(first.run.id);
    for (const pipeline of sandbox.portal.pipelines.list()) pipeline.archived = true;
    const { run } = await sync();
    expect(new Map((await deals()).map(({ id, closed, won }) => [id, [closed, won]]))).toEqual(
      before,
    );
    expect(await scored(run.id)).toEqual(scoredBefore);
  });
});
