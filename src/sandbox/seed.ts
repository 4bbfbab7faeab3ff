/** What fills a CRM with a world; made by the parts that know both. */
import type { SandboxOrg } from './salesforce/org.ts';
import type { SandboxWorld } from './vendor.ts';

export interface SeedOptions {
  seed: number;
  /** 0 partners and 0 deals = an empty org. */
  partners: number;
  deals: number;
  /** A recorded pipeline log instead of a generated world. */
  dataDir: string | null;
}

/** The world, and the permission sets that show the integration user the channel's own fields. */
export type Seeded = SandboxWorld & { permissionSetIds?: string[] };

/** Fills `org` with history up to the sandbox's now; null = nothing to fill it with. */
export type Seeder = (org: SandboxOrg, options: SeedOptions, nowMs: number) => Seeded | null | Promise<Seeded | null>;
