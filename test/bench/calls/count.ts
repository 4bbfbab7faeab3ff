/**
 * Calls of one run by what they are for. Deterministic: the same company and seed give the same
 * numbers on any machine.
 */
import { runSync, type SyncOutcome } from '../../../src/sync/run/run.ts';
import type { Store } from '../../../src/store/store.ts';
import { testDeps } from '../../connectors/hubspot/support/deps.ts';
import type { Crm } from './crms.ts';

export interface Counted {
  calls: number;
  /** `POST /crm/v3/objects/deals/search` and the like, most first. */
  routes: Record<string, number>;
  outcome: SyncOutcome;
}

/** What the vendor does not count: the list of API versions, which needs no sign-in. */
const FREE = new Set(['GET /services/data']);

/** Ids, versions and the places of pages folded, so that calls of one kind count as one. */
const routeOf = (method: string, address: string): string =>
  `${method} ${new URL(address).pathname
    .replace(/\/v\d+(\.\d+)?\//g, '/')
    .replace(/\/(0[01]\w{13,16}|75\w{13,16}|[0-9a-f-]{20,}|\d{4,})(?=\/|$)/g, '/:id')}`;

export async function countedRun(
  crm: Crm,
  store: Store,
  runId: string,
  options: { dryRun: boolean; full: boolean },
): Promise<Counted> {
  const routes = new Map<string, number>();
  const deps = testDeps({
    fetch: async (input, init) => {
      const address = String(input instanceof Request ? input.url : input);
      const route = routeOf(init?.method ?? 'GET', address);
      if (!FREE.has(route)) routes.set(route, (routes.get(route) ?? 0) + 1);
      return await fetch(input, init);
    },
    nowMs: () => crm.sandbox.clock.nowMs(),
  });
  const outcome = await runSync(
    {
      store,
      connector: crm.connector,
      connectorDeps: deps,
      connection: {
        version: 1,
        id: 'bench',
        crm: crm.connector.name,
        mapping: 'mapping.yaml',
        secrets: {},
        shadow: [],
        limits: { quotaFloorPercent: 0 },
        settings: crm.settings,
      },
      secrets: crm.secrets,
      mappingText: crm.mappingText,
      runId,
      progress: () => {},
    },
    options,
  );
  const sorted = [...routes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return {
    calls: sorted.reduce((sum, [, n]) => sum + n, 0),
    routes: Object.fromEntries(sorted),
    outcome,
  };
}
