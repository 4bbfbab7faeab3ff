import type { World } from './events.ts';
import { generateWorld } from './generate.ts';
import { loadDataDir } from './load-data-dir.ts';
import { thinWorld } from './thin.ts';

/** Above this many deals old touches are thinned out. */
const WHOLE_UP_TO_DEALS = 200_000;

export interface WorldRequest {
  seed: number;
  /** 0 partners and 0 deals = no world: the CRM stays empty. */
  partners: number;
  deals: number;
  /** A recorded pipeline log instead of a generated world. */
  dataDir: string | null;
  /** What the market of a generated world does: see `DemandOptions`. */
  shockSd?: number;
  fading?: boolean;
}

/**
 * The world that was asked for, its history ending at `endMs`. A recorded log goes before a
 * generated world; nobody and nothing asked for is null.
 */
export async function openWorld(
  { seed, partners, deals, dataDir, ...demand }: WorldRequest,
  endMs: number,
): Promise<World | null> {
  if (dataDir !== null) return loadDataDir(dataDir, { seed, partners, endMs });
  if (partners === 0 && deals === 0) return null;
  const world = generateWorld({ seed, partners, deals, endMs, ...demand });
  return deals > WHOLE_UP_TO_DEALS ? thinWorld(world, endMs) : world;
}
