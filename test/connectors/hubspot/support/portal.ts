import { hubspot } from '../../../../connectors/hubspot/index.ts';
import type { CrmRow, CrmSession, ReadPage, ReadRequest } from '../../../../src/model/connector.ts';
import {
  startHubSpotSandbox,
  type HubSpotSandbox,
  type HubSpotSandboxOptions,
} from '../../../../src/sandbox/hubspot/start.ts';
import { testDeps, type TestDeps } from './deps.ts';

export const NOW_MS = Date.UTC(2026, 10, 22, 12);
export const DAY_MS = 86_400_000;

export interface TestPortal {
  sandbox: HubSpotSandbox;
  deps: TestDeps;
  open(settings?: Record<string, unknown>, secrets?: Record<string, string>): Promise<CrmSession>;
  /** Changes that people make in HubSpot itself. */
  change(...changes: Record<string, unknown>[]): { id: string }[];
}

/**
 * A sandbox over loopback HTTP: empty, with virtual time that stands still, and no rate limits
 * unless asked for.
 */
export async function startPortal(options: HubSpotSandboxOptions = {}): Promise<TestPortal> {
  const sandbox = await startHubSpotSandbox({
    port: 0,
    nowMs: NOW_MS,
    ticking: false,
    limits: { by: 'off' },
    seeder: () => null,
    ...options,
  });
  const deps = testDeps();
  return {
    sandbox,
    deps,
    open: async (settings = {}, secrets = {}) =>
      await hubspot.open(
        { baseUrl: sandbox.url, burstCalls: 100_000, searchCalls: 100_000, ...settings },
        { accessToken: sandbox.accessToken, ...secrets },
        deps,
      ),
    change: (...changes) => sandbox.vendor.change(changes) as { id: string }[],
  };
}

/** All pages of a read; fails on one that does not end. */
export async function readPages(
  session: CrmSession,
  request: ReadRequest,
  start: string | null = null,
): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let next = start; pages.length < 500; ) {
    const page = await session.read(request, next);
    pages.push(page);
    if (page.next === null) return pages;
    next = page.next;
  }
  throw new Error('The read does not end.');
}

export const rowsOf = (pages: ReadPage[]): CrmRow[] => pages.flatMap((page) => page.rows);
export const readAll = async (session: CrmSession, request: ReadRequest): Promise<CrmRow[]> =>
  rowsOf(await readPages(session, request));
export const byId = (rows: CrmRow[]): CrmRow[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
