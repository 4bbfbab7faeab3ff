import type { ConnectionDocument } from '../../model/connection.ts';
import type { Connector } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';

/** The connectors that make sense without a disk; loaded on first use. */
const CONNECTORS: Record<string, () => Promise<Connector>> = {
  salesforce: async () => (await import('../../../connectors/salesforce/index.ts')).salesforce,
  hubspot: async () => (await import('../../../connectors/hubspot/index.ts')).hubspot,
};

export async function connectorOf(name: string): Promise<Connector> {
  // Own names only: `constructor` is one that every object has.
  const load = Object.hasOwn(CONNECTORS, name) ? CONNECTORS[name] : undefined;
  if (load === undefined)
    throw new HeadwaterError('config', `there is no connector "${name}" on Workers`, {
      code: 'NO_CONNECTOR',
      cure: `Connectors: ${Object.keys(CONNECTORS).join(', ')}.`,
    });
  return await load();
}

/**
 * Settings that a connection has on Workers unless its document says otherwise. Bulk pages of
 * 10,000 rows, five of them in a step, were measured to fill more than 100 MB
 * (tools/worker-bounds.ts); the price of smaller ones is a call for each.
 */
export const BULK_PAGE_ROWS = 3_000;
const SETTINGS: Record<string, Record<string, unknown>> = {
  salesforce: { bulkPageRows: BULK_PAGE_ROWS },
};
export const withWorkerSettings = (
  crm: string,
  settings: Record<string, unknown>,
): Record<string, unknown> => ({
  ...(Object.hasOwn(SETTINGS, crm) ? SETTINGS[crm] : {}),
  ...settings,
});

/** Errors: `config` where a pushed document could never run here. */
export async function demandRunnable(
  { crm, settings, secrets }: ConnectionDocument,
  hosts: readonly string[],
): Promise<void> {
  const connector = await connectorOf(crm);
  connector.demandSettings?.(withWorkerSettings(crm, settings), Object.keys(secrets), hosts);
}
