import { afterAll, beforeAll, describe, expect } from 'vitest';
import { hubspot } from '../../connectors/hubspot/index.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { listIntents } from '../../src/store/intents.ts';
import { localRows } from '../../src/store/rows.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { HELD } from '../../src/writeback/diff.ts';
import { openMemory } from '../store/open.ts';
import { HUBSPOT_MAPPING, hubspotDeps, hubspotSettings, runHubSpot } from './hubspot-run.ts';
import { story } from '../story.ts';

const HOUR_MS = 3_600_000;
const SCORE = 'hw_partner_score';
const CHANCE = 'hw_win_probability';
const MAPPING = HUBSPOT_MAPPING.replace(
  `${CHANCE}: { value: deal.winProbability }`,
  `${CHANCE}: { value: deal.winProbability, owner: shared }`,
);

/** Set-up of a portal changes values and moves no record's stamp. */
describe('what set-up does to values, on HubSpot', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let runs = 0;
  /** Who waits in a run lets the portal's clock go on. */
  const deps = () => hubspotDeps(sandbox, { sleep: async (ms) => void sandbox.clock.advance(ms) });
  const sync = async (): Promise<SyncOutcome> =>
    await runHubSpot({
      sandbox,
      store,
      runId: `run-${++runs}`,
      deps: deps(),
      mappingText: MAPPING,
    });
  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 6,
      deals: 40,
      nowMs: Date.parse('2026-11-16T09:00:00Z'),
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    const session = await hubspot.open(
      hubspotSettings(sandbox),
      { accessToken: sandbox.accessToken },
      deps(),
    );
    const { compiled } = await prepareMapping(session, MAPPING, 'hubspot');
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

  const { later, records } = {
    later: (ms: number) => sandbox.clock.advance(ms),
    records: (object: string) => {
      const type = sandbox.portal.typeNamed(object);
      return [...sandbox.portal.table(type).all()].filter(({ archivedMs }) => archivedMs === null);
    },
  };
  const valued = (object: string, name: string) =>
    records(object).filter(({ values }) => values[name] !== undefined);
  const held = async (object: string, id: string, field: string): Promise<unknown> =>
    (await localRows(store, 'hs', object, [idOf(object, id)])).get(idOf(object, id))?.fields[field];
  const idOf = (object: string, id: string): string =>
    `${sandbox.portal.typeNamed(object).id}-${id}`;

  const then = story('arrives, and is written again');
  then('an option that is replaced arrives with the next run', async () => {
    const [record] = valued('companies', 'industry');
    const gone = record!.values['industry']!;
    sandbox.vendor.change([
      { do: 'replaceOption', object: 'companies', name: 'industry', value: gone, with: 'OTHER' },
    ]);
    later(HOUR_MS);
    await sync();
    expect(await held('companies', record!.id, 'industry')).toBe('OTHER');
  });

  then(
    'a property whose new type empties what does not fit arrives with the next run',
    async () => {
      const [record] = valued('deals', 'product');
      sandbox.vendor.change([
        {
          do: 'retypeProperty',
          object: 'deals',
          name: 'product',
          type: 'enumeration',
          fieldType: 'select',
          options: [{ label: 'Other', value: 'other' }],
        },
      ]);
      expect(valued('deals', 'product')).toEqual([]);
      later(HOUR_MS);
      await sync();
      expect(await held('deals', record!.id, 'product')).toBeNull();
    },
  );

  then('what Headwater wrote and set-up emptied is there again within a day', async () => {
    const before = valued('companies', SCORE).map(({ id }) => id);
    expect(before.length).toBeGreaterThan(3);
    sandbox.vendor.change([{ do: 'emptyProperty', object: 'companies', name: SCORE }]);
    expect(valued('companies', SCORE)).toEqual([]);
    later(25 * HOUR_MS);
    await sync();
    expect(valued('companies', SCORE).map(({ id }) => id)).toEqual(before);
  });

  then('so is a shared value, unless a person cleared it', async () => {
    expect(MAPPING).not.toBe(HUBSPOT_MAPPING);
    const [cleared, ...others] = valued('deals', CHANCE).map(({ id }) => id);
    expect(others.length).toBeGreaterThan(3);
    // A run with nothing new sees what stands, once the stamps of the last one are over for good.
    for (let written = 1; written > 0; ) {
      later(HOUR_MS);
      const intents = await listIntents(store, (await sync()).run.id, 1000);
      written = intents.filter(({ state }) => state === 'done').length;
    }
    sandbox.vendor.change([
      { do: 'update', object: 'deals', id: cleared, properties: { [CHANCE]: '' } },
      { do: 'emptyProperty', object: 'deals', name: CHANCE },
    ]);
    later(25 * HOUR_MS);
    const { run } = await sync();
    const held = (await listIntents(store, run.id, 1000)).filter(
      ({ field, state }) => field === CHANCE && state === 'held',
    );
    expect(held.map(({ recordId, reason }) => [recordId, reason])).toEqual([
      [idOf('deals', cleared!), HELD.human],
    ]);
    expect(valued('deals', CHANCE).map(({ id }) => id)).toEqual(others);
  });

  then('a workflow that puts something else in its place is named, and not fought', async () => {
    sandbox.vendor.change([
      { do: 'addWorkflow', object: 'companies', when: SCORE, set: SCORE, to: null },
      { do: 'emptyProperty', object: 'companies', name: SCORE },
    ]);
    const written: number[] = [];
    for (let n = 0; n < 6; n++) {
      later(25 * HOUR_MS);
      const { run } = await sync();
      const own = (await listIntents(store, run.id, 1000)).filter(({ field }) => field === SCORE);
      written.push(own.filter(({ state }) => state === 'done').length);
      if (n === 5)
        expect(new Set(own.map(({ reason }) => reason))).toEqual(new Set([HELD.putBack]));
    }
    expect(written[0]).toBeGreaterThan(3);
    expect(written.at(-1)).toBe(0);
  });
});
