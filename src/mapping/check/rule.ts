import type { CrmField, CrmObject, CrmType } from '../../model/connector.ts';
import type { EntityField, EntityFieldType } from '../../model/entities.ts';
import type { FieldRule, FieldRuleObject } from '../../model/mapping.ts';
import { keyFinder } from '../../model/fold.ts';
import { checkMasked } from './condition.ts';
import { readContext, type CheckContext } from './context.ts';
import { coerce, shown } from '../document/coerce.ts';
import { listed, named } from '../document/fault-list.ts';
import { patternFault } from '../document/pattern.ts';
import { fieldAt } from '../compile/reader.ts';
import { ruleObject, type DocumentPath } from '../document/sources.ts';
import { heldOptions } from '../../model/options.ts';
import { suggestion } from '../../model/nearest.ts';
import { isZone } from '../../model/zone.ts';
import { CRM_TYPES } from '../../model/crm-object.ts';

/** Field rules against the type of the entity field they fill and the CRM field they read. */

const FITS: Record<EntityFieldType, { well: CrmType[]; perhaps: CrmType[] }> = {
  text: {
    well: CRM_TYPES.filter((type) => type !== 'other'),
    perhaps: ['other'],
  },
  ref: { well: ['id', 'reference'], perhaps: ['text'] },
  number: { well: ['integer', 'number', 'money', 'percent'], perhaps: ['text', 'picklist'] },
  money: { well: ['integer', 'number', 'money'], perhaps: ['text'] },
  boolean: { well: ['boolean'], perhaps: ['text', 'picklist'] },
  date: { well: ['date', 'datetime'], perhaps: ['text'] },
  instant: { well: ['date', 'datetime'], perhaps: ['text'] },
};

const AS_TYPE: Record<NonNullable<FieldRuleObject['as']>, CrmType> = {
  text: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  instant: 'datetime',
};

const CONVERT: Record<EntityFieldType, string> = {
  text: 'Take another field.',
  ref: 'Take a lookup field.',
  number: 'Take a number field.',
  money: 'Take a currency or number field.',
  boolean: 'Take a checkbox, or turn its values into true and false with `map`.',
  date: 'Take a date field.',
  instant: 'Take a date or date-time field.',
};

const a = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;

interface Target {
  name: string;
  shape: EntityField;
}

function checkFit(
  context: CheckContext,
  at: DocumentPath,
  path: string,
  field: CrmField,
  wanted: EntityFieldType,
  goal: string,
): void {
  const { well, perhaps } = FITS[wanted];
  if (well.includes(field.type)) return;
  if (perhaps.includes(field.type)) {
    if (
      field.type === 'picklist' &&
      wanted === 'boolean' &&
      field.options.every(({ value }) => 'value' in coerce(value, 'boolean', 'UTC'))
    )
      return;
    return context.faults.warning(
      at,
      `${named(path)} is ${a(field.nativeType)} field, and ${goal} wants ${a(wanted)}: rows where it is none are refused.`,
      CONVERT[wanted],
      'value',
    );
  }
  context.faults.error(
    at,
    `${named(path)} is ${a(field.nativeType)} field, and ${goal} wants ${a(wanted)}.`,
    CONVERT[wanted],
    'value',
  );
}

function checkConstant(
  context: CheckContext,
  at: DocumentPath,
  value: unknown,
  target: Target,
): void {
  const result = coerce(value, target.shape.type, 'UTC');
  if (!('value' in result))
    context.faults.error(
      at,
      `${shown(value)} does not fit ${named(target.name)}, which wants ${a(target.shape.type)}.`,
      `It says: ${target.shape.doc}.`,
      'value',
    );
}

/** Values that go on to later steps are checked only where they are the last word. */
function checkConstants(
  context: CheckContext,
  at: DocumentPath,
  rule: FieldRuleObject,
  target: Target,
): void {
  const last =
    rule.as === undefined && rule.divideBy === undefined && rule.minutesSince === undefined;
  if (rule.default !== undefined) checkConstant(context, [...at, 'default'], rule.default, target);
  if (!last) return;
  if (
    rule.value !== undefined &&
    rule.map === undefined &&
    rule.split === undefined &&
    rule.parse === undefined
  )
    checkConstant(context, [...at, 'value'], rule.value, target);
  for (const [key, value] of Object.entries(rule.map ?? {}))
    checkConstant(context, [...at, 'map', key], value, target);
  if (rule.otherwise !== undefined && rule.otherwise !== 'reject')
    checkConstant(context, [...at, 'otherwise'], rule.otherwise, target);
}

function checkOptions(
  context: CheckContext,
  at: DocumentPath,
  rule: FieldRuleObject,
  field: CrmField,
  target: Target,
): void {
  if (
    rule.map === undefined ||
    rule.split !== undefined ||
    rule.parse !== undefined ||
    field.options.length === 0
  )
    return;
  const options = field.options.map(({ value }) => value);
  const held = heldOptions(field);
  const optionOf = keyFinder(held);
  for (const key of Object.keys(rule.map)) {
    if (optionOf(key) === null)
      context.faults.warning(
        [...at, 'map', key],
        `${named(field.name)} has no value ${named(key)} in this org.`,
        suggestion(key, held, `Remove it unless old rows still hold it, or add it in the CRM.`),
      );
  }
  const keyOf = keyFinder(Object.keys(rule.map));
  const left = options.filter(
    (option) =>
      keyOf(option) === null &&
      !(
        rule.otherwise === undefined &&
        'value' in coerce(option, target.shape.type, 'UTC') &&
        target.shape.type !== 'text'
      ),
  );
  if (left.length === 0 || (rule.otherwise !== undefined && rule.otherwise !== 'reject')) return;
  const place: DocumentPath = [...at, 'map'];
  if (rule.otherwise === undefined && target.shape.type === 'text')
    return context.faults.note(
      place,
      `Not named in \`map\`, so taken as they are: ${listed(left)} of ${named(field.name)}.`,
      'Name them in `map`, or say `otherwise`.',
    );
  context.faults.warning(
    place,
    `Rows with ${listed(left)} in ${named(field.name)} will be refused.`,
    'Name them in `map`, or give `otherwise` a word of yours.',
  );
}

