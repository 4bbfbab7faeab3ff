import type { CrmTasks } from '../model/crm-task.ts';
import { asHeadwaterError } from '../model/error.ts';
import type { Store } from '../store/store.ts';
import type { ChannelDeps } from '../sync/alert/channel.ts';
import { alertPass, type AlertPass } from '../sync/alert/pass.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';
import { spenderOf } from './vault.ts';

/** Opens a database in which secrets are spent that work only once. */
type WithStore = <T>(work: (store: Store) => Promise<T>) => Promise<T>;

/** What channels are given on this machine; the CRM itself is asked only by those that need it. */
export function channelDeps(
  deps: CliDeps,
  connection: LoadedConnection,
  withStore?: WithStore,
): ChannelDeps {
  const { fetch, hosts, nowMs } = deps.connectorDeps(connection.saveSecret);
  const { secrets } = connection;
  const common = { fetch, nowMs, hosts: hosts ?? [], secrets, smtp: deps.smtp };
  return withStore === undefined
    ? common
    : { ...common, tasks: tasksOf(deps, connection, withStore) };
}

/** Tasks of the connection's CRM, opened by whoever asks first. */
export function tasksOf(
  deps: CliDeps,
  connection: LoadedConnection,
  withStore: WithStore,
): NonNullable<ChannelDeps['tasks']> {
  let opened: Promise<CrmTasks | null> | null = null;
  const open = async (): Promise<CrmTasks | null> => {
    const { crm, settings } = connection.document;
    const connector = await deps.connector(crm);
    const session = await connector.open(settings, connection.secrets, {
      ...deps.connectorDeps(connection.saveSecret),
      spendSecret: spenderOf(deps, connection, withStore),
    });
    return session.tasks ?? null;
  };
  return () => (opened ??= open());
}

/** The alerts after a run. What goes wrong with them is said, and fails no run. */
export async function alertsAfterRun(
  deps: CliDeps,
  store: Store,
  connection: LoadedConnection,
): Promise<AlertPass | null> {
  try {
    return await alertPass(
      store,
      connection.document,
      channelDeps(deps, connection, (work) => work(store)),
    );
  } catch (error) {
    deps.stderr(`  ! alerts: ${asHeadwaterError(error).message}\n`);
    return null;
  }
}
