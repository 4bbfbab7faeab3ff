/**
 * Salesforce as a part of the sandbox: the API over an org, and what the core and
 * the control plane ask of it.
 */
import * as z from 'zod';
import type { VirtualClock } from '../../clock.ts';
import type { FaultRule } from '../../faults.ts';
import type { SandboxVendor } from '../../vendor.ts';
import type { OrgUser } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { findJob } from '../bulk-v1/jobs.ts';
import { bulkFault, faultAnswer, isJson } from '../bulk-v1/wire.ts';
import { createSalesforceApp } from './app.ts';
import { ApiBudget, BULK_MB } from './budget.ts';
import { AdminChanges } from './admin-changes.ts';
import { Turnstile } from './exclusive.ts';
import { fault, faultResponse, noSession, overBudget } from './faults.ts';
import { JobStore } from './jobs.ts';
import { LocatorStore } from './locators.ts';
import { AppRegistry, makeApp } from './oauth-apps.ts';
import { CodeStore } from './oauth-codes.ts';
import { SessionStore, type Session } from './sessions.ts';
import { siteOf } from './orgs.ts';
import { DEFAULT_SWITCHES, type SalesforceSwitches, type Site } from './site.ts';
import { bulkDateTimeText } from './stamps.ts';
import { sizeOfAnswer, tooMuchAnswer } from './too-much.ts';

export interface SalesforceVendorOptions {
  org: SandboxOrg;
  integrationUser: OrgUser;
  clock: VirtualClock;
  apiDailyLimit?: number;
  switches?: Partial<SalesforceSwitches>;
}

/** Allocation of an Enterprise org without licences. */
const DEFAULT_DAILY_CALLS = 100_000;
/**
 * Bulk 2.0 query jobs and MB of their results in 24 hours, as recorded of a developer org and
 * documented for all (10,000 and 1 TB).
 */
const DEFAULT_DAILY_BULK = { jobs: 10_000, mb: 976_562 };

const switchShape = z
  .strictObject({
    openAuth: z.boolean(),
    pageSizeMax: z.int().min(1).max(2000),
    bulkPageRows: z.int().min(1),
    bulkJobMs: z.number().min(0),
    refreshRotation: z.boolean(),
    sessionMs: z.number().min(1),
    authClock: z.enum(['wall', 'virtual']),
    jwtMaxMs: z.number().min(1),
    identityHost: z.enum(['login', 'request']),
    upsertBodyFrom: z.number(),
    /** Not switches but acts: the allocation, calls made by others, the end of all sessions. */
    apiDailyLimit: z.int().min(0),
    useCalls: z.int().min(0),
    /** the same of Bulk query jobs and MB of their results */
    bulkDailyJobs: z.int().min(0),
    useBulkJobs: z.int().min(0),
    bulkDailyMB: z.int().min(0),
    useBulkMB: z.int().min(0),
    endSessions: z.literal(true),
    /** another address the start's app may send its users back to */
    redirectUri: z.string(),
  })
  .partial();

export interface SalesforceVendor extends SandboxVendor {
  readonly site: Site;
  readonly startSession: Session;
  readonly refreshToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly privateKeyPem: string;
  /**
   * Another org takes the place of the old one; the token handed out at the start goes
   * on for its integration user.
   */
  replaceOrg(org: SandboxOrg, integrationUser: OrgUser): void;
  /**
   * One more org behind the same address, with an app, sessions and a budget of its own; its
   * requests are told by token, client or user name.
   */
  addOrg(org: SandboxOrg, integrationUser: OrgUser): SalesforceVendor;
}

