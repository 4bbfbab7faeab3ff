/**
 * The conformance suite: what "a Headwater connector" means, as checks. It knows no test framework:
 * `connectorConformance` gives named cases,
 * and any framework runs them (`for (const { name, run } of cases) it(name, run)`).
 */
import type { Connector } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { type Check, ConformanceFailure, declares } from './check.ts';
import { DELETIONS } from './checks/deletions.ts';
import { DESCRIBE } from './checks/describe.ts';
import { ERRORS } from './checks/errors.ts';
import { PAGING } from './checks/paging.ts';
import { PROVISIONING } from './checks/provisioning.ts';
import { RELATIONS } from './checks/relations.ts';
import { SESSION } from './checks/session.ts';
import { VALUES } from './checks/values.ts';
import { WINDOWS } from './checks/windows.ts';
import { WRITES } from './checks/writes.ts';
import { type ConformanceWorld, hasAbility } from './world.ts';

export { type Check, ConformanceFailure, type Feature, type Subject } from './check.ts';
export type {
  Ability,
  ConformanceWorld,
  OpenOptions,
  Role,
  WorldFault,
  WorldValues,
} from './world.ts';

/** Every check, in the order in which they build on each other. */
export const CHECKS: readonly Check[] = [
  ...SESSION,
  ...DESCRIBE,
  ...PAGING,
  ...WINDOWS,
  ...VALUES,
  ...DELETIONS,
  ...RELATIONS,
  ...WRITES,
  ...PROVISIONING,
  ...ERRORS,
];

export interface ConformanceOptions {
  name: string;
  connector: Connector;
  /** A world of its own for each check: empty, and nothing wrong with it. */
  world: () => Promise<ConformanceWorld>;
  /**
   * Checks that cannot be shown in this world, by name, each with its reason. See `needlessSkips`.
   */
  skip?: Record<string, string>;
}

export interface ConformanceCase {
  name: string /** why it is not run; null = it is */;
  skipped: string | null;
  run: () => Promise<void>;
}

/**
 * The cases for one connector: those of the features it declares. A declared feature that its world
 * cannot show fails, because nothing proves it.
 */
export function connectorConformance(options: ConformanceOptions): ConformanceCase[] {
  const unknown = Object.keys(options.skip ?? {}).filter(
    (name) => !CHECKS.some((check) => check.name === name),
  );
  if (unknown.length > 0)
    throw new Error(`no checks of these names to skip: ${unknown.join('; ')}`);
  return CHECKS.filter((check) =>
    (check.features ?? []).every((feature) => declares(options.connector.features, feature)),
  ).map((check) => ({
    name: check.name,
    skipped: options.skip?.[check.name] ?? null,
    run: async () => await runCheck(options, check),
  }));
}

/**
 * One check in a world of its own; throws a ConformanceFailure when the connector does not keep to
 * the contract.
 */
export async function runCheck(
  { connector, world: open, name }: ConformanceOptions,
  check: Check,
): Promise<void> {
  const world = await open();
  try {
    const missing = (check.abilities ?? []).filter((ability) => !hasAbility(world, ability));
    if (missing.length > 0)
      throw new ConformanceFailure(
        `nothing shows this of ${name}: its world lacks ${missing.join(', ')}. Add it, or give a reason under \`skip\`.`,
      );
    await check.run({ connector, features: connector.features, world });
  } catch (error) {
    if (!(error instanceof HeadwaterError)) throw error;
    throw new ConformanceFailure(
      `an error where there should be none: ${error.kind} ${error.message}`,
      { cause: error },
    );
  } finally {
    await world.close();
  }
}

/**
 * Skips of checks that this world could show after all: only what lacks an ability may be skipped.
 */
export async function needlessSkips(options: ConformanceOptions): Promise<string[]> {
  const world = await options.world();
  try {
    return CHECKS.filter(
      (check) =>
        options.skip?.[check.name] !== undefined &&
        (check.abilities ?? []).every((ability) => hasAbility(world, ability)),
    ).map((check) => check.name);
  } finally {
    await world.close();
  }
}
