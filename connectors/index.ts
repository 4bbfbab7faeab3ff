import type { Connector } from '../src/model/connector.ts';

/**
 * Connectors by the name a connection document uses; loaded on first use, so that one SDK never
 * costs the others' start.
 */
type Registry = Readonly<Record<string, () => Promise<Connector>>>;

/** Those that need no disk: all that a Worker can run. */
export const portable: Registry = {
  salesforce: async () => (await import('./salesforce/index.ts')).salesforce,
  hubspot: async () => (await import('./hubspot/index.ts')).hubspot,
};

/**
 * Every connector. Marked as pure, so that a bundle that asks for `portable` alone leaves the others
 * out.
 */
export const connectors: Registry = /* @__PURE__ */ Object.assign(
  {
    memory: async () => (await import('./memory/index.ts')).memory,
    csv: async () => (await import('./csv/index.ts')).csv,
  },
  portable,
);

/** Own names only: `constructor` is one that every object has. */
export const loaderOf = (
  registry: Registry,
  name: string,
): (() => Promise<Connector>) | undefined =>
  Object.hasOwn(registry, name) ? registry[name] : undefined;