export function createSalesforceVendor({
  org,
  integrationUser,
  clock,
  apiDailyLimit,
  switches,
}: SalesforceVendorOptions): SalesforceVendor {
  const site: Site = {
    org,
    clock,
    switches: { ...DEFAULT_SWITCHES, ...switches },
    sessions: new SessionStore(org.id, () =>
      site.switches.authClock === 'wall' ? clock.wallMs() : clock.nowMs(),
    ),
    apps: new AppRegistry(),
    codes: new CodeStore(),
    budget: new ApiBudget(apiDailyLimit ?? DEFAULT_DAILY_CALLS, () => clock.nowMs()),
    bulk: {
      jobs: new ApiBudget(DEFAULT_DAILY_BULK.jobs, () => clock.nowMs()),
      bytes: new ApiBudget(DEFAULT_DAILY_BULK.mb * BULK_MB, () => clock.nowMs()),
    },
    locators: new LocatorStore(() => clock.nowMs()),
    jobs: new JobStore(() => clock.nowMs()),
    turnstile: new Turnstile(),
    inner: () => Promise.reject(new Error('The API is not built yet')),
  };
  const { app, privateKeyPem } = makeApp(integrationUser.id);
  site.apps.add(app);
  const refreshToken = site.sessions.issueRefresh(integrationUser.id, app.clientId, app.scope);
  const startSession = site.sessions.open(integrationUser.id, {
    clientId: app.clientId,
    scope: app.scope,
    lasting: true,
  });
  const answer = createSalesforceApp(site);
  const changes = new AdminChanges(site);
  const others: SalesforceVendor[] = [];
  return {
    name: 'salesforce',
    site,
    startSession,
    refreshToken,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    privateKeyPem,
    fetch: async (request) => {
      const asked =
        others.length === 0
          ? site
          : await siteOf([site, ...others.map((other) => other.site)], request);
      const other = others.find((one) => one.site === asked);
      if (other !== undefined) return other.fetch(request);
      changes.commitDue();
      return answer(request);
    },
    addOrg: (added, user) => {
      const other = createSalesforceVendor({
        org: added,
        integrationUser: user,
        clock,
        apiDailyLimit,
        switches: site.switches,
      });
      others.push(other);
      return other;
    },
    faultResponse: (rule, status, request) => inSalesforceForm(site, rule, status, request),
    objectOf: (url) => objectOfAddress(site, url),
    sizeOf: (request, response) => sizeOfAnswer(site, request, response),
    dump: (objects) => dump(site.org, objects),
    status: () => status(site),
    change: (input) => changes.apply(input),
    setup: (input) => site.org.setup(input),
    configure: (input) => configure(site, input),
    replaceOrg: (next, user) => {
      site.org = next;
      site.sessions.endAll();
      site.sessions.adopt(startSession, user.id);
      site.sessions.regrant(refreshToken, user.id);
      app.runAsUserId = user.id;
      site.locators.clear();
      site.jobs.clear();
      changes.clear();
    },
  };
}

function configure(site: Site, input: Record<string, unknown>): Record<string, unknown> {
  const {
    apiDailyLimit,
    useCalls,
    bulkDailyJobs,
    useBulkJobs,
    bulkDailyMB,
    useBulkMB,
    endSessions,
    redirectUri,
    ...switches
  } = switchShape.parse(input);
  Object.assign(site.switches, switches);
  if (apiDailyLimit !== undefined) site.budget.limit = apiDailyLimit;
  if (useCalls !== undefined) site.budget.use(useCalls);
  if (bulkDailyJobs !== undefined) site.bulk.jobs.limit = bulkDailyJobs;
  if (useBulkJobs !== undefined) site.bulk.jobs.use(useBulkJobs);
  if (bulkDailyMB !== undefined) site.bulk.bytes.limit = bulkDailyMB * BULK_MB;
  if (useBulkMB !== undefined) site.bulk.bytes.use(useBulkMB * BULK_MB);
  if (endSessions === true) site.sessions.endAll();
  if (redirectUri !== undefined)
    for (const app of site.apps.all()) app.redirectUris.push(redirectUri);
  return { ...site.switches, apiDailyLimit: site.budget.limit, apiUsed: site.budget.used() };
}

