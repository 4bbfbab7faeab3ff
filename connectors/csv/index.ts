import { inFileWords } from './words.ts';
import type { Connector, ConnectorDeps, CrmSession } from '../../src/model/connector.ts';
import { check } from './check.ts';
import { count } from './count.ts';
import { makeDescriber } from './describe.ts';
import { deployFields, planFields } from './fields.ts';
import { openFolder } from './folder.ts';
import { identityOf, noBudget } from './identity.ts';
import { openScans, read } from './read.ts';
import { MAX_PAGE_ROWS, parseSettings } from './settings.ts';
import { WRITE_BATCH, write } from './write.ts';

/** A file may be put in place some minutes after the time that it bears. */
const SETTLE_MS = 10 * 60_000;

/**
 * A folder of CSV files, `.csv` or `.csv.gz`: one file = one object. Node only. Settings: see
 * `settings.ts`.
 */
export const csv: Connector = {
  name: 'csv',
  features: {
    readPage: MAX_PAGE_ROWS,
    writeBatch: WRITE_BATCH,
    deletes: false,
    merges: false,
    deleteLogDays: 0,
    associations: false,
    rowHistory: false,
    provisioning: true,
    counts: true,
    budget: false,
    stampResolutionMs: 1,
    settleMs: SETTLE_MS,
    settlesSurely: true,
  },
  open,
  inOwnWords: inFileWords,
};

async function open(
  rawSettings: Record<string, unknown>,
  _secrets: Record<string, string>,
  deps: ConnectorDeps,
): Promise<CrmSession> {
  const folder = await openFolder(parseSettings(rawSettings), deps);
  const describer = makeDescriber(folder);
  const scans = openScans();
  return {
    identity: async () => identityOf(folder),
    budget: async () => noBudget(deps.nowMs()),
    check: (objects, _written, mapped) => check(folder, objects, mapped),
    serverTimeMs: async () => deps.nowMs(),
    calls: () => folder.calls(),
    listObjects: async () =>
      (await folder.objects()).map((name) => ({ name, label: name, custom: true })),
    describe: (object) => describer.describe(object),
    count: (request) => count(folder, request),
    read: (request, next) => read(folder, scans, request, next),
    // Files keep no log of what left them: a full run's audit of ids tells.
    deleted: async () => null,
    write: (object, rows) => write(folder, object, rows, deps.nowMs()),
    planFields: (specs) => planFields(folder, specs),
    deployFields: (plan) => deployFields(folder, describer, plan),
    close: () => scans.close(),
    inOwnWords: inFileWords,
  };
}
