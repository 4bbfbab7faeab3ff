import { entityShape } from '../../model/entities.ts';
import { canFill, readContext, type CheckContext, type CheckedSource } from './context.ts';
import { fieldAt } from '../compile/reader.ts';
import { checkCondition } from './condition.ts';
import { checkPaths } from './path.ts';
import { checkRule } from './rule.ts';
import { named } from '../document/fault-list.ts';
import { nearest, suggestion } from '../../model/nearest.ts';

/** One source: its object, its condition, its fields. */

function checkMissingObject(context: CheckContext, { source, at, entity }: CheckedSource): void {
  const name = named(source.object);
  const said = context.refusal(source.object);
  if (said !== null) return refusedObject(context, { source, at, entity }, said);
  if (source.optional === true)
    return context.faults.note(
      [...at, 'object'],
      `The org has no object ${name}; the optional ${entity} source is left out.`,
      'Nothing to do, unless you expected it.',
      'value',
    );
  const near = nearest(source.object, context.objectNames);
  context.faults.error(
    [...at, 'object'],
    `The org has no object ${name}.`,
    `${near === null || near === source.object ? '' : `Did you mean ${named(near)}? `}If it exists, it is hidden from the connected user: grant that user read access to the object. Without it, write \`optional: true\`.`,
    'value',
  );
}

/** The CRM said itself why it does not show the object. */
function refusedObject(
  context: CheckContext,
  { source, at, entity }: Pick<CheckedSource, 'source' | 'at' | 'entity'>,
  said: string,
): void {
  const where = [...at, 'object'];
  const words = `The object ${named(source.object)} cannot be read: ${said}`;
  if (source.optional === true)
    context.faults.warning(
      where,
      `${words} The optional ${entity} source is left out.`,
      'Give the connected user read access to it, or take it out of the mapping.',
      'value',
    );
  else
    context.faults.error(
      where,
      words,
      'Give the connected user read access to it, or write `optional: true`.',
      'value',
    );
}

function checkEntityFields(context: CheckContext, checked: CheckedSource): void {
  const { source, at, entity } = checked;
  const shape = entityShape(entity).fields;
  for (const [name, rule] of Object.entries(source.fields)) {
    const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (field === undefined)
      context.faults.error(
        [...at, 'fields', name],
        `A ${entity} has no field ${named(name)}.`,
        suggestion(name, Object.keys(shape), `Known: ${Object.keys(shape).join(', ')}.`),
      );
    else if (checked.object !== null)
      checkRule(context, checked.object, [...at, 'fields', name], rule, { name, shape: field });
  }
}

function checkRequired(
  context: CheckContext,
  { source, at, entity, object, dead }: CheckedSource,
): void {
  for (const [name, field] of Object.entries(entityShape(entity).fields)) {
    if (field.required !== true) continue;
    const rule = Object.hasOwn(source.fields, name) ? source.fields[name] : undefined;
    if (rule === undefined)
      context.faults.error(
        [...at, 'fields'],
        `A ${entity} needs ${named(name)}, and nothing fills it.`,
        `Add \`${name}:\` with the field that holds it (${field.doc}).`,
      );
    else if (object !== null && !dead && !canFill(rule, object, context.describe)) {
      context.faults.error(
        [...at, 'fields', name],
        `A ${entity} needs ${named(name)}, and ${named(object.name)} has no field to fill it: every row would be refused.`,
        'Name a field that the org has, or give a `default`.',
      );
    }
  }
}

/**
 * A filter inside the CRM tells nothing of rows that leave it; where they can, that costs calls.
 */
function warnOfChange(
  context: CheckContext,
  { object }: CheckedSource,
  path: string,
  place: (string | number)[],
): void {
  const field = object?.fields.find((one) => one.name === path);
  const far = object !== null && field === undefined && path.includes('.');
  if (!far && field?.updateable !== true && field?.calculated !== true) return;
  context.faults.warning(
    place,
    far || field?.calculated === true
      ? `${named(path)} can change without a trace on the record: a row that leaves this filter, or comes into it, is seen by the daily full pass only.`
      : `${named(path)} can be edited: to find rows that leave this filter, every run also lists what changed outside of it.`,
    'Filter by what never changes after creation, or move the condition to `where`, which is decided from the local copy.',
  );
}

function checkPull(context: CheckContext, checked: CheckedSource): void {
  const { source, at, object } = checked;
  for (const [index, term] of (source.pull ?? []).entries()) {
    const place = [...at, 'pull', index];
    const wants =
      term.op === 'in' || term.op === 'notIn'
        ? 'values'
        : term.op === 'isNull' || term.op === 'notNull'
          ? null
          : 'value';
    const field = object === null ? null : fieldAt(readContext(context, object), term.field);
    if (field?.type === 'multipicklist' && wants !== null)
      context.faults.warning(
        place,
        `${named(term.field)} is a multiple choice, of which the CRM compares the whole or a part as it likes.`,
        'Ask for one of its values under `where:` with `contains`.',
      );
    if (wants !== null && term[wants] === undefined)
      context.faults.error(place, `\`${term.op}\` needs \`${wants}\`.`, `Add \`${wants}:\`.`);
    warnOfChange(context, checked, term.field, place);
  }
}

/** Reports all faults of one source. `noted` keeps optional fields from being mentioned twice. */
export function checkSource(
  context: CheckContext,
  checked: CheckedSource,
  noted: Set<string>,
): void {
  checkEntityFields(context, checked);
  checkRequired(context, checked);
  checkPull(context, checked);
  if (checked.object === null) return checkMissingObject(context, checked);
  checkPaths(context, checked, checked.object, noted);
  const { where } = checked.source;
  if (where !== undefined) checkCondition(context, checked.object, where, [...checked.at, 'where']);
  if (checked.dead)
    context.faults.note(
      [...checked.at, 'where'],
      `No row of ${named(checked.object.name)} can be a ${checked.entity} in this org: the fields of the condition are not there.`,
      'Nothing to do, unless you expected some.',
    );
}
