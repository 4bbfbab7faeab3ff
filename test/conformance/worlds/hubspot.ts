import { hubspot } from '../../../connectors/hubspot/index.ts';
import type { CrmSession } from '../../../src/model/connector.ts';
import { linkRecords } from '../../../src/sandbox/hubspot/http/associate.ts';
import { definitionFrom } from '../../../src/sandbox/hubspot/properties/definition.ts';
import { mergeRecords } from '../../../src/sandbox/hubspot/records/merge.ts';
import {
  archiveRecord,
  checkChanges,
  createRecord,
  liveRecord,
  restoreRecord,
  updateRecord,
  type WriteContext,
} from '../../../src/sandbox/hubspot/records/write.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../../src/sandbox/hubspot/start.ts';
import type {
  ConformanceWorld,
  OpenOptions,
  WorldFault,
  WorldValues,
} from '../../../connectors/testing/world.ts';

const NOW_MS = Date.UTC(2026, 10, 16, 9);
const FIELDS = {
  text: 'words',
  number: 'size',
  boolean: 'active',
  date: 'start_on',
  instant: 'signed_at',
};
const ADDRESS = 'http://127.0.0.1:9999';
/** Faults that outlast all retries. */
const MANY = 100;
/** Of a search. */
const LARGEST_PAGE = 200;
const YES_NO = [
  { label: 'Yes', value: 'true' },
  { label: 'No', value: 'false' },
];

/** An empty portal in the sandbox, spoken to over its wire protocol. */
export async function hubspotWorld(
  settings: Record<string, unknown> = {},
): Promise<ConformanceWorld> {
  const sandbox = await startHubSpotSandbox({
    port: null,
    nowMs: NOW_MS,
    ticking: false,
    limits: { by: 'off' },
    seeder: () => null,
  });
  const { portal, clock } = sandbox;
  const [deals, companies] = [portal.typeNamed('deals'), portal.typeNamed('companies')];
  const addField = (
    name: string,
    type: string,
    fieldType: string,
    options: { label: string; value: string }[] = [],
  ): void => {
    portal.catalog.create(
      deals,
      definitionFrom(
        { name, label: name, type, fieldType, options, groupName: 'dealinformation' },
        clock.nowMs(),
      ),
    );
  };
  addField(FIELDS.text, 'string', 'text');
  addField(FIELDS.number, 'number', 'number');
  addField(FIELDS.boolean, 'bool', 'booleancheckbox', YES_NO);
  addField(FIELDS.date, 'date', 'date');
  addField(FIELDS.instant, 'datetime', 'date');
  const by = (atMs = clock.nowMs()): WriteContext => ({
    atMs,
    source: { sourceType: 'CRM_UI', sourceId: 'userId:1', userId: 1 },
  });
  const live = (id: string) => liveRecord(portal, deals, numberOf(id));
  let extra = 0;
  return {
    object: 'deals',
    fields: FIELDS,
    writable: { text: FIELDS.text, number: FIELDS.number },
    overWire: true,
    faults: ['busy', 'signedOut', 'overBudget', 'garbled', 'lostAnswer', 'links'],
    fieldName: (name) => name.replace(/__c$/, '').toLowerCase(),
    nowMs: () => clock.nowMs(),
    advance: async (ms) => {
      clock.advance(ms);
    },
    async open(options = {}) {
      // HubSpot's pages have 100 or 200 rows whatever the connector asks for, so it is HubSpot that
      // must give smaller ones.
      sandbox.vendor.configure({
        pageShrink: options.pageRows === undefined ? 0 : LARGEST_PAGE - options.pageRows,
      });
      return await openSession(sandbox, settings, options);
    },
    close: async () => await sandbox.close(),
    create: async (rows, { atMs } = {}) =>
      rows.map((row, n) =>
        idOf(
          createRecord(
            portal,
            deals,
            checkChanges(portal, deals, null, {
              dealname: `Deal ${n}`,
              dealstage: 'qualifiedtobuy',
              ...named(row),
            }),
            by(atMs),
          ).id,
        ),
      ),
    update: async (id, values) => {
      updateRecord(
        portal,
        deals,
        live(id),
        checkChanges(portal, deals, live(id), named(values)),
        by(),
      );
    },
    // HubSpot purges archived records by itself after 90 days; until then this is as gone as they
    // get.
    destroy: async (id) => archiveRecord(portal, deals, live(id), by()),
    remove: async (id) => archiveRecord(portal, deals, live(id), by()),
    undelete: async (id) =>
      restoreRecord(portal, deals, portal.table(deals).get(numberOf(id))!, by()),
    merge: async (winner, loser) => {
      mergeRecords(portal, deals, numberOf(winner), numberOf(loser), by());
    },
    async link(id) {
      const company = createRecord(
        portal,
        companies,
        checkChanges(portal, companies, null, { name: 'Partner' }),
        by(),
      ).id;
      linkRecords(
        portal,
        numberOf(id),
        company,
        portal.associationTypes
          .between(deals.id, companies.id)
          .filter((kind) => kind.label === null),
        by(),
      );
      return { type: 'companies', toId: `${companies.id}-${company}` };
    },
    unlink: async (id, { toId }) => {
      portal.links.remove(deals.id, numberOf(id), companies.id, numberOf(toId), null);
    },
    async addField() {
      const name = `extra_${++extra}`;
      addField(name, 'string', 'text');
      return name;
    },
    removeField: async (name) => portal.catalog.archive(deals, name, clock.nowMs()),
    fail: async (fault) => bringAbout(sandbox, fault),
    heal: async () => sandbox.faults.clear(),
    shrinkPages: async (rows) => {
      sandbox.vendor.configure({ pageShrink: LARGEST_PAGE - rows });
    },
  };
}

