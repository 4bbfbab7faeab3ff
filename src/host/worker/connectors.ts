import { loaderOf, portable } from '../../../connectors/index.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import type { Connector } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';

export async function connectorOf(name: string): Promise<Connector> {
  const load = loaderOf(portable, name);
  if (load === undefined)
    throw new HeadwaterError('config', `there is no connector "${name}" on Workers`, {
      code: 'NO_CONNECTOR',
      cure: `Connectors: ${Object.keys(portable).join(', ')}.`,
    });
  return await load();
}

/** Settings of a connection on Workers, where memory is scarce. */
export const withWorkerSettings = (
  { smallMemory }: Pick<Connector, 'smallMemory'>,
  settings: Record<string, unknown>,
): Record<string, unknown> => ({ ...smallMemory, ...settings });

/** Errors: `config` where a pushed document could never run here. */
export async function demandRunnable(
  { crm, settings, secrets }: ConnectionDocument,
  hosts: readonly string[],
): Promise<void> {
  const connector = await connectorOf(crm);
  connector.demandSettings?.(withWorkerSettings(connector, settings), Object.keys(secrets), hosts);
}
