import type { Connector } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';

/** The connectors that make sense without a disk; loaded on first use. */
const CONNECTORS: Record<string, () => Promise<Connector>> = {
  salesforce: async () => (await import('../../../connectors/salesforce/index.ts')).salesforce,
  hubspot: async () => (await import('../../../connectors/hubspot/index.ts')).hubspot,
};

export async function connectorOf(name: string): Promise<Connector> {
  const load = CONNECTORS[name];
  if (load === undefined) throw new HeadwaterError('config', `there is no connector "${name}" on Workers`, { cure: `Connectors: ${Object.keys(CONNECTORS).join(', ')}.` });
  return await load();
}
