import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsShape, marksOf } from '../../connectors/hubspot/webhook-events.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { WebhookSender } from '../../src/sandbox/hubspot/webhooks/sender.ts';
import { hintCount, markHints } from '../../src/store/hints.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { runHubSpot } from '../sync/hubspot-run.ts';

describe('events of the newer subscription form', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  const sent: string[] = [];
  const webhooks = new WebhookSender({
    appId: 1,
    clientSecret: 'x',
    post: async (_url, init) => {
      sent.push(String(init?.body));
      return new Response(null, { status: 204 });
    },
  });
  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 5,
      deals: 40,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    webhooks.watch(sandbox.portal);
    for (const kind of ['creation', 'propertyChange', 'deletion', 'associationChange'])
      webhooks.subscribe(`object.${kind}`, 'https://hw.example/webhooks/hubspot');
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  /** Rows that the run read because a webhook had named them, by object. */
  const sync = async (): Promise<Record<string, number>> => {
    const read: Record<string, number> = {};
    await runHubSpot({
      sandbox,
      store,
      runId: `run-${++runs}`,
      progress: (event) => {
        if (event.kind !== 'step' || event.state !== 'done') return;
        const object = /^hints (\S+) #/.exec(event.step)?.[1];
        const rows = (event.result as { read?: number } | undefined)?.read ?? 0;
        if (object !== undefined && rows > 0) read[object] = (read[object] ?? 0) + rows;
      },
      dryRun: true,
    });
    return read;
  };

  it('of custom objects and of associations mark their records, and the next run reads them', async () => {
    await sync();
    const { portal } = sandbox;
    const plan = portal.typeNamed('partner_plan');
    const record = [...portal.table(plan).all()][0]!;
    sandbox.vendor.change([
      {
        do: 'update',
        object: 'partner_plan',
        id: record.id,
        properties: { plan_name: 'New name' },
      },
    ]);
    await webhooks.flush();
    const [item] = JSON.parse(sent[0]!) as Record<string, unknown>[];
    expect(item).toMatchObject({
      subscriptionType: 'object.propertyChange',
      objectTypeId: plan.id,
      objectId: Number(record.id),
    });
    const [portalMarks] = marksOf(eventsShape.parse(JSON.parse(sent[0]!)));
    expect(portalMarks!.marks).toEqual([{ object: plan.id, id: record.id }]);
    await store.batch(markHints(store, 'hs', portalMarks!.marks, sandbox.clock.nowMs()));
    expect(await sync()).toEqual({ partner_plan: 1 });
    expect(await hintCount(store, 'hs')).toBe(0);
  });
});
