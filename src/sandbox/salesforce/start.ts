/** A Salesforce to run: org, API, control plane, time and faults on a loopback port. */
import * as z from 'zod';
import { VirtualClock } from '../clock.ts';
import { runVendor, type RunningVendor } from '../run.ts';
import type { Seeder } from '../seed.ts';
import type { SandboxWorld } from '../vendor.ts';
import { openWorld, type WorldRequest } from '../world/open-world.ts';
import type { SalesforceSwitches } from './http/site.ts';
import { createSalesforceVendor, type SalesforceVendor } from './http/vendor.ts';
import type { OrgStyle } from './load/style.ts';
import { createOrg, type OrgOptions, type SandboxOrg } from './org.ts';
import { seedSalesforce } from './seed.ts';
import { settle } from './settle.ts';

export interface SalesforceSandboxOptions {
  /** 0 = any free port; null = no port at all, only `fetch`. */
  port?: number | null;
  seed?: number;
  partners?: number;
  deals?: number;
  /** Sd of the log of each quarter's shock to the pace of all deals of a generated world. */
  shockSd?: number;
  /** Does new business of a generated world fade? */
  fading?: boolean;
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
  /** How its admin went about the partner channel. Default: with the names of our own mapping. */
  style?: OrgStyle;
  /** Features and behaviours of the org beyond these: currencies, teams, shared activities … */
  org?: Partial<Omit<OrgOptions, 'name' | 'clock' | 'seed'>>;
  switches?: Partial<SalesforceSwitches>;
  /**
   * More orgs behind the same address, each with its own world, users and app. Their seeds must
   * differ, so that their ids do.
   */
  otherOrgs?: OtherOrg[];
  /** Told in words how far the loading is, several times a second. */
  onProgress?: (text: string) => void;
  /** Replaces the usual world; for tests that want a few rows of their own. */
  seeder?: Seeder;
}

interface OtherOrg
  extends Pick<
    SalesforceSandboxOptions,
    'partners' | 'deals' | 'prm' | 'multiCurrency' | 'org' | 'seeder'
  > {
  seed: number;
  /** of its integration user; unique over all orgs */
  username: string;
}

export interface SalesforceSandbox extends RunningVendor<SalesforceVendor> {
  crm: 'salesforce';
  accessToken: string;
  clientId: string;
  clientSecret: string;
  privateKeyPem: string;
  refreshToken: string;
  /** The integration user. */
  username: string;
  /** ISO code of the org's corporate currency. */
  readonly currency: string;
  readonly org: SandboxOrg;
  readonly world: SandboxWorld | null;
  /** The other orgs, in the order they were asked for. */
  otherOrgs: SalesforceVendor[];
}

const INTEGRATION_USER = 'integration@headwater.sandbox.example';
const DEFAULTS = { seed: 1, partners: 40, deals: 1500 };
/**
 * Above this many deals the org tracks no single fields, or their history alone would fill the
 * memory; OpportunityHistory is always kept.
 */
const TRACKED_UP_TO_DEALS = 100_000;