function checkPercent(
  context: CheckContext,
  at: DocumentPath,
  rule: FieldRuleObject,
  field: CrmField,
  target: Target,
): void {
  if (
    field.type === 'percent' &&
    rule.divideBy === undefined &&
    target.shape.doc.includes('0..1')
  ) {
    context.faults.warning(
      at,
      `${named(field.name)} is a percent from 0 to 100, and ${named(target.name)} goes from 0 to 1.`,
      `Write { field: ${field.name}, divideBy: 100 }.`,
      'value',
    );
  }
}

const mayHoldSeveral = ({ several, type }: CrmField): boolean =>
  several === true || ['text', 'longtext', 'multipicklist', 'other'].includes(type);

function checkField(
  context: CheckContext,
  object: CrmObject,
  at: DocumentPath,
  rule: FieldRuleObject,
  path: string,
  target: Target,
  goalAbove: boolean,
): void {
  const field = fieldAt(readContext(context, object), path);
  if (field === null) return;
  checkOptions(context, at, rule, field, target);
  checkMasked(context, at, field);
  if (rule.several !== undefined && !mayHoldSeveral(field))
    context.faults.warning(
      [...at, 'several'],
      `${named(path)} is ${a(field.nativeType)} field, which names one record at most.`,
      'Take `several` out.',
    );
  const free =
    rule.split !== undefined ||
    rule.parse !== undefined ||
    rule.map !== undefined ||
    rule.otherwise !== undefined;
  if (rule.as !== undefined && !free) checkFit(context, at, path, field, rule.as, '`as`');
  if (rule.divideBy !== undefined && rule.as === undefined && !free)
    checkFit(context, at, path, field, 'number', '`divideBy`');
  if (rule.minutesSince !== undefined) {
    const since = fieldAt(readContext(context, object), rule.minutesSince);
    checkFit(context, at, path, field, 'instant', '`minutesSince`');
    if (since !== null)
      checkFit(
        context,
        [...at, 'minutesSince'],
        rule.minutesSince,
        since,
        'instant',
        '`minutesSince`',
      );
    return;
  }
  if (goalAbove || free || rule.as !== undefined || rule.divideBy !== undefined) return;
  checkFit(context, at, path, field, target.shape.type, named(target.name));
  checkPercent(context, at, rule, field, target);
}

/** The pattern and the zone that a rule names are good or not whatever the org has. */
export function checkWords(context: CheckContext, at: DocumentPath, rule: FieldRuleObject): void {
  const fault = rule.parse === undefined ? null : patternFault(rule.parse);
  if (fault !== null)
    context.faults.error(
      [...at, 'parse'],
      `The pattern ${fault}.`,
      'Write one without look-around and back-references.',
      'value',
    );
  if (rule.zone !== undefined && !isZone(rule.zone))
    context.faults.error(
      [...at, 'zone'],
      `There is no time zone ${named(rule.zone)}.`,
      'Use a name such as Europe/Berlin or America/New_York.',
      'value',
    );
}

/**
 * `converted`: a rule above this one changes what comes out of it, so its own type does not matter.
 */
export function checkRule(
  context: CheckContext,
  object: CrmObject,
  at: DocumentPath,
  given: FieldRule,
  target: Target,
  converted = false,
): void {
  const rule = ruleObject(given);
  checkWords(context, at, rule);
  if (rule.divideBy === 0)
    context.faults.error(
      [...at, 'divideBy'],
      'Nothing can be divided by zero.',
      'Write 100 for percents.',
      'value',
    );
  if (rule.otherwise !== undefined && rule.map === undefined)
    context.faults.warning(
      [...at, 'otherwise'],
      '`otherwise` without `map` replaces every value.',
      'Add `map`, or use `default` for empty values.',
    );
  if (
    rule.as !== undefined &&
    !FITS[target.shape.type].well.includes(AS_TYPE[rule.as]) &&
    rule.as !== 'text' &&
    !converted
  ) {
    context.faults.error(
      [...at, 'as'],
      `\`as: ${rule.as}\` gives no ${target.shape.type}, which ${named(target.name)} wants.`,
      CONVERT[target.shape.type],
      'value',
    );
  }
  if (!converted) checkConstants(context, at, rule, target);
  if (rule.field !== undefined)
    checkField(context, object, at, rule, rule.field, target, converted);
  const changes =
    converted ||
    rule.as !== undefined ||
    rule.map !== undefined ||
    rule.parse !== undefined ||
    rule.split !== undefined ||
    rule.divideBy !== undefined;
  for (const [index, inner] of (rule.coalesce ?? []).entries())
    checkRule(context, object, [...at, 'coalesce', index], inner, target, changes);
}
