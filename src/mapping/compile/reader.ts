import type { CrmField, CrmObject, CrmRow, CrmType, CrmValue } from '../../model/connector.ts';
import type { MapReject } from '../../model/entities.ts';
import { bareText } from '../../model/fold.ts';
import type { DescribeLookup } from '../../model/mapping.ts';
import { textOf } from '../../model/value.ts';
import { coerce, shown } from '../document/coerce.ts';
import { exists, resolvePath } from '../document/paths.ts';
import { isMask } from './masked.ts';

/**
 * What rules and conditions are compiled against: one object of one org, and the zone that
 * decides where a day begins.
 */
export interface ReadContext {
  object: CrmObject;
  describe: DescribeLookup;
  timeZone: string;
}

/**
 * What the row has at this path cannot be used, and is never the same as empty: it was not read
 * yet, or the CRM holds something there that is no value of the field's own type.
 */
export class Unread {
  readonly code: MapReject['code'];
  readonly message: string;
  /** The value as it stands, for the quarantine list; null = none was read. */
  readonly input: string | null;
  constructor(path: string, unfit?: { value: unknown; field: CrmField } | null, why?: string) {
    this.code = unfit == null ? 'missing' : 'type';
    this.input = unfit == null ? null : textOf(unfit.value);
    this.message =
      unfit != null && isMask(unfit.field, unfit.value)
        ? `\`${path}\` shows a mask (${shown(unfit.value)}) in place of its value: the field is encrypted; give the user of the connection the right to view encrypted data, or take another field`
        : unfit == null
          ? why === undefined
            ? `\`${path}\` has not been read for this record yet; a full sync reads it`
            : `\`${path}\` could not be read for this record: ${why}`
          : `\`${path}\` holds ${shown(unfit.value)}, which is no ${TYPE_WORDS[unfit.field.type] ?? unfit.field.nativeType}; correct it in the CRM`;
  }
}

const TYPE_WORDS: Partial<Record<CrmType, string>> = {
  boolean: 'yes or no',
  integer: 'number',
  number: 'number',
  money: 'amount of money',
  percent: 'percentage',
  date: 'date',
  datetime: 'date and time',
};

/**
 * Whether a value is one of its field's type. A connector hands on what it cannot read as the text
 * that it found, so that one record is refused and never the whole page.
 */
function fits(type: CrmType, value: unknown): boolean {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' || /^(true|false)$/i.test(textOf(value));
    case 'integer':
    case 'number':
    case 'money':
    case 'percent':
      return 'value' in coerce(value, 'number', 'UTC');
    case 'date':
    case 'datetime':
      return 'value' in coerce(value, 'instant', 'UTC');
    default:
      return typeof value !== 'number' || Number.isFinite(value);
  }
}

export type Reader = (row: CrmRow) => CrmValue | Unread;

export const fieldAt = (context: ReadContext, path: string): CrmField | null => {
  const fact = resolvePath(context.object, path, context.describe);
  return exists(fact) ? fact.field : null;
};

/** How rows spell the ids of a field: those of the record itself, or of the one it leads to. */
export function spellingOf(context: ReadContext, path: string): (id: string) => string {
  const field = fieldAt(context, path);
  if (field?.type !== 'id' && field?.type !== 'reference') return (id) => id;
  const targets =
    field.type === 'id'
      ? [context.object]
      : field.referenceTo.map((name) => context.describe(name));
  const spell = field.spellId ?? targets.find((target) => target?.spellId)?.spellId ?? bareText;
  return (id) => spell(id);
}

/**
 * Reads a path of a row; null where the org has no such field (checked before:
 * only optional ones get here).
 */
export function readerOf(context: ReadContext, path: string): Reader | null {
  const fact = resolvePath(context.object, path, context.describe);
  if (fact.kind === 'id') return (row) => row.id;
  if (fact.kind !== 'field') return null;
  return (row) => {
    if (!Object.hasOwn(row.fields, path)) return new Unread(path, null, row.unread);
    const value = row.fields[path];
    if (value === undefined || value === null || value === '') return null;
    const { field } = fact;
    return fits(field.type, value) && !isMask(field, value)
      ? value
      : new Unread(path, { value, field });
  };
}
