/**
 * The usual filling of a HubSpot sandbox: a generated partner channel (or a
 * recorded log), loaded as history.
 */
import type { SandboxWorld } from '../vendor.ts';
import { generateWorld } from '../world/generate.ts';
import { loadDataDir } from '../world/load-data-dir.ts';
import type { WorldRequest } from '../world/open-world.ts';
import { WorldLoader } from './load.ts';
import type { Portal } from './portal.ts';

export type HubSpotSeedOptions = WorldRequest;

/**
 * Fills `portal` with history up to the sandbox's now; null = it stays empty
 * (no partners and no deals).
 */
export async function seedHubSpot(
  portal: Portal,
  options: HubSpotSeedOptions,
  nowMs: number,
): Promise<SandboxWorld | null> {
  if (options.dataDir === null && options.partners === 0 && options.deals === 0) return null;
  const world =
    options.dataDir === null
      ? generateWorld({
          seed: options.seed,
          partners: options.partners,
          deals: options.deals,
          endMs: nowMs,
          shockSd: options.shockSd,
          fading: options.fading,
        })
      : await loadDataDir(options.dataDir, {
          seed: options.seed,
          partners: options.partners,
          endMs: nowMs,
        });
  const loader = new WorldLoader(portal, world.provenance);
  loader.seed(world.events());
  return {
    provenance: world.provenance,
    truth: world.truth,
    advance: (fromMs, untilMs) => loader.live(world.advance(fromMs, untilMs)).applied,
  };
}
