import { startSandbox, type Sandbox, type SandboxOptions } from '../../../../src/sandbox/index.ts';
import type { CrmRow, CrmSession, ReadPage, ReadRequest } from '../../../../src/model/connector.ts';
import { salesforce } from '../../../../connectors/salesforce/index.ts';
import { testDeps, type TestDeps } from './deps.ts';

/** A second on which many rows fall together, so that paging meets equal stamps. */
export const CROWDED_MS = Date.UTC(2026, 10, 2, 9, 30, 0);
export const NOW_MS = Date.UTC(2026, 10, 22, 12, 0, 0);

export interface TestOrg {
  sandbox: Sandbox;
  deps: TestDeps;
  accountIds: string[];
  open(settings?: Record<string, unknown>, secrets?: Record<string, string>): Promise<CrmSession>;
}

/**
 * A sandbox over loopback HTTP with `accounts` accounts: the first half changed in one second, the
 * rest a minute apart.
 */
export async function startOrg(accounts: number, options: SandboxOptions = {}): Promise<TestOrg> {
  const accountIds: string[] = [];
  const sandbox = await startSandbox({
    port: 0,
    nowMs: NOW_MS,
    seeder: (org) => {
      for (let n = 0; n < accounts; n++) {
        const atMs = n < accounts / 2 ? CROWDED_MS : CROWDED_MS + n * 60_000;
        const saved = org.insert(
          org.admin,
          'Account',
          {
            Name: `Account ${n}`,
            Industry: n % 3 === 0 ? 'Energy' : null,
            AnnualRevenue: n % 4 === 0 ? null : n * 1.5,
            NumberOfEmployees: n,
          },
          { atMs, seeding: true },
        );
        if (!saved.ok) throw new Error(JSON.stringify(saved.faults));
        accountIds.push(saved.id);
      }
      return null;
    },
    ...options,
  });
  const deps = testDeps();
  return {
    sandbox,
    deps,
    accountIds,
    open: async (settings = {}, secrets = {}) =>
      await salesforce.open(
        { auth: 'access-token', instanceUrl: sandbox.url, ...settings },
        { accessToken: sandbox.accessToken, ...secrets },
        deps,
      ),
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
export const byId = (rows: CrmRow[]): CrmRow[] => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
