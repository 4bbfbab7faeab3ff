import type { FieldDeployResult, FieldPlanItem, FieldSpec } from '../../src/model/connector.ts';
import { told as failing, openResults } from '../kit/fields.ts';
import type { Describer } from './describe.ts';
import { type Folder, told } from './folder.ts';
import { saveColumns, type WrittenColumn } from './written.ts';

/**
 * What `deployFields` would do for each spec, in their order; reads only. A column of the source
 * file is never ours to write.
 */
export async function planFields(folder: Folder, specs: FieldSpec[]): Promise<FieldPlanItem[]> {
  const plan: FieldPlanItem[] = [];
  for (const spec of specs) {
    const survey = await folder.need(spec.object);
    const column = (await folder.written(spec.object)).columns.find(
      (each) => each.name === spec.name,
    );
    const fault = survey.columns.some((each) => each.name === spec.name)
      ? `${survey.file.name} has a column of that name, which belongs to whoever exports the file`
      : column === undefined
        ? null
        : misfit(spec, column);
    plan.push(
      fault !== null
        ? { ...spec, action: 'conflict', detail: fault }
        : column === undefined
          ? { ...spec, action: 'create' }
          : { ...spec, action: 'none' },
    );
  }
  return plan;
}

/** Carries a plan out; again without harm. */
export async function deployFields(
  folder: Folder,
  describer: Describer,
  plan: FieldPlanItem[],
): Promise<FieldDeployResult[]> {
  const results = openResults(plan);
  for (const object of new Set(plan.map((item) => item.object))) {
    const wanted = plan.flatMap((item, at) =>
      item.object === object && item.action === 'create' ? [{ item, result: results[at]! }] : [],
    );
    if (wanted.length === 0) continue;
    await failing(
      ['config'],
      () => wanted.map(({ result }) => result),
      async () => {
        const { columns } = await folder.written(object);
        const fresh = wanted.filter(
          ({ item }) => !columns.some((column) => column.name === item.name),
        );
        await told(
          `${object}.headwater.json`,
          async () =>
            await saveColumns(folder.dir, object, [
              ...columns,
              ...fresh.map(({ item }) => toColumn(item)),
            ]),
        );
        for (const { result } of wanted) result.done.push('created');
      },
    );
    describer.forget(object);
  }
  return results;
}

const toColumn = (spec: FieldSpec): WrittenColumn => ({
  name: spec.name,
  label: spec.label,
  type: spec.type,
  precision: spec.precision ?? null,
  scale: spec.scale ?? null,
  length: spec.length ?? null,
  options: spec.options ?? [],
  description: spec.description,
});

function misfit(spec: FieldSpec, column: WrittenColumn): string | null {
  if (column.type !== spec.type)
    return `is a ${column.type} column, and a ${spec.type} column is wanted`;
  if (spec.length !== undefined && column.length !== null && column.length < spec.length)
    return `holds ${column.length} characters, and ${spec.length} are wanted`;
  return null;
}
