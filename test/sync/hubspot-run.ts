import { readFileSync } from 'node:fs';
import { hubspot } from '../../connectors/hubspot/index.ts';
import type { ConnectorDeps } from '../../src/model/connector.ts';
import type { HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Store } from '../../src/store/store.ts';
import { runSync, type SyncDeps, type SyncOutcome } from '../../src/sync/run/run.ts';
import { testDeps } from '../connectors/hubspot/support/deps.ts';

export const HUBSPOT_MAPPING = readFileSync(
  new URL('../../mappings/hubspot.yaml', import.meta.url),
  'utf8',
);

/** Settings of a connection to the sandbox, with room for any number of calls. */
export const hubspotSettings = ({ url }: HubSpotSandbox) => ({
  baseUrl: url,
  burstCalls: 100_000,
  searchCalls: 100_000,
});

/** What the connector gets: the sandbox's time, and no waiting. */
export const hubspotDeps = ({ clock }: HubSpotSandbox, more: Partial<ConnectorDeps> = {}) =>
  testDeps({ nowMs: () => clock.nowMs(), sleep: async () => {}, ...more });

interface HubSpotRun {
  sandbox: HubSpotSandbox;
  store: Store;
  runId: string;
  mappingText?: string;
  deps?: ConnectorDeps;
  progress?: SyncDeps['progress'];
  dryRun?: boolean;
  full?: boolean;
}

/** One run of the connection `hs` over a HubSpot sandbox. */
export const runHubSpot = async ({
  sandbox,
  store,
  runId,
  mappingText = HUBSPOT_MAPPING,
  deps = hubspotDeps(sandbox),
  progress = () => {},
  dryRun = false,
  full = false,
}: HubSpotRun): Promise<SyncOutcome> =>
  await runSync(
    {
      ...{ store, runId, mappingText, connector: hubspot, connectorDeps: deps, progress },
      secrets: { accessToken: sandbox.accessToken },
      connection: {
        version: 1,
        id: 'hs',
        crm: 'hubspot',
        mapping: 'mapping.yaml',
        secrets: {},
        shadow: [],
        limits: { quotaFloorPercent: 30 },
        settings: hubspotSettings(sandbox),
      },
    },
    { dryRun, full },
  );
