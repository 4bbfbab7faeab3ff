import type { Command } from 'commander';
import {
  exitOfWrites,
  onStore,
  printJson,
  withConnection,
  withStrict,
  type CommonOptions,
} from '../command.ts';
import { loadConnection, mappingTextOf, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { notices } from '../notices.ts';
import { alertsAfterRun } from '../alerts.ts';
import { progressOn } from '../progress.ts';
import { summaryText } from '../summary-text.ts';
import { spenderOf } from '../vault.ts';
import type { SyncOptions } from '../../sync/run/flow.ts';
import { runSync, type SyncDeps, type SyncOutcome } from '../../sync/run/run.ts';
import { countIntents } from '../../store/intents.ts';
import type { Connector } from '../../model/connector.ts';
import type { Store } from '../../store/store.ts';
import type { Progress } from '../../sync/run/context.ts';

export function registerSync(sync: Command, deps: CliDeps, setExit: SetExit): void {
  withStrict(
    withConnection(
      sync.command('run').description('one run from the CRM and back'),
      'headwater sync run --dry-run',
    ),
  )
    .option('--dry-run', 'stop before the last arrow: nothing is written to the CRM', false)
    .option('--full', 'read everything again instead of what changed', false)
    .action(async (options: CommonOptions & SyncOptions & { strict: boolean }) => {
      const { outcome, told, words } = await onStore(deps, options.db, async (store) => {
        const connection = await loadConnection(deps, options.connection);
        const done = await syncOnce(
          deps,
          store,
          connection,
          options,
          progressOn(deps, options.json),
        );
        return {
          outcome: done,
          words: (await deps.connector(connection.document.crm)).inOwnWords ?? String,
          told: notices(done.summary, await countIntents(store, done.run.id)),
        };
      });
      if (options.json)
        printJson(deps, {
          run: { ...outcome.run, summary: undefined },
          summary: outcome.summary,
          calls: outcome.calls,
          callsPer1000Rows: outcome.callsPer1000Rows,
          resumed: outcome.resumed,
          notices: told,
        });
      else
        deps.stdout(
          words((await summaryText(outcome)) + told.map((notice) => `  ! ${notice}\n`).join('')),
        );
      setExit(exitOfWrites(outcome.summary.applied, options.strict));
    });
}

export async function syncOnce(
  deps: CliDeps,
  store: Store,
  connection: LoadedConnection,
  options: SyncOptions,
  progress: (event: Progress) => void,
): Promise<SyncOutcome> {
  const run = await syncDeps(deps, store, connection, progress);
  try {
    return await runSync(run, { dryRun: options.dryRun, full: options.full });
  } finally {
    // Also after a run that failed: that is one of the things to tell of.
    if (!options.dryRun) await alertsAfterRun(deps, store, connection);
  }
}

/** The connector, whose complaints about settings name the lines of the connection document. */
const openingWith = (connection: LoadedConnection, connector: Connector): Connector =>
  new Proxy(connector, {
    get: (target, key): unknown =>
      key === 'open'
        ? async (...given: Parameters<Connector['open']>) =>
            await target.open(...given).catch((error: unknown) => {
              throw connection.placed(error);
            })
        : Reflect.get(target, key, target),
  });

/** What any run on the connection needs. */
export async function syncDeps(
  deps: CliDeps,
  store: Store,
  connection: LoadedConnection,
  progress: (event: Progress) => void,
): Promise<SyncDeps> {
  const spendSecret = spenderOf(deps, connection, async (spend) => await spend(store));
  return {
    store,
    connector: openingWith(connection, await deps.connector(connection.document.crm)),
    connectorDeps: { ...deps.connectorDeps(connection.saveSecret), spendSecret },
    connection: connection.document,
    secrets: connection.secrets,
    mappingText: await mappingTextOf(connection),
    runId: deps.newRunId(),
    progress,
    ...(deps.stopWatch === undefined ? {} : { stop: deps.stopWatch() }),
  };
}
