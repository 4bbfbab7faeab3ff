import * as z from 'zod';
import type { FieldDeployResult, FieldPlanItem, FieldSpec } from '../../src/model/connector.ts';
import { asHeadwaterError } from '../../src/model/error.ts';
import { checkSpecs, openResults, told, withinRoom } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { needRecords } from './columns.ts';
import type { Describer } from './describe.ts';
import { isConflict, isRefused } from './errors.ts';
import { definition, faultsOf, GROUP, misfit } from './field-definition.ts';
import { propertyRoom, ROOM_CURE } from './property-room.ts';
import { BATCH } from './records.ts';

export interface Provisioner {
  client: Client;
  describer: Describer;
}

const created = z.looseObject({});
const batchCreated = z.object({ results: z.array(z.object({ name: z.string() })) });

/**
 * What `deployFields` would do for each spec, in their order; reads only. New properties are seen
 * by everybody who sees the record.
 */
export async function planFields(at: Provisioner, specs: FieldSpec[]): Promise<FieldPlanItem[]> {
  checkSpecs(specs, 'Properties that HubSpot', faultsOf);
  for (const object of new Set(specs.map((spec) => spec.object))) at.describer.forget(object);
  const plan: FieldPlanItem[] = [];
  for (const spec of specs) {
    const object = await needRecords(at.describer, spec.object);
    const field = object.fields.find((each) => each.name === spec.name);
    const fault = field === undefined ? null : misfit(spec, field);
    plan.push(
      field === undefined
        ? {
            ...spec,
            action: 'create',
            access: 'seen and edited by whoever may see and edit the record',
          }
        : fault === null
          ? { ...spec, action: 'none' }
          : { ...spec, action: 'conflict', detail: fault },
    );
  }
  return await withinRoom(plan, async (object) => await propertyRoom(at, object), ROOM_CURE);
}

/**
 * Carries a plan out, and again without harm: the group, then the properties by batch. Sign-in,
 * budget and network errors are thrown, all others told per property.
 */
export async function deployFields(
  at: Provisioner,
  plan: FieldPlanItem[],
): Promise<FieldDeployResult[]> {
  const results = openResults(plan);
  const open = plan.flatMap((item, index) => {
    const result = results[index];
    return item.action === 'create' && result !== undefined ? [{ item, result, order: index }] : [];
  });
  for (const [object, wanted] of Map.groupBy(open, ({ item }) => item.object)) {
    const undone = () => wanted.map(({ result }) => result).filter(({ done }) => done.length === 0);
    await told(['config', 'rejected', 'bug'], undone, async () => {
      const { type } = await needRecords(at.describer, object);
      await createGroup(at.client, type.path);
      for (let from = 0; from < wanted.length; from += BATCH)
        await createBatch(at.client, type.path, wanted.slice(from, from + BATCH));
    });
    await verify(at, object, wanted);
  }
  return results;
}

type Wanted = { item: FieldSpec; result: FieldDeployResult; order: number };

async function createGroup(client: Client, path: string): Promise<void> {
  try {
    await client.json(
      {
        build: () => client.requests.groups.create(path, GROUP),
        effect: 'write',
        what: `creating the property group ${GROUP.name}`,
      },
      created,
    );
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
}

/**
 * All in one call; where HubSpot refuses it as a whole, one by one, so that one fault does not keep
 * the others out.
 */
async function createBatch(client: Client, path: string, wanted: Wanted[]): Promise<void> {
  const inputs = wanted.map(({ item, order }) => definition(item, order));
  try {
    const body = { inputs } as unknown as Parameters<
      typeof client.requests.propertyBatch.create
    >[1];
    const { results } = await client.json(
      {
        build: () => client.requests.propertyBatch.create(path, body),
        effect: 'write',
        what: `creating ${inputs.length} properties`,
      },
      batchCreated,
    );
    const names = new Set(results.map(({ name }) => name));
    for (const { item, result } of wanted) if (names.has(item.name)) result.done.push('created');
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
  for (const each of wanted.filter(({ result }) => result.done.length === 0))
    await createOne(client, path, each);
}

async function createOne(
  client: Client,
  path: string,
  { item, result, order }: Wanted,
): Promise<void> {
  try {
    const body = definition(item, order) as unknown as Parameters<
      typeof client.requests.properties.create
    >[1];
    await client.json(
      {
        build: () => client.requests.properties.create(path, body),
        effect: 'write',
        what: `creating ${item.object}.${item.name}`,
      },
      created,
    );
    result.done.push('created');
  } catch (error) {
    if (isConflict(error)) result.done.push('was there already');
    else if (isRefused(error)) result.error = asHeadwaterError(error).message;
    else throw error;
  }
}

/** Looks whether what HubSpot shows now is what was asked for. */
async function verify(at: Provisioner, object: string, wanted: Wanted[]): Promise<void> {
  at.describer.forget(object);
  const { fields } = await needRecords(at.describer, object);
  for (const { item, result } of wanted) {
    if (result.error !== null) continue;
    const field = fields.find((each) => each.name === item.name);
    result.error =
      field === undefined
        ? 'HubSpot does not show the property: one of that name may be archived. Restore it, or give another name in the mapping.'
        : misfit(item, field);
  }
}
