/** A CRM to run: wire protocol, data, time and faults on a loopback port. */
import { z } from 'zod';
import { VirtualClock } from './clock.ts';
import { createControl } from './control.ts';
import { NoAnswer, type Wire } from './fault-effects.ts';
import { FaultPlan } from './faults.ts';
import { answer, CONTROL_PREFIX, type GateParts } from './gate.ts';
import { RequestLog } from './request-log.ts';
import { createSalesforceVendor, type SalesforceVendor } from './salesforce/http/vendor.ts';
import type { SalesforceSwitches } from './salesforce/http/site.ts';
import { createOrg, type SandboxOrg } from './salesforce/org.ts';
import { seedSalesforce } from './salesforce/seed.ts';
import type { Seeder, SeedOptions } from './seed.ts';
import { listen } from './server.ts';
import type { SandboxWorld } from './vendor.ts';

export interface SandboxOptions {
  crm?: 'salesforce';
  /** 0 = any free port; null = no port at all, only `fetch`. */
  port?: number | null;
  seed?: number;
  partners?: number;
  deals?: number;
  /** A recorded pipeline log to load instead of a generated world. */
  dataDir?: string;
  latencyMs?: number;
  /** Where the sandbox's time starts; default: now. */
  nowMs?: number;
  /** Does time pass by itself? Default true. */
  ticking?: boolean;
  openAuth?: boolean;
  apiDailyLimit?: number;
  /** Query pages never get larger than this. */
  pageSizeMax?: number;
  /** Partner relationship management objects and fields. Default true. */
  prm?: boolean;
  multiCurrency?: boolean;
  switches?: Partial<SalesforceSwitches>;
  /** Replaces the usual world; for tests that want a few rows of their own. */
  seeder?: Seeder;
}

export interface Sandbox {
  crm: 'salesforce';
  /** Instance URL, without a slash at its end. */
  url: string;
  controlUrl: string;
  accessToken: string;
  clientId: string;
  clientSecret: string;
  privateKeyPem: string;
  refreshToken: string;
  /** The integration user. */
  username: string;
  readonly org: SandboxOrg;
  readonly world: SandboxWorld | null;
  clock: VirtualClock;
  faults: FaultPlan;
  log: RequestLog;
  vendor: SalesforceVendor;
  /** The same answers without a socket; a cut connection throws as the platform's fetch does. */
  fetch: typeof fetch;
  close(): Promise<void>;
}

/** In-process addresses have a name that never resolves, so that a stray real fetch fails loudly. */
const IN_PROCESS_URL = 'http://sandbox.invalid';
const INTEGRATION_USER = 'integration@headwater.sandbox.example';
const DEFAULT_PARTNERS = 40;
const DEFAULT_DEALS = 1500;

/** Starts a sandbox. Loading the default world takes about a second. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = new VirtualClock({ nowMs: options.nowMs, ticking: options.ticking });
  const filled = await fill(clock, options, {});
  let { org, world } = filled;
  const vendor = createSalesforceVendor({ org, integrationUser: filled.integrationUser, clock, apiDailyLimit: options.apiDailyLimit, switches: switchesOf(options) });
  const parts = gateParts(clock, options, vendor, () => world, async (changes) => {
    const next = await fill(clock, options, changes);
    ({ org, world } = next);
    vendor.replaceOrg(next.org, next.integrationUser);
  });
  const running = options.port === null ? null : await listen((request, wire) => answer(parts, request, wire), options.port ?? 0);
  const url = running === null ? IN_PROCESS_URL : `http://127.0.0.1:${running.port}`;
  return {
    crm: 'salesforce', url, controlUrl: `${url}${CONTROL_PREFIX}`, accessToken: vendor.startSession.token, clientId: vendor.clientId, clientSecret: vendor.clientSecret, privateKeyPem: vendor.privateKeyPem,
    refreshToken: vendor.refreshToken, username: filled.integrationUser.username, get org() { return org; }, get world() { return world; }, clock, faults: parts.faults, log: parts.log, vendor,
    fetch: inProcess(parts), close: async () => running?.close(),
  };
}

function gateParts(clock: VirtualClock, options: SandboxOptions, vendor: SalesforceVendor, world: () => SandboxWorld | null, reseed: (changes: Record<string, unknown>) => Promise<void>): GateParts {
  const shared = { vendor, clock, log: new RequestLog(), faults: new FaultPlan(), latency: { ms: options.latencyMs ?? 0 } };
  return { ...shared, control: createControl({ ...shared, world, reseed }) };
}

const seedShape = z.strictObject({ seed: z.int(), partners: z.int().min(0), deals: z.int().min(0), dataDir: z.string().nullable() }).partial();

/** A new org with its users and, unless it is to be empty, its world. `changes` win over the options of the start. */
async function fill(clock: VirtualClock, options: SandboxOptions, changes: Record<string, unknown>) {
  const wanted: SeedOptions = {
    seed: options.seed ?? 1, partners: options.partners ?? DEFAULT_PARTNERS, deals: options.deals ?? DEFAULT_DEALS, dataDir: options.dataDir ?? null, ...seedShape.parse(changes),
  };
  const org = createOrg({ name: 'Headwater Sandbox', clock, seed: wanted.seed, prm: options.prm, multiCurrency: options.multiCurrency });
  const world = await (options.seeder ?? seedSalesforce)(org, wanted, clock.nowMs());
  const integrationUser = org.addUser({ username: INTEGRATION_USER, firstName: 'Headwater', lastName: 'Integration', permissionSetIds: world?.permissionSetIds ?? [] });
  return { org, integrationUser, world };
}

function switchesOf(options: SandboxOptions): Partial<SalesforceSwitches> {
  const { openAuth, pageSizeMax } = options;
  return { ...(openAuth === undefined ? {} : { openAuth }), ...(pageSizeMax === undefined ? {} : { pageSizeMax }), ...options.switches };
}

function inProcess(parts: GateParts): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const wire: Wire = { cut: () => false, gone: new Promise((resolve) => request.signal.addEventListener('abort', () => resolve(), { once: true })) };
    try {
      const response = await answer(parts, request, wire);
      request.signal.throwIfAborted();
      return response;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      request.signal.throwIfAborted();
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(error.message), { code: 'ECONNRESET' }) });
    }
  };
}
