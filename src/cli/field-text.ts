import type { FieldPlanItem, FieldSpec } from '../model/connector.ts';
import { heading, plural, printable, table } from './format.ts';

/**
 * A field plan as a diff against the org: what is made, what is opened to
 * whom, what stands in the way.
 */

const MARK: Record<FieldPlanItem['action'], string> = {
  create: '+ create',
  grant: '~ grant',
  conflict: '! conflict',
  none: '  as it is',
};

/** `number(5,1)`, `text(255)`, `picklist(a, b)`. */
function shapeText({ type, precision, scale, length, options }: FieldSpec): string {
  if (precision !== undefined) return `${type}(${precision},${scale ?? 0})`;
  if (length !== undefined) return `${type}(${length})`;
  return options === undefined ? type : `${type}(${options.join(', ')})`;
}

const access = (item: FieldPlanItem): string => {
  switch (item.action) {
    case 'create':
      return item.access ?? '';
    case 'grant':
      return item.detail;
    case 'conflict':
      return `${item.detail}: nothing is done to it`;
    case 'none':
      return '';
  }
};

/**
 * Grouped by object, in the plan's order; fields that are as they should be are counted, not
 * listed.
 */
export function fieldPlanText(plan: FieldPlanItem[]): string {
  const todo = plan.filter((item) => item.action !== 'none');
  if (todo.length === 0)
    return `all ${plural(plan.length, 'field')} are there, as they should be\n`;
  const parts = [...Map.groupBy(todo, (item) => item.object)].map(
    ([object, items]) =>
      `${heading(object)}${table(
        ['', 'field', 'label', 'type', 'who sees and edits'],
        items.map((item) => [
          MARK[item.action],
          item.name,
          printable(item.label, 40),
          shapeText(item),
          printable(access(item), 140),
        ]),
      )}`,
  );
  const counts = (['create', 'grant', 'conflict'] as const).flatMap((action) => {
    const found = todo.filter((item) => item.action === action).length;
    return found === 0
      ? []
      : [`${found} to ${action === 'conflict' ? 'be settled by you' : action}`];
  });
  return `${parts.join('')}\n  ${counts.join(', ')}, ${plural(plan.length - todo.length, 'field')} already there. Nothing was changed: \`headwater field deploy\` does it.\n`;
}