/** Starts a Salesforce sandbox. Loading the default world takes about a second. */
export async function startSalesforceSandbox(
  options: SalesforceSandboxOptions = {},
): Promise<SalesforceSandbox> {
  const clock = new VirtualClock({ nowMs: options.nowMs, ticking: options.ticking });
  const filled = await fill(clock, options, {});
  let { org, world } = filled;
  const vendor = createSalesforceVendor({
    org,
    integrationUser: filled.integrationUser,
    clock,
    apiDailyLimit: options.apiDailyLimit,
    switches: switchesOf(options),
  });
  const otherOrgs: SalesforceVendor[] = [];
  for (const other of options.otherOrgs ?? []) {
    const more = await fill(clock, { ...options, ...other }, {}, other.username);
    otherOrgs.push(vendor.addOrg(more.org, more.integrationUser));
  }
  if (org.recordCount('Opportunity') > TRACKED_UP_TO_DEALS) {
    options.onProgress?.('reading the first pages');
    await settle(vendor, filled.integrationUser);
  }
  const running = await runVendor({
    vendor,
    clock,
    port: options.port === undefined ? 0 : options.port,
    latencyMs: options.latencyMs ?? 0,
    world: () => world,
    reseed: async (changes) => {
      const next = await fill(clock, options, changes);
      ({ org, world } = next);
      vendor.replaceOrg(next.org, next.integrationUser);
    },
  });
  return {
    ...running,
    crm: 'salesforce',
    accessToken: vendor.startSession.token,
    clientId: vendor.clientId,
    clientSecret: vendor.clientSecret,
    privateKeyPem: vendor.privateKeyPem,
    refreshToken: vendor.refreshToken,
    username: filled.integrationUser.username,
    get currency() {
      return org.options.currency ?? 'USD';
    },
    get org() {
      return org;
    },
    get world() {
      return world;
    },
    otherOrgs,
  };
}

const seedShape = z
  .strictObject({
    seed: z.int(),
    partners: z.int().min(0),
    deals: z.int().min(0),
    dataDir: z.string().nullable(),
    shockSd: z.number().min(0).max(2),
    fading: z.boolean(),
  })
  .partial();

/**
 * A new org with its users and, unless it is to be empty, its world. `changes` win
 * over the options of the start.
 */
async function fill(
  clock: VirtualClock,
  options: SalesforceSandboxOptions,
  changes: Record<string, unknown>,
  username = INTEGRATION_USER,
) {
  const wanted: WorldRequest = {
    seed: options.seed ?? DEFAULTS.seed,
    partners: options.partners ?? DEFAULTS.partners,
    deals: options.deals ?? DEFAULTS.deals,
    dataDir: options.dataDir ?? null,
    shockSd: options.shockSd,
    fading: options.fading,
    ...seedShape.parse(changes),
  };
  const nowMs = clock.nowMs();
  const style = options.style ?? 'usual';
  const world = options.seeder === undefined ? await openWorld(wanted, nowMs) : null;
  const org = createOrg({
    currency: world?.currency,
    ...(wanted.deals > TRACKED_UP_TO_DEALS ? { trackedFields: [] } : {}),
    prm: options.prm ?? style !== 'minimal',
    multiCurrency: options.multiCurrency,
    // Those who sell as the worlds do have switched these on.
    teams: world !== null && style !== 'minimal',
    quotes: world !== null && style !== 'minimal',
    personAccounts: style === 'person-accounts',
    ...options.org,
    name: 'Headwater Sandbox',
    clock,
    seed: wanted.seed,
  });
  const seeded =
    options.seeder === undefined
      ? world === null
        ? null
        : seedSalesforce(org, world, {
            style,
            onProgress: (events, deals) =>
              options.onProgress?.(loadingText(events, deals, wanted.deals)),
          })
      : await options.seeder(org, wanted, nowMs);
  org.warm((object) => options.onProgress?.(`indexing ${object}`));
  const integrationUser = org.addUser({
    username,
    firstName: 'Headwater',
    lastName: 'Integration',
    permissionSetIds: seeded?.permissionSetIds ?? [],
  });
  return { org, integrationUser, world: seeded };
}

/** Numbers of a thousand and more with a space, as people read them. */
const grouped = (value: number): string => value.toLocaleString('en-GB').replaceAll(',', ' ');

function loadingText(events: number, deals: number, ofDeals: number): string {
  return `loading ${grouped(deals)} of about ${grouped(ofDeals)} deals, ${grouped(events)} events, ${(process.memoryUsage.rss() / 1e9).toFixed(1)} GB`;
}

function switchesOf(options: SalesforceSandboxOptions): Partial<SalesforceSwitches> {
  const { openAuth, pageSizeMax } = options;
  return {
    ...(openAuth === undefined ? {} : { openAuth }),
    ...(pageSizeMax === undefined ? {} : { pageSizeMax }),
    ...options.switches,
  };
}
