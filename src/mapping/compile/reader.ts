import type { CrmField, CrmObject, CrmRow, CrmValue } from '../../model/connector.ts';
import type { DescribeLookup } from '../../model/mapping.ts';
import { exists, resolvePath } from '../document/paths.ts';

/**
 * What rules and conditions are compiled against: one object of one org, and the zone that
 * decides where a day begins.
 */
export interface ReadContext {
  object: CrmObject;
  describe: DescribeLookup;
  timeZone: string;
}

/** The row does not carry this path: it was not read yet, which is never the same as empty. */
export class Unread {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

export type Reader = (row: CrmRow) => CrmValue | Unread;

export const fieldAt = (context: ReadContext, path: string): CrmField | null => {
  const fact = resolvePath(context.object, path, context.describe);
  return exists(fact) ? fact.field : null;
};

/**
 * Reads a path of a row; null where the org has no such field (checked before:
 * only optional ones get here).
 */
export function readerOf(context: ReadContext, path: string): Reader | null {
  const fact = resolvePath(context.object, path, context.describe);
  if (fact.kind === 'id') return (row) => row.id;
  if (fact.kind !== 'field') return null;
  return (row) => {
    if (!Object.hasOwn(row.fields, path)) return new Unread(path);
    const value = row.fields[path];
    return value === undefined || value === '' ? null : value;
  };
}
