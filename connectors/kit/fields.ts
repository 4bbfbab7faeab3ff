/** What making fields has in common, whichever CRM keeps them. */
import type { FieldDeployResult, FieldPlanItem, FieldSpec } from '../../src/model/connector.ts';
import { asHeadwaterError, type ErrorKind, HeadwaterError } from '../../src/model/error.ts';

export { readOnlyField } from '../../src/model/crm-object.ts';

/** Faults of all specs at once, as one `config` error. */
export function checkSpecs(
  specs: FieldSpec[],
  what: string,
  faultsOf: (spec: FieldSpec) => string[],
): void {
  const faults = specs.flatMap((spec) =>
    faultsOf(spec).map((fault) => `${spec.object}.${spec.name}: ${fault}`),
  );
  if (faults.length > 0)
    throw new HeadwaterError('config', `${what} would refuse: ${faults.join('; ')}.`, {
      code: 'FIELD_SPEC',
      cure: 'Correct the `write` section of the mapping.',
    });
}

/** How many fields of its admins an object takes, and how many are left. */
export interface FieldRoom {
  most: number;
  left: number;
}

/**
 * Where more fields are to be made than an object takes, none of them is: part of the fields would
 * be of no use to anybody. null = the CRM does not say.
 */
export async function withinRoom(
  plan: FieldPlanItem[],
  roomOf: (object: string) => Promise<FieldRoom | null>,
  cure: string,
): Promise<FieldPlanItem[]> {
  const made = Map.groupBy(
    plan.filter((item) => item.action === 'create'),
    ({ object }) => object,
  );
  const full = new Map<string, string>();
  for (const [object, { length }] of made) {
    const room = await roomOf(object);
    if (room !== null && room.left < length)
      full.set(
        object,
        `would be one of ${length} new fields, and ${object} takes ${Math.max(0, room.left)} more of its ${room.most}`,
      );
  }
  return plan.map((item) => {
    const detail = full.get(item.object);
    if (item.action !== 'create' || detail === undefined) return item;
    const { access: _, ...spec } = item;
    return { ...spec, action: 'conflict', detail, cure };
  });
}

/** A result for each item of a plan; conflicts have theirs already. */
export const openResults = (plan: FieldPlanItem[]): FieldDeployResult[] =>
  plan.map((item) => ({
    object: item.object,
    name: item.name,
    done: [],
    error: item.action === 'conflict' ? item.detail : null,
  }));

/**
 * Runs a step; errors of these kinds concern only its own fields and are written to their results
 * (those that are still open when it fails), all others are thrown.
 */
export async function told(
  kinds: ErrorKind[],
  open: () => FieldDeployResult[],
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    const error = asHeadwaterError(thrown);
    if (!kinds.includes(error.kind)) throw thrown;
    for (const result of open())
      result.error = [error.message, error.cure].filter(Boolean).join(' ');
  }
}
