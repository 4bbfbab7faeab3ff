import type { Connector, CrmSession } from '../../src/model/connector.ts';
import { check } from './check.ts';
import { makeClient } from './client.ts';
import { MemoryCrm } from './crm.ts';
import { DELETE_LOG_DAYS, deleted } from './deleted.ts';
import { makeDescriber } from './describe.ts';
import { deployFields, planFields } from './fields.ts';
import { readBudget, readIdentity, readServerTime } from './identity.ts';
import { count } from './query.ts';
import { read } from './read.ts';
import { MAX_PAGE_ROWS, parseSettings, type Settings } from './settings.ts';
import { WRITE_BATCH, write } from './write.ts';

export { MemoryCrm } from './crm.ts';

/**
 * Every CRM of this process by its name: it is the "other side", so it outlives the runs that
 * connect to it.
 */
const crms = new Map<string, MemoryCrm>();

/** Records may be given a stamp of a few minutes ago, as a transaction that commits late does. */
const SETTLE_MS = 10 * 60_000;

/**
 * The reference implementation: a CRM in memory with every feature of the contract. Settings: see
 * `settings.ts`.
 */
export const memory: Connector = connectorTo((settings, nowMs) => {
  let crm = crms.get(settings.name);
  if (crm === undefined) {
    crm = fill(new MemoryCrm({ id: settings.name, nowMs }), settings);
    crms.set(settings.name, crm);
  }
  return crm;
});

/** A connector to one CRM that the caller holds, and may change behind the connector's back. */
export const connectTo = (crm: MemoryCrm): Connector => connectorTo(() => crm);

function connectorTo(find: (settings: Settings, nowMs: () => number) => MemoryCrm): Connector {
  return {
    name: 'memory',
    features: {
      readPage: MAX_PAGE_ROWS,
      writeBatch: WRITE_BATCH,
      deletes: true,
      merges: true,
      deleteLogDays: DELETE_LOG_DAYS,
      associations: true,
      rowHistory: true,
      provisioning: true,
      counts: true,
      budget: true,
      stampResolutionMs: 1,
      savesMoveStamp: true,
      settleMs: SETTLE_MS,
      settlesSurely: true,
    },
    open: async (rawSettings, _secrets, deps) => {
      const settings = parseSettings(rawSettings);
      return session(find(settings, deps.nowMs), settings);
    },
  };
}

function session(crm: MemoryCrm, settings: Settings): CrmSession {
  const client = makeClient(crm);
  const describer = makeDescriber(client);
  const identity = () => readIdentity(client);
  return {
    identity,
    budget: () => readBudget(client),
    check: (objects) => check({ describer, identity }, objects),
    serverTimeMs: () => readServerTime(client),
    calls: () => client.calls(),
    listObjects: () => describer.list(),
    describe: (object) => describer.describe(object),
    count: (request) => count(client, request),
    read: (request, next) => read(client, request, next, settings.pageRows),
    deleted: (object, fromMs, untilMs) => deleted(client, object, fromMs, untilMs),
    write: (object, rows) => write(client, object, rows),
    planFields: (specs) => planFields(client, specs),
    deployFields: (plan) => deployFields(client, describer, plan),
    close: async () => {},
  };
}

function fill(crm: MemoryCrm, settings: Settings): MemoryCrm {
  for (const object of settings.objects) crm.defineObject(object.name, object.fields);
  for (const { name, rows } of settings.objects)
    for (const row of rows) crm.create(name, row.fields, { id: row.id });
  return crm;
}
