/** The usual filling of a Salesforce sandbox: a generated partner channel, loaded as history. */
import type { Seeder } from '../seed.ts';
import { generateWorld } from '../world/generate.ts';
import { applyEvents, loadWorld } from './load.ts';

export const seedSalesforce: Seeder = (org, options, nowMs) => {
  if (options.partners === 0 && options.deals === 0) return null;
  const world = generateWorld({ seed: options.seed, partners: options.partners, deals: options.deals, endMs: nowMs });
  const { permissionSetId, provenance } = loadWorld(org, world);
  return {
    provenance, truth: world.truth, permissionSetIds: [permissionSetId],
    advance: (fromMs, untilMs) => applyEvents(org, world.advance(fromMs, untilMs)).applied,
  };
};
