import type { FaultRuleInput } from '../../src/sandbox/faults.ts';

export type Crm = 'salesforce' | 'hubspot';
/** Records in words that every CRM has: `role` ties a partner to a deal. */
type Thing = 'account' | 'deal' | 'activity' | 'role';

/**
 * A change of the CRM by people. `pick` (0..1) chooses among the records there are at that moment,
 * so that a shrunk schedule still means something.
 */
export type Mutation =
  | { op: 'edit'; thing: 'account' | 'deal' | 'activity'; pick: number; what: number }
  | { op: 'stage'; pick: number; what: number }
  | { op: 'add'; thing: Thing; pick: number; what: number }
  | { op: 'remove'; thing: Thing; pick: number; hard: boolean }
  | { op: 'undelete'; pick: number }
  | { op: 'merge'; pick: number; other: number }
  | { op: 'retype'; pick: number; what: number }
  | { op: 'human'; thing: 'account' | 'deal'; pick: number; what: number }
  | { op: 'sameInstant'; thing: 'deal' | 'activity' }
  | { op: 'field'; what: number }
  | { op: 'picklist'; what: number }
  | { op: 'rule'; on: boolean }
  | { op: 'jobsGone' };

/**
 * `delayMs`: a transaction that began now and is visible only then; its rows carry the stamp of its
 * beginning. In HubSpot it is the search that lags, the lists don't.
 */
export interface Change {
  mutation: Mutation;
  delayMs: number;
}

export type Fault =
  | { kind: 'rule'; rule: FaultRuleInput }
  /** Some rows of the n-th write are locked by somebody else. */
  | { kind: 'lock'; nth: number; share: number }
  /** The call takes this long on the CRM's clock. */
  | { kind: 'slow'; call: number; ms: number };

/** At the n-th call, the n-th batch, or the n-th batch that moves a cursor. */
export interface Death {
  at: 'call' | 'batch' | 'page';
  n: number;
  after: boolean;
}

/** One sync, and what happens before and while it runs. */
export interface Phase {
  advanceMs: number;
  before: Change[];
  /** During the run, ahead of its n-th call. */
  during: { call: number; change: Change }[];
  faults: Fault[];
  death: Death | null;
  /**
   * At its n-th call the process hangs this long, and meanwhile another engine
   * starts on the same connection.
   */
  stall: { call: number; ms: number } | null;
  /** Milliseconds by which this engine's own clock is off. */
  skewMs: number;
  full: boolean;
  dryRun: boolean;
}

/** What portals differ in. */
export interface HubSpotTraits {
  /** How long its search does not see what was just written. */
  lagMs: number;
  /** Paths of 2026-09, whose writes obey the admin's rules. */
  dated: boolean;
  newIdOnMerge: boolean;
  /** Its search shows records as they are now, though it finds them by what the index holds. */
  showsLive: boolean;
  /** Rows by which pages are shorter than asked. */
  pageShrink: number;
}

export interface Schedule {
  seed: number;
  crm: Crm;
  pageRows: number;
  /** Reads with more rows go by Bulk. */
  bulkFromRows: number;
  renewable: boolean;
  /** Daily calls of the org; the engine may use 70% of them. */
  dailyCalls: number;
  callMs: number;
  hubspot: HubSpotTraits;
  phases: Phase[];
}
