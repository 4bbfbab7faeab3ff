import { fault } from '../http/faults.ts';
import { customFields } from './custom-field.ts';
import { customObjects } from './custom-object.ts';
import { permissionSets } from './permission-set.ts';
import { storedComponents } from './stored.ts';
import { isKnownType } from './types.ts';
import type { Handler } from './workshop.ts';

const HANDLERS: Record<string, Handler> = {
  CustomField: customFields,
  CustomObject: customObjects,
  PermissionSet: permissionSets,
};

/** What handles components of a type. Throws INVALID_TYPE for a type the org does not know. */
export function handlerOf(type: string): Handler {
  if (!isKnownType(type)) throw fault(400, 'INVALID_TYPE', `Unknown type name '${type}'`);
  return (HANDLERS[type] ??= storedComponents(type));
}
