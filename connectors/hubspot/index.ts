import type {
  Connector,
  ConnectorDeps,
  CrmIdentity,
  CrmSession,
} from '../../src/model/connector.ts';
import { webhook } from './webhook.ts';
import { spellings } from './ids.ts';
import { tokenSource } from './auth.ts';
import { check, WRITTEN } from './check.ts';
import { packagerBeside } from '../kit/packager.ts';
import { namedSecrets } from '../kit/settings.ts';
import { count } from './count.ts';
import { makeDescriber } from './describe.ts';
import { deployFields, planFields } from './fields.ts';
import { assertPortal, readBudget, readIdentity, readServerTime } from './identity.ts';
import { read, readLinksOf } from './read.ts';
import { makeReader } from './reader.ts';
import { makeRequests } from './requests.ts';
import { demandOwnHost, MAX_PAGE_ROWS, parseSettings } from './settings.ts';
import { setup } from './setup.ts';
import { makeTasks } from './tasks.ts';
import { makeTransport } from './transport.ts';
import { WRITE_BATCH, write } from './write.ts';

/**
 * HubSpot's search index lags by seconds to minutes and promises nothing; half an hour is far
 * beyond what people report, and costs no freshness.
 */
const SETTLE_MS = 30 * 60_000;

/**
 * A thousand records are ten lists of a hundred, and one call for each kind of association; the
 * history of deals takes twice as many.
 */
const PAGE_CALLS = 14;

/**
 * HubSpot over its CRM API, by v3 and v4 paths or the dated ones. Settings and secrets: see
 * `settings.ts`; ids: `ids.ts`; association paths: `association-fields.ts`.
 */
export const hubspot: Connector = {
  name: 'hubspot',
  features: {
    // The archive comes with the pages; of purged records HubSpot keeps no log, so only an audit of
    // ids finds those.
    readPage: MAX_PAGE_ROWS,
    pageCalls: PAGE_CALLS,
    writeBatch: WRITE_BATCH,
    deletes: true,
    merges: true,
    deleteLogDays: 0,
    associations: true,
    rowHistory: true,
    provisioning: true,
    counts: true,
    budget: true,
    stampResolutionMs: 1,
    savesMoveStamp: true,
    settleMs: SETTLE_MS,
    settlesSurely: false,
  },
  open,
  demandSettings: (settings, secretNames, hosts) => {
    demandOwnHost(parseSettings(settings, namedSecrets(secretNames)).settings.baseUrl, hosts);
  },
  setup,
  packaging: packagerBeside(import.meta.url),
  spellings,
  webhook,
};

async function open(
  rawSettings: Record<string, unknown>,
  rawSecrets: Record<string, string>,
  deps: ConnectorDeps,
): Promise<CrmSession> {
  const { settings, secrets } = parseSettings(rawSettings, rawSecrets);
  demandOwnHost(settings.baseUrl, deps.hosts);
  const transport = makeTransport({
    fetch: deps.fetch,
    timeoutMs: settings.timeoutMs,
    nowMs: deps.nowMs,
  });
  const requests = makeRequests();
  // Most commands only look at what a connector can do, and the SDK is most of it.
  const { makeClient } = await import('./client.ts');
  const client = makeClient(
    settings,
    tokenSource(settings, secrets, deps, transport, requests),
    deps,
    transport,
    requests,
  );
  // One call tells that the token is good, which portal it opens, and the zone whose midnight ends
  // a daily limit.
  await assertPortal(client, settings.portalId);

  const describer = makeDescriber(client);
  const reader = makeReader(client, describer, settings);
  const identity = (): Promise<CrmIdentity> => readIdentity(client);
  const budget = () => readBudget(client);

  return {
    identity,
    budget,
    check: (objects, written) =>
      check({ client, settings, describer, identity, budget }, objects, written ?? WRITTEN),
    serverTimeMs: () => readServerTime(client),
    calls: () => transport.readings.calls,
    listObjects: () => describer.list(),
    describe: async (object, wanted) => withoutType(await describer.describe(object, wanted)),
    refusal: (object) => describer.refusal(object),
    count: (request) => count(reader, request),
    read: (request, next) => read(reader, request, next),
    readLinks: (request) => readLinksOf(reader, request),
    // HubSpot keeps no log of deletions: its archive (90 days) comes with the pages of every read
    // that asks for deleted rows, merged-away records come with their winners, and purged ones are
    // in no list, so that only an audit of ids finds them.
    deleted: async () => null,
    write: (object, rows) => write(client, describer, object, rows),
    tasks: makeTasks(client),
    planFields: (specs) => planFields(reader, specs),
    deployFields: (plan) => deployFields(reader, plan),
    close: async () => {},
  };
}

function withoutType(
  described: Awaited<ReturnType<ReturnType<typeof makeDescriber>['describe']>>,
): Awaited<ReturnType<CrmSession['describe']>> {
  if (described === null) return null;
  const { type: _type, ...object } = described;
  return object;
}
