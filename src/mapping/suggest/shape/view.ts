import type { CrmField, CrmObject } from '../../../model/connector.ts';
import type { Evidence } from '../evidence.ts';
import { columnOf, inOrder, isDay, ownFields, type Column } from './column.ts';

/** A field among its neighbours, as the judges of a shape see it. */
export interface View {
  evidence: Evidence;
  object: CrmObject;
  field: CrmField;
  column: Column;
  /** The lookup to what stands above, by row; null where nothing leads there. */
  parent: Column | null;
  /** Where only some rows matter (partners among companies), the same column of those alone. */
  inside: Column;
  /** Share of the field's filled rows that are among those. */
  share: number;
}

/** Says how much a field looks like what is wanted: 1 = like it, 0 = cannot tell, -1 = not it. */
export type Judge = (view: View) => number;

export const column = (
  { evidence, object }: Pick<View, 'evidence' | 'object'>,
  field: CrmField,
): Column => evidence.column(object, field);

/** Other fields of days beside this one, with their columns. */
export const otherDays = (view: View): Column[] =>
  ownFields(view.object)
    .filter((field) => isDay(field) && field.name !== view.field.name)
    .map((field) => column(view, field))
    .filter(({ filled }) => filled > 0);

const ALWAYS = 0.9;
/** Whether nearly all rows have this day no later than some other one / no earlier than it. */
export const comesFirst = (view: View): boolean =>
  otherDays(view).some((other) => (inOrder(view.column, other) ?? 0) >= ALWAYS);
export const comesLater = (view: View): boolean =>
  otherDays(view).some((other) => (inOrder(other, view.column) ?? 0) >= ALWAYS);

/** The view of a field; `targets`: objects above, `among`: ids of the rows that matter. */
export function viewOf(
  evidence: Evidence,
  object: CrmObject,
  field: CrmField,
  targets: readonly string[],
  among: ReadonlySet<string> | null,
): View {
  const lookup = object.fields.find(({ referenceTo }) =>
    referenceTo.some((target) => targets.includes(target)),
  );
  const own = evidence.column(object, field);
  const rows = evidence.rows(object.name);
  const filled = rows.filter((_, row) => (own.cells[row] ?? null) !== null);
  return {
    evidence,
    object,
    field,
    column: own,
    parent: lookup === undefined ? null : evidence.column(object, lookup),
    inside:
      among === null
        ? own
        : columnOf(
            field,
            rows.filter(({ id }) => among.has(id)),
          ),
    share:
      among === null || filled.length === 0
        ? 1
        : filled.filter(({ id }) => among.has(id)).length / filled.length,
  };
}
