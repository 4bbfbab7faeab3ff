/** A HubSpot to run: portal, API, control plane, time and faults on a loopback port. */
import * as z from 'zod';
import { VirtualClock } from '../clock.ts';
import { runVendor, type RunningVendor } from '../run.ts';
import type { SandboxWorld } from '../vendor.ts';
import type { LimitSettings } from './http/limiter.ts';
import type { PortalSettings, PortalSwitches } from './model/types.ts';
import { Portal } from './portal.ts';
import { type HubSpotSeedOptions, seedHubSpot } from './seed.ts';
import { createHubSpotVendor, type HubSpotVendor } from './vendor.ts';

export interface HubSpotSandboxOptions {
  /** 0 = any free port; null = no port at all, only `fetch`. */
  port?: number | null;
  seed?: number;
  partners?: number;
  deals?: number;
  /** Sd of the log of each quarter's shock to the pace of all deals of a generated world. */
  shockSd?: number;
  /** Does new business of a generated world fade? */
  fading?: boolean;
  dataDir?: string;
  latencyMs?: number;
  /** Where the sandbox's time starts; default: now. */
  nowMs?: number;
  ticking?: boolean;
  wallMs?: () => number;
  scopes?: readonly string[];
  /** Any token and client is good. */
  openAuth?: boolean;
  limits?: Partial<LimitSettings>;
  switches?: Partial<PortalSwitches>;
  settings?: Partial<Omit<PortalSettings, 'switches'>>;
  /**
   * Fills the portal instead of the usual world; null or an empty one for
   * tests that want their own rows.
   */
  seeder?: (
    portal: Portal,
    options: HubSpotSeedOptions,
    nowMs: number,
  ) => SandboxWorld | null | Promise<SandboxWorld | null>;
}

export interface HubSpotSandbox extends RunningVendor<HubSpotVendor> {
  crm: 'hubspot';
  accessToken: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
  readonly portal: Portal;
  readonly world: SandboxWorld | null;
}

const DEFAULTS = { seed: 1, partners: 40, deals: 1500 };
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
/** A portal is older than the history that is loaded into it. */
const PORTAL_AGE_MS = 6 * 365.25 * 86_400_000;

/** Starts a HubSpot sandbox with its world. */
export async function startHubSpotSandbox(
  options: HubSpotSandboxOptions = {},
): Promise<HubSpotSandbox> {
  const clock = new VirtualClock({
    nowMs: options.nowMs,
    ticking: options.ticking,
    wallMs: options.wallMs,
  });
  let { portal, world } = await fillPortal(clock, options, {});
  const vendor = createHubSpotVendor({
    portal,
    clock,
    limits: options.limits,
    scopes: options.scopes,
    openAuth: options.openAuth,
  });
  const running = await runVendor({
    vendor,
    clock,
    port: options.port === undefined ? 0 : options.port,
    latencyMs: options.latencyMs ?? 0,
    world: () => world,
    reseed: async (changes) => {
      ({ portal, world } = await fillPortal(clock, options, changes));
      vendor.replacePortal(portal);
    },
  });
  return {
    ...running,
    crm: 'hubspot',
    accessToken: vendor.accessToken,
    clientId: vendor.app.clientId,
    clientSecret: vendor.app.clientSecret,
    refreshToken: vendor.refreshToken,
    get portal() {
      return portal;
    },
    get world() {
      return world;
    },
    close: async () => {
      vendor.webhooks.stop();
      await running.close();
    },
  };
}

/** A new portal with its world; `changes` win over the options of the start. */
async function fillPortal(
  clock: VirtualClock,
  options: HubSpotSandboxOptions,
  changes: Record<string, unknown>,
): Promise<{ portal: Portal; world: SandboxWorld | null }> {
  const wanted: HubSpotSeedOptions = {
    seed: options.seed ?? DEFAULTS.seed,
    partners: options.partners ?? DEFAULTS.partners,
    deals: options.deals ?? DEFAULTS.deals,
    dataDir: options.dataDir ?? null,
    shockSd: options.shockSd,
    fading: options.fading,
    ...seedShape.parse(changes),
  };
  const portal = new Portal(
    () => clock.nowMs(),
    { ...options.settings, switches: { ...options.switches } as PortalSwitches },
    clock.nowMs() - PORTAL_AGE_MS,
  );
  const world = await (options.seeder ?? seedHubSpot)(portal, wanted, clock.nowMs());
  return { portal, world };
}
