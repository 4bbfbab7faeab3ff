/** The usual filling of a Salesforce sandbox: a generated partner channel, or a recorded pipeline log, loaded as history. */
import type { Seeder, SeedOptions } from '../seed.ts';
import type { World } from '../world/events.ts';
import { generateWorld } from '../world/generate.ts';
import { loadDataDir } from '../world/load-data-dir.ts';
import { applyEvents, loadWorld } from './load.ts';

export const seedSalesforce: Seeder = async (org, options, nowMs) => {
  const world = await worldOf(options, nowMs);
  if (world === null) return null;
  const { permissionSetId, provenance } = loadWorld(org, world);
  return {
    provenance, truth: world.truth, permissionSetIds: [permissionSetId],
    advance: (fromMs, untilMs) => applyEvents(org, world.advance(fromMs, untilMs)).applied,
  };
};

/** A recorded log goes before a generated world; nobody and nothing asked for is an empty org. */
async function worldOf({ seed, partners, deals, dataDir }: SeedOptions, endMs: number): Promise<World | null> {
  if (dataDir !== null) return loadDataDir(dataDir, { seed, partners, endMs });
  return partners === 0 && deals === 0 ? null : generateWorld({ seed, partners, deals, endMs });
}
