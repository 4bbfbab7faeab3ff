import { asHeadwaterError } from '../model/error.ts';
import type { Store } from '../store/store.ts';
import type { ChannelDeps } from '../sync/alert/channel.ts';
import { alertPass, type AlertPass } from '../sync/alert/pass.ts';
import type { LoadedConnection } from './connection-file.ts';
import type { CliDeps } from './deps.ts';

/** What channels are given on this machine. */
export function channelDeps(deps: CliDeps, connection: LoadedConnection): ChannelDeps {
  const { fetch, hosts, nowMs } = deps.connectorDeps(connection.saveSecret);
  return { fetch, nowMs, hosts: hosts ?? [], secrets: connection.secrets, smtp: deps.smtp };
}

/** The alerts after a run. What goes wrong with them is said, and fails no run. */
export async function alertsAfterRun(
  deps: CliDeps,
  store: Store,
  connection: LoadedConnection,
): Promise<AlertPass | null> {
  try {
    return await alertPass(store, connection.document, channelDeps(deps, connection));
  } catch (error) {
    deps.stderr(`  ! alerts: ${asHeadwaterError(error).message}\n`);
    return null;
  }
}