function inSalesforceForm(
  site: Site,
  rule: FaultRule,
  status: number,
  request: Request,
): Response | null {
  const async = new URL(request.url).pathname.includes('/services/async/');
  if (rule.kind === 'expiredSession') {
    const token =
      /^(?:Bearer|OAuth)\s+(\S+)/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
      request.headers.get('x-sfdc-session') ??
      undefined;
    if (rule.endSession && token !== undefined) site.sessions.end(token);
    if (async)
      return faultAnswer(
        bulkFault('InvalidSessionId', 'Invalid session id').faults,
        isJson(request),
      );
    return faultResponse(noSession().faults);
  }
  if (rule.kind === 'dailyLimit')
    return async
      ? faultAnswer(
          bulkFault('ExceededQuota', 'TotalRequests Limit exceeded.').faults,
          isJson(request),
        )
      : faultResponse(overBudget().faults);
  if (rule.kind === 'tooMuch') return tooMuchAnswer(rule);
  if (rule.kind === 'tooManyRequests')
    return faultResponse(fault(status, 'REQUEST_LIMIT_EXCEEDED', 'Too many requests').faults);
  if (status === 503)
    return faultResponse(
      fault(503, 'SERVER_UNAVAILABLE', 'The server is temporarily unavailable').faults,
    );
  return faultResponse(
    fault(
      status,
      'UNKNOWN_EXCEPTION',
      'An unexpected error occurred. Please include this ErrorId if you contact support: 1000000-1 (fault)',
    ).faults,
  );
}

/**
 * The object a request is about, as its address shows it: record routes, collections, the outer
 * FROM of a statement, the job of an id.
 */
function objectOfAddress(site: Site, url: URL): string | null {
  const path = url.pathname.replace(/\/{2,}/g, '/');
  const named = /\/(?:sobjects|composite\/tree|composite\/sobjects)\/(\w+)/.exec(path)?.[1];
  if (named !== undefined) return named;
  const older = /\/services\/async\/[\d.]+\/job\/(\w+)/.exec(path)?.[1];
  if (older !== undefined) return findJob(site.org, older, site.clock.nowMs())?.object ?? null;
  const job = /\/jobs\/(?:query|ingest)\/(\w+)/.exec(path)?.[1];
  if (job !== undefined) return site.jobs.get(job)?.object ?? null;
  let soql = (url.searchParams.get('q') ?? '').replace(/'(?:\\.|[^'\\])*'/g, "''");
  for (let before = ''; before !== soql; ) {
    before = soql;
    soql = soql.replace(/\([^()]*\)/g, ' ');
  }
  return /\bfrom\s+(\w+)/i.exec(soql)?.[1] ?? null;
}

/** Every row past all permissions, deleted ones too; date-times in ISO form. */
function dump(org: SandboxOrg, names: string[]): Record<string, Record<string, unknown>[]> {
  const objects =
    names.length === 0
      ? org.objects().filter((object) => object.queryable)
      : names.map((name) => org.object(name)).filter((object) => object !== undefined);
  return Object.fromEntries(
    objects.map((object) => {
      const fields = object.fields.filter((field) => field.type !== 'address');
      const rows = [...org.table(object.name).values()].map((row) =>
        Object.fromEntries(
          fields.map((field) => {
            const value = org.read(org.system, object, row, field.name);
            return [
              field.name,
              field.type === 'datetime' && typeof value === 'number'
                ? bulkDateTimeText(value)
                : value,
            ];
          }),
        ),
      );
      return [object.name, rows];
    }),
  );
}

function status(site: Site): Record<string, unknown> {
  const counts = Object.fromEntries(
    site.org
      .objects()
      .map(({ name }) => [name, site.org.recordCount(name)])
      .filter(([, count]) => count !== 0),
  );
  return {
    orgId: site.org.id,
    orgName: site.org.name,
    records: counts,
    users: site.org.users().length,
    apiUsed: site.budget.used(),
    apiDailyLimit: site.budget.limit,
    switches: site.switches,
  };
}
