import type {
  CrmField,
  FieldDeployResult,
  FieldPlanItem,
  FieldSpec,
} from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { needObject } from './columns.ts';
import type { MemoryFieldInput } from './crm-types.ts';
import type { Describer } from './describe.ts';

/** What `deployFields` would do for each spec, in their order; reads only. */
export const planFields = async (client: Client, specs: FieldSpec[]): Promise<FieldPlanItem[]> =>
  await client.call('describe', null, () =>
    specs.map((spec): FieldPlanItem => {
      const field = needObject(client.crm, spec.object).fields.get(spec.name);
      if (field === undefined) return { ...spec, action: 'create' };
      const fault = misfit(spec, field);
      if (fault !== null) return { ...spec, action: 'conflict', detail: fault };
      return field.hidden
        ? { ...spec, action: 'grant', detail: 'exists, but the connected user cannot see it' }
        : { ...spec, action: 'none' };
    }),
  );

/** Carries a plan out; again without harm. */
export async function deployFields(
  client: Client,
  describer: Describer,
  plan: FieldPlanItem[],
): Promise<FieldDeployResult[]> {
  const results: FieldDeployResult[] = [];
  for (const item of plan) {
    const result: FieldDeployResult = {
      object: item.object,
      name: item.name,
      done: [],
      error: item.action === 'conflict' ? item.detail : null,
    };
    results.push(result);
    if (item.action === 'none' || item.action === 'conflict') continue;
    await client.call('deploy', item.object, () => {
      if (item.action === 'grant') client.crm.hideField(item.object, item.name, false);
      else if (!needObject(client.crm, item.object).fields.has(item.name))
        client.crm.addField(item.object, toInput(item));
    });
    result.done.push(item.action === 'grant' ? 'granted' : 'created');
    describer.forget(item.object);
  }
  return results;
}

function toInput(spec: FieldSpec): MemoryFieldInput {
  const { name, label, type, length, precision, scale, options } = spec;
  return {
    name,
    label,
    type,
    ...(length === undefined ? {} : { length }),
    ...(precision === undefined ? {} : { precision }),
    ...(scale === undefined ? {} : { scale }),
    ...(type === 'picklist' && options !== undefined ? { options } : {}),
  };
}

/** Why an existing field cannot take the values of a spec; null = it can. */
function misfit(spec: FieldSpec, field: CrmField): string | null {
  if (field.type !== spec.type)
    return `is a ${field.nativeType} field, and a ${spec.type} field is wanted`;
  if (!field.updateable) return 'cannot be written';
  if (spec.length !== undefined && field.length !== null && field.length < spec.length)
    return `holds ${field.length} characters, and ${spec.length} are wanted`;
  const whole = (precision: number | null | undefined, scale: number | null | undefined): number =>
    precision == null ? Infinity : precision - (scale ?? 0);
  if (
    spec.precision !== undefined &&
    whole(field.precision, field.scale) < whole(spec.precision, spec.scale)
  )
    return `holds ${field.precision} digits, and ${spec.precision} are wanted`;
  return null;
}
