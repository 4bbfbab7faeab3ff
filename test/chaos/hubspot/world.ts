import { hubspot } from '../../../connectors/hubspot/index.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import { DEFAULT_SWITCHES, Portal } from '../../../src/sandbox/hubspot/portal.ts';
import type { Schedule } from '../schedule.ts';
import { ADDRESS, DAY_MS, START_MS, type World } from '../world.ts';
import { copyOf, idOf, modelOf } from './expected.ts';
import { HUBSPOT_MAPPING, WRITTEN } from './mapping.ts';
import { refuseRows } from './partial.ts';
import { People } from './people.ts';
import { fillPortal, TYPES, typeOf } from './rows.ts';
import { PortalWatch, valuesOf } from './watch.ts';

const PLENTY_OF_CALLS = 1_000_000;
/** The connector's pages are no longer. */
const LONGEST_PAGE = 1_000;
const WRITE = /\/objects\/(?:2026-09\/)?([a-z]+)\/batch\/update$/;

let shared: Promise<HubSpotSandbox> | null = null;

/**
 * One sandbox a process. Token lifetimes and limits run by the schedule's clock, so that
 * waiting for them costs no time.
 */
function sandboxOfProcess(): Promise<HubSpotSandbox> {
  let sandbox: HubSpotSandbox | null = null;
  return (shared ??= startHubSpotSandbox({
    port: null,
    nowMs: START_MS,
    ticking: false,
    wallMs: () => sandbox?.clock.nowMs() ?? START_MS,
    seeder: () => null,
    limits: { by: 'virtual' },
  }).then((started) => (sandbox = started)));
}

/** A fresh portal in the place of the last one. */
export async function openHubSpot({
  seed,
  dailyCalls,
  hubspot: { lagMs, newIdOnMerge, dated, ...switches },
}: Schedule): Promise<World> {
  const sandbox = await sandboxOfProcess();
  const { clock, vendor, faults } = sandbox;
  clock.set(START_MS);
  const portal = new Portal(
    () => clock.nowMs(),
    {
      switches: {
        ...DEFAULT_SWITCHES,
        mergeCreatesNewId: newIdOnMerge,
        pageShrink: switches.pageShrink,
        searchShowsLive: switches.showsLive,
      },
    },
    START_MS - 400 * DAY_MS,
  );
  fillPortal(portal, seed);
  const { settleMs } = hubspot.features;
  portal.settings.switches.searchLagMs = lagMs;
  vendor.replacePortal(portal);
  const { limiter } = vendor.site;
  limiter.reset();
  limiter.settings.daily = dailyCalls;
  faults.clear();
  sandbox.log.clear();
  const watch = new PortalWatch(portal, settleMs);
  watch.observe();
  const people = new People(portal, watch);
  return {
    crm: 'hubspot',
    connector: hubspot,
    mappingText: HUBSPOT_MAPPING,
    written: WRITTEN,
    objects: ['companies', 'deals', 'deals.history', 'calls'],
    settleMs,
    lagMs,
    refusals: new Set(['INVALID_OPTION', 'REQUIRED_PROPERTY']),
    faults,
    watch,
    nowMs: () => clock.nowMs(),
    pass(ms) {
      clock.advance(ms);
      watch.tick();
    },
    do(change) {
      people.do(change);
    },
    connection({ renewable, pageRows }) {
      const auth = renewable ? { auth: 'oauth', clientId: sandbox.clientId } : { auth: 'token' };
      return {
        settings: {
          ...auth,
          baseUrl: ADDRESS,
          apiVersion: dated ? '2026-09' : 'v3',
          pageRows: Math.min(pageRows, LONGEST_PAGE),
        },
        secrets: {
          accessToken: sandbox.accessToken,
          refreshToken: sandbox.refreshToken,
          clientSecret: sandbox.clientSecret,
        },
      };
    },
    isWrite: (address) => WRITE.test(address),
    async send(address, init, refused) {
      const url = address.replace(ADDRESS, sandbox.url);
      const object = WRITE.exec(address)?.[1];
      if (object === undefined) return await sandbox.fetch(url, init);
      const before = watch.before(object);
      try {
        return refused === null
          ? await sandbox.fetch(url, init)
          : await refuseRows(sandbox.fetch, url, init, refused);
      } finally {
        watch.after(
          object,
          before,
          (
            JSON.parse(String(init?.body)) as {
              inputs: { id: string; properties: Record<string, unknown> }[];
            }
          ).inputs,
        );
        watch.observe();
      }
    },
    budget: () => ({ used: limiter.usedToday, limit: limiter.settings.daily }),
    calm() {
      faults.clear();
      limiter.settings.daily = PLENTY_OF_CALLS;
      portal.rules.length = 0;
    },
    *ids(object) {
      if (!Object.hasOwn(TYPES, object)) return;
      // A record that was just restored is in no archive any more, and not in the search as yet.
      const table = portal.table(typeOf(portal, object));
      const found = new Set([...table.view.records()].map(({ id }) => id));
      for (const { id, archivedMs } of table.all())
        if (archivedMs !== null || found.has(id)) yield idOf(object, id);
    },
    copy: () => copyOf(portal),
    model: modelOf,
    // Of an archived record nobody asks how many deals it has.
    moot: (_object, row, field) => row.deleted && field === 'num_associated_deals',
    // The history of a deal that is gone.
    lingers: (object, id) =>
      object === 'deals.history' &&
      portal.table(typeOf(portal, 'deals')).get(id.split('/')[0]!.split('-').at(-1)!)
        ?.archivedMs !== null,
    holds(object, id) {
      const record = portal.table(typeOf(portal, object)).get(id.split('-').at(-1)!);
      return record === null || record.archivedMs !== null ? null : valuesOf(object, record);
    },
  };
}
