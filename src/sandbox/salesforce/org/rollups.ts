/**
 * Roll-up summaries: counted, summed or compared over child rows and kept on the parent, whose
 * SystemModstamp moves with them [K].
 */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import { roundHalfUp } from './coerce.ts';
import type { OrgCore } from './core.ts';

interface Rollup {
  parent: ObjectDefinition;
  field: FieldDefinition;
}
const known = new WeakMap<OrgCore, { version: number; byChild: Map<string, Rollup[]> }>();

function rollupsOver(core: OrgCore, child: string): Rollup[] {
  let found = known.get(core);
  if (found?.version !== core.schema.version) {
    found = { version: core.schema.version, byChild: new Map() };
    for (const parent of core.schema.objects())
      for (const field of parent.fields)
        if (field.rollup)
          found.byChild.set(field.rollup.child, [
            ...(found.byChild.get(field.rollup.child) ?? []),
            { parent, field },
          ]);
    known.set(core, found);
  }
  return found.byChild.get(child) ?? [];
}

function summary(core: OrgCore, field: FieldDefinition, parentId: string): Cell {
  const { rollup } = field;
  if (!rollup) return null;
  const { where } = rollup;
  const rows = core
    .rowsBy(core.must(rollup.child), rollup.link, parentId)
    .filter((row) => where === undefined || row[where.field] === where.equals);
  if (rollup.operation === 'count') return rows.length;
  const values = rows
    .map((row) => row[rollup.field ?? ''] ?? null)
    .filter((value) => value !== null);
  if (rollup.operation === 'sum')
    return roundHalfUp(
      values.reduce<number>((sum, value) => sum + Number(value), 0),
      field.scale ?? 0,
    );
  const sorted = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return (rollup.operation === 'min' ? sorted[0] : sorted.at(-1)) ?? null;
}

/**
 * Works out again what parents of these rows show; pass the row before and after the change. `atMs`
 * null = quietly, as when the field is made.
 */
export function recalculate(
  core: OrgCore,
  child: ObjectDefinition,
  rows: readonly (Row | null)[],
  atMs: number | null,
): void {
  for (const { parent, field } of rollupsOver(core, child.name)) {
    const ids = new Set(
      rows.map((row) => row?.[field.rollup?.link ?? '']).filter((id) => typeof id === 'string'),
    );
    for (const id of ids) {
      const row = core.storage.table(parent).get(id);
      const value = row && summary(core, field, id);
      if (!row || value === undefined || value === (row[field.name] ?? null)) continue;
      const stamped =
        atMs !== null && core.options.rollupMovesStamp !== false && row['IsDeleted'] !== true;
      core.storage.patch(parent, row, {
        [field.name]: value,
        ...(stamped ? { SystemModstamp: atMs } : {}),
      });
    }
  }
}

const summaries = new WeakMap<readonly FieldDefinition[], FieldDefinition[]>();

/** Summary fields of an object, kept while its list of fields is the same. */
function rollupsOf(parent: ObjectDefinition): FieldDefinition[] {
  let fields = summaries.get(parent.fields);
  if (!fields)
    summaries.set(
      parent.fields,
      (fields = parent.fields.filter((field) => field.rollup !== undefined)),
    );
  return fields;
}

/** The summaries of a parent just made: nothing to sum up yet. */
export function startRollups(core: OrgCore, parent: ObjectDefinition, row: Row): void {
  for (const field of rollupsOf(parent))
    core.storage.patch(parent, row, { [field.name]: summary(core, field, String(row['Id'])) });
}

/** Fills a new roll-up field for every parent. */
export function fillRollup(core: OrgCore, parent: ObjectDefinition, field: FieldDefinition): void {
  for (const row of core.storage.table(parent).values())
    core.storage.patch(parent, row, { [field.name]: summary(core, field, String(row['Id'])) });
}
