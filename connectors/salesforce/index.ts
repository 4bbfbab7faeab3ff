import type { Connector, ConnectorDeps, CrmSession } from '../../src/model/connector.ts';
import { spellId } from './ids.ts';
import { once } from '../kit/cache.ts';
import { makeSizes } from '../kit/sizes.ts';
import { tokenSource } from './auth.ts';
import { bulkAllowance } from './bulk-allowance.ts';
import { check } from './check.ts';
import { loadBeside, packagerBeside } from '../kit/packager.ts';
import { namedSecrets } from '../kit/settings.ts';
import { count } from './count.ts';
import { DELETE_LOG_DAYS, deleted } from './deleted.ts';
import { makeDescriber } from './describe.ts';
import { deployFields, planFields } from './fields.ts';
import { assertOrg, readBudget, readIdentity, readServerTime } from './identity.ts';
import { read } from './read.ts';
import { demandOwnHosts, MAX_PAGE_ROWS, parseSettings, SMALL_BULK_PAGE_ROWS } from './settings.ts';
import { setup } from './setup.ts';
import { makeTasks } from './tasks.ts';
import { makeTogether } from './together.ts';
import { makeTransport } from './transport.ts';
import { webhook } from './webhook.ts';
import { WRITE_BATCH, write } from './write.ts';

type Deployer = typeof import('./packaging/deploy.ts');

/** The platform ends a transaction after ten minutes; its rows bear the time of their own save. */
const LONGEST_TRANSACTION_MS = 10 * 60_000;

/** Salesforce over REST, Bulk 2.0 and the Tooling API. Settings and secrets: see `settings.ts`. */
export const salesforce: Connector = {
  name: 'salesforce',
  features: {
    readPage: MAX_PAGE_ROWS,
    writeBatch: WRITE_BATCH,
    deletes: true,
    merges: true,
    deleteLogDays: DELETE_LOG_DAYS,
    queueIdPrefix: '00G',
    associations: false,
    rowHistory: false,
    provisioning: true,
    counts: true,
    budget: true,
    stampResolutionMs: 1_000,
    savesMoveStamp: true,
    settleMs: LONGEST_TRANSACTION_MS,
    settlesSurely: true,
  },
  open,
  demandSettings: (settings, secretNames, hosts) => {
    demandOwnHosts(parseSettings(settings, namedSecrets(secretNames)).settings, hosts);
  },
  setup,
  packaging: packagerBeside(import.meta.url),
  spellings: (typed) => [...new Set([spellId(typed), typed])],
  webhook,
  smallMemory: { bulkPageRows: SMALL_BULK_PAGE_ROWS },
};

async function open(
  rawSettings: Record<string, unknown>,
  rawSecrets: Record<string, string>,
  deps: ConnectorDeps,
): Promise<CrmSession> {
  const { settings, secrets } = parseSettings(rawSettings, rawSecrets);
  demandOwnHosts(settings, deps.hosts);
  const transport = makeTransport({
    fetch: deps.fetch,
    timeoutMs: settings.timeoutMs,
    nowMs: deps.nowMs,
  });
  // Most commands only look at what a connector can do, and the SDK is most of it.
  const { makeClient } = await import('./client.ts');
  const client = makeClient(
    settings,
    tokenSource(settings, secrets, deps, transport),
    deps,
    transport,
  );
  await client.token();
  await assertOrg(client, settings.orgId);

  const together = makeTogether(client, deps.nowMs);
  const describer = makeDescriber(together);
  const bulk = bulkAllowance(client, settings.bulkFloorPercent, deps);
  const reader = {
    client,
    together,
    describer,
    settings,
    deps,
    bulk,
    sizes: makeSizes(deps.pageSizes),
  };
  const identity = once(async () => await readIdentity(client, together, describer));
  const budget = () => readBudget(client, deps.nowMs);

  return {
    identity,
    budget,
    check: (objects, written) =>
      check({ settings, describer, identity, budget, bulk }, objects, written ?? objects),
    serverTimeMs: () => readServerTime(client),
    calls: () => transport.readings.calls,
    listObjects: () => describer.list(),
    describe: (object) => describer.describe(object),
    refusal: (object) => describer.refusal(object),
    count: (request) => count(reader, request),
    read: (request, next) => read(reader, request, next),
    deleted: (object, fromMs, untilMs) => deleted(together, describer, object, fromMs, untilMs),
    write: (object, rows) => write(client, object, rows),
    tasks: makeTasks(client),
    planFields: (specs) => planFields(reader, specs),
    deployFields: (plan) => deployFields(reader, plan),
    deployPackage: async (files) =>
      await (await loadBeside<Deployer>(import.meta.url, 'packaging/deploy')).deployFiles(
        client,
        deps,
        files,
      ),
    close: async () => {},
  };
}
