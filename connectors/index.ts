import type { Connector } from '../src/model/connector.ts';

/**
 * Every connector by the name a connection document uses; loaded on first use, so that one SDK
 * never costs the others' start.
 */
export const connectors: Record<string, () => Promise<Connector>> = {
  memory: async () => (await import('./memory/index.ts')).memory,
  csv: async () => (await import('./csv/index.ts')).csv,
  salesforce: async () => (await import('./salesforce/index.ts')).salesforce,
  hubspot: async () => (await import('./hubspot/index.ts')).hubspot,
};