async function openSession(
  { fetch: sandboxFetch, url, clock, accessToken }: HubSpotSandbox,
  settings: Record<string, unknown>,
  { pageRows, wire = (inner) => inner }: OpenOptions = {},
): Promise<CrmSession> {
  const inProcess: typeof fetch = async (input, init) =>
    await sandboxFetch(
      input instanceof Request
        ? new Request(input.url.replace(ADDRESS, url), input)
        : String(input).replace(ADDRESS, url),
      init,
    );
  let slept = 0;
  const deps = {
    fetch: wire(inProcess),
    nowMs: () => clock.nowMs() + slept,
    sleep: async (ms: number) => {
      slept += ms;
    },
    random: () => 0.5,
    log: () => {},
    saveSecret: async () => {},
  };
  return await hubspot.open(
    {
      baseUrl: ADDRESS,
      burstCalls: 100_000,
      searchCalls: 100_000,
      ...settings,
      ...(pageRows === undefined ? {} : { pageRows }),
    },
    { accessToken },
    deps,
  );
}

const idOf = (number: string): string => `0-3-${number}`;
const numberOf = (id: string): string => id.split('-').at(-1) ?? '';

const named = (values: WorldValues): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).map(([role, value]) => [
      FIELDS[role as keyof typeof FIELDS],
      value ?? '',
    ]),
  );

function bringAbout(sandbox: HubSpotSandbox, fault: WorldFault): void {
  switch (fault) {
    case 'busy':
      sandbox.faults.add({ kind: 'serverError', status: 503, times: MANY });
      break;
    case 'garbled':
      sandbox.faults.add({ kind: 'truncated', times: MANY });
      break;
    case 'lostAnswer':
      sandbox.faults.add({
        kind: 'reset',
        when: 'after',
        match: { path: 'batch/update' },
        times: 1,
      });
      break;
    case 'links':
      sandbox.faults.add({
        kind: 'serverError',
        status: 500,
        match: { path: 'associations' },
        times: MANY,
      });
      break;
    case 'signedOut':
      sandbox.faults.add({ kind: 'expiredSession', times: MANY });
      break;
    case 'overBudget':
      sandbox.faults.add({ kind: 'dailyLimit', times: MANY });
      break;
  }
}
