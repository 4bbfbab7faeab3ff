/** What fills a CRM with a world; made by the parts that know both. */
import type { SandboxOrg } from './salesforce/org.ts';
import type { SandboxWorld } from './vendor.ts';
import type { WorldRequest } from './world/open-world.ts';

/** The world, and the permission sets that show the integration user the channel's own fields. */
export type Seeded = SandboxWorld & { permissionSetIds?: string[] };

/**
 * Fills `org` with history up to the sandbox's now in place of the usual world;
 * null = nothing to fill it with.
 */
export type Seeder = (
  org: SandboxOrg,
  options: WorldRequest,
  nowMs: number,
) => Seeded | null | Promise<Seeded | null>;
