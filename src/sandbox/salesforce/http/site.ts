/** What every Salesforce route works with: the org, its sessions, budget, cursors and jobs. */
import type { Context } from 'hono';
import type { VirtualClock } from '../../clock.ts';
import type { OrgUser } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import type { ApiBudget } from './budget.ts';
import type { Turnstile } from './exclusive.ts';
import type { JobStore } from './jobs.ts';
import type { LocatorStore } from './locators.ts';
import type { AppRegistry } from './oauth-apps.ts';
import type { CodeStore } from './oauth-codes.ts';
import type { Session, SessionStore } from './sessions.ts';

/**
 * Where the facts leave more than one behaviour plausible, or a test wants a worse one. Changed at
 * run time through the control plane.
 */
export interface SalesforceSwitches {
  /** Any token, client and assertion is good. */
  openAuth: boolean;
  /** Largest query page actually given, whatever was asked for (the asked size is a hint). */
  pageSizeMax: number;
  /** Rows of one Bulk result page when the client does not say. */
  bulkPageRows: number;
  /** How long a Bulk job takes, wall ms; a third of it is spent in UploadComplete. */
  bulkJobMs: number;
  /**
   * A used refresh token is replaced by a new one, and using the old one again ends
   * everything issued from it.
   */
  refreshRotation: boolean;
  /** Inactivity after which a session ends. */
  sessionMs: number;
  /**
   * Clock for sessions and assertions. Wall: a client with the right time can log in although the
   * sandbox's time was moved on.
   */
  authClock: 'wall' | 'virtual';
  /** Longest life a JWT assertion may claim. */
  jwtMaxMs: number;
  /**
   * The host in the `id` of a token answer: Salesforce's login host, or the address the request
   * came to (then it can be fetched).
   */
  identityHost: 'login' | 'request';
  /**
   * From this API version on an external-id upsert that updates answers 200 with a body;
   * before, 204.
   */
  upsertBodyFrom: number;
}

export interface Site {
  org: SandboxOrg;
  clock: VirtualClock;
  switches: SalesforceSwitches;
  sessions: SessionStore;
  apps: AppRegistry;
  codes: CodeStore;
  budget: ApiBudget;
  /** Bulk 2.0 query jobs, and bytes of their results. */
  bulk: { jobs: ApiBudget; bytes: ApiBudget };
  locators: LocatorStore;
  jobs: JobStore;
  turnstile: Turnstile;
  /** Runs a request of a composite call inside, without counting it as a call of its own. */
  inner(request: Request): Promise<Response>;
}

/** What the checks in front of the routes leave for them. */
interface Variables {
  user: OrgUser;
  session: Session;
  version: string;
  inner: boolean;
}
export type SalesforceEnv = { Variables: Variables };
export type SalesforceContext = Context<SalesforceEnv>;

/** `/services/data/v66.0` of this request. */
export function base(c: SalesforceContext): string {
  return `/services/data/v${c.get('version')}`;
}

export const DEFAULT_SWITCHES: SalesforceSwitches = {
  openAuth: false,
  pageSizeMax: 2000,
  bulkPageRows: 50_000,
  bulkJobMs: 60,
  refreshRotation: false,
  sessionMs: 2 * 3_600_000,
  authClock: 'wall',
  jwtMaxMs: 5 * 60_000,
  identityHost: 'login',
  upsertBodyFrom: 46,
};
