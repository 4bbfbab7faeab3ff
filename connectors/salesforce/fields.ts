import * as z from 'zod';
import type {
  ConnectorDeps,
  FieldDeployResult,
  FieldPlanItem,
  FieldSpec,
} from '../../src/model/connector.ts';
import { type ErrorKind, HeadwaterError } from '../../src/model/error.ts';
import { checkSpecs, openResults, told, withinRoom } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { needObject } from './columns.ts';
import type { Describer } from './describe.ts';
import { isDuplicateName, isMissingPermission } from './errors.ts';
import { customField, faultsOf, misfit, packageOf } from './field-metadata.ts';
import { ensureAccess, missingAccess, readAccess } from './grants.ts';
import { fieldRoom, ROOM_CURE } from './field-room.ts';
import { customFieldIds, planHidden } from './hidden-fields.ts';
import { whoAmI } from './identity.ts';

/** Describe lags seconds behind a new field or grant. */
const VISIBLE_TRIES = 15;
const VISIBLE_WAIT_MS = 2_000;

export interface Provisioner {
  client: Client;
  describer: Describer;
  deps: ConnectorDeps;
}

/** What stops only the fields concerned. */
const TOLD: ErrorKind[] = ['config', 'rejected'];

const created = z.object({ id: z.string(), success: z.literal(true) });
const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** What `deployFields` would do for each spec, in their order; reads only. */
export async function planFields(at: Provisioner, specs: FieldSpec[]): Promise<FieldPlanItem[]> {
  checkSpecs(specs, 'Fields that Salesforce', faultsOf);
  if (specs.length === 0) return [];
  const objects = [...new Set(specs.map((spec) => spec.object))];
  const { userId } = await whoAmI(at.client);
  const access = await permitted(
    'View Setup and Configuration',
    async () => await readAccess(at.client, userId, objects),
  );
  const hidden = new Map<string, Map<string, string>>();
  const plan: FieldPlanItem[] = [];
  for (const spec of specs) {
    const object = await needObject(at.describer, spec.object);
    const field = object.fields.find((each) => same(each.name, spec.name));
    if (field === undefined) {
      let ids = hidden.get(object.name);
      if (ids === undefined)
        hidden.set(object.name, (ids = await customFieldIds(at.client, object.name)));
      const id = ids.get(spec.name.toLowerCase());
      plan.push(id === undefined ? planNew(spec) : await planHidden(at.client, spec, id));
      continue;
    }
    const fault = misfit(spec, field);
    const missing = [
      ...missingAccess(access, `${object.name}.${field.name}`),
      ...(field.updateable ? [] : ['the integration user cannot edit it']),
    ];
    plan.push(
      fault !== null
        ? { ...spec, action: 'conflict', detail: fault }
        : missing.length > 0
          ? { ...spec, action: 'grant', detail: missing.join('; ') }
          : { ...spec, action: 'none' },
    );
  }
  return await withinRoom(plan, async (object) => await fieldRoom(at.client, object), ROOM_CURE);
}

/** A field that is not there: made, unless it would be one of somebody's package. */
function planNew(spec: FieldSpec): FieldPlanItem {
  const owner = packageOf(spec.name);
  return owner === null
    ? { ...spec, action: 'create', access: 'people read, the integration user edits' }
    : {
        ...spec,
        action: 'conflict',
        detail: `the package ${owner} is not installed or has no such field; only the package can bring it`,
      };
}

/**
 * Carries a plan out; each field by itself, and again without harm. Sign-in, budget and network
 * errors are thrown, all others told per field.
 */
export async function deployFields(
  at: Provisioner,
  plan: FieldPlanItem[],
): Promise<FieldDeployResult[]> {
  const results = openResults(plan);
  const open: { item: FieldPlanItem; result: FieldDeployResult }[] = [];
  for (const [index, item] of plan.entries()) {
    const result = results[index];
    if (result === undefined || item.action === 'none' || item.action === 'conflict') continue;
    if (item.action === 'create')
      await told(
        TOLD,
        () => [result],
        async () => {
          result.done.push(await createField(at.client, item));
        },
      );
    if (result.error === null) open.push({ item, result });
  }
  if (open.length === 0) return results;
  await told(
    TOLD,
    () => open.map((each) => each.result),
    async () => {
      const { userId } = await whoAmI(at.client);
      await permitted('Manage Profiles and Permission Sets', async () => {
        const access = await readAccess(at.client, userId, [
          ...new Set(open.map((each) => each.item.object)),
        ]);
        const granted = await ensureAccess(
          at.client,
          userId,
          access,
          open.map((each) => each.item),
        );
        for (const { item, result } of open) {
          const outcome = granted.get(`${item.object}.${item.name}`);
          result.done.push(...(outcome?.done ?? []));
          result.error = outcome?.error ?? null;
        }
      });
    },
  );
  await awaitVisible(
    at,
    open.filter((each) => each.result.error === null),
  );
  return results;
}

async function createField(client: Client, spec: FieldSpec): Promise<string> {
  try {
    await permitted(
      'Customize Application',
      async () =>
        await client.json(
          {
            method: 'POST',
            path: '/tooling/sobjects/CustomField',
            body: customField(spec),
            effect: 'write',
            what: `creating ${spec.object}.${spec.name}`,
          },
          created,
        ),
    );
    return 'created';
  } catch (error) {
    if (isDuplicateName(error)) return 'was there already';
    throw error;
  }
}

/**
 * Waits until describe shows the fields writable, and looks whether what it shows is what was asked
 * for.
 */
async function awaitVisible(
  at: Provisioner,
  open: { item: FieldPlanItem; result: FieldDeployResult }[],
): Promise<void> {
  let waiting = open;
  for (let tries = 0; tries < VISIBLE_TRIES && waiting.length > 0; tries++) {
    if (tries > 0) await at.deps.sleep(VISIBLE_WAIT_MS);
    for (const object of new Set(waiting.map((each) => each.item.object)))
      at.describer.forget(object);
    const late: typeof open = [];
    for (const each of waiting) {
      const field = (await needObject(at.describer, each.item.object)).fields.find((candidate) =>
        same(candidate.name, each.item.name),
      );
      if (field === undefined || !(field.updateable || field.calculated)) late.push(each);
      else each.result.error = misfit(each.item, field);
    }
    waiting = late;
  }
  for (const each of waiting)
    each.result.error =
      'Salesforce does not show the field to the integration user yet; run the deploy again in a minute.';
}

/** Names the permission that a refused setup call needs. */
async function permitted<T>(permission: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HeadwaterError) || !isMissingPermission(error)) throw error;
    throw new HeadwaterError('config', error.message, {
      code: error.code,
      cure: `Give the integration user the permission "${permission}", or let an admin run this once.`,
      cause: error,
    });
  }
}
