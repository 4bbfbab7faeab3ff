/**
 * The usual filling of a Salesforce sandbox: a world loaded as history,
 * which then moves on by itself.
 */
import type { Seeded } from '../seed.ts';
import type { World } from '../world/events.ts';
import { applyEvents, loadWorld } from './load.ts';
import type { LoadOptions } from './load.ts';
import type { SandboxOrg } from './org.ts';

export function seedSalesforce(org: SandboxOrg, world: World, options: LoadOptions = {}): Seeded {
  const { permissionSetId, provenance } = loadWorld(org, world, options);
  return {
    provenance,
    truth: world.truth,
    permissionSetIds: [permissionSetId],
    advance: (fromMs, untilMs) => applyEvents(org, world.advance(fromMs, untilMs)).applied,
  };
}
