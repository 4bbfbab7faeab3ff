import { createOrg } from '../../../../src/sandbox/salesforce/org.ts';
import type { OrgOptions, SandboxOrg } from '../../../../src/sandbox/salesforce/org.ts';
import type {
  Row,
  SalesforceFault,
  SaveResult,
} from '../../../../src/sandbox/salesforce/org-types.ts';

export const START_MS = Date.parse('2026-05-01T07:25:37.400Z');
export const DAY_MS = 86_400_000;

export interface TestOrg {
  org: SandboxOrg;
  at(ms: number): void;
  pass(ms: number): void;
}

/** An empty org with a clock of its own. */
export function newOrg(options: Partial<OrgOptions> = {}): TestOrg {
  let nowMs = START_MS;
  const org = createOrg({ name: 'Test', seed: 7, clock: { nowMs: () => nowMs }, ...options });
  return {
    org,
    at: (ms) => {
      nowMs = ms;
    },
    pass: (ms) => {
      nowMs += ms;
    },
  };
}

export function idOf(result: SaveResult): string {
  if (!result.ok)
    throw new Error(
      result.faults.map((fault) => `${fault.errorCode}: ${fault.message}`).join('; '),
    );
  return result.id;
}

export function faultsOf(result: SaveResult): SalesforceFault[] {
  if (result.ok) throw new Error('expected a refusal');
  return result.faults;
}

export const rowOf = (org: SandboxOrg, id: string): Row => org.find(id, true)?.row ?? {};
export const make = (org: SandboxOrg, object: string, fields: Row): string =>
  idOf(org.insert(org.admin, object, fields));
export const deal = (org: SandboxOrg, fields: Row = {}): string =>
  make(org, 'Opportunity', {
    Name: 'Deal',
    StageName: 'Prospecting',
    CloseDate: '2026-06-30',
    Amount: 1000,
    ...fields,
  });
export const rows = (org: SandboxOrg, object: string): Row[] => [...org.table(object).values()];
