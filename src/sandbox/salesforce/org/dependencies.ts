/** Dependent picklists: which values go with which value of the controlling field. */
import type { FieldDefinition } from '../metadata/definition.ts';
import type { Cell, SalesforceFault } from '../org-types.ts';
import { badPicklist } from './faults.ts';
import { valueOf } from './saving.ts';
import type { Saving } from './saving.ts';

const BITS = 8;

/**
 * `validFor` of a value that goes with the controlling values at these places: base64 of a bit
 * map, its highest bit first.
 */
export function validForOf(places: readonly number[], size: number): string {
  const bytes = new Uint8Array(Math.max(1, Math.ceil(size / BITS)));
  for (const place of places)
    bytes[place >> 3] = (bytes[place >> 3] ?? 0) | (0x80 >> (place % BITS));
  return btoa(String.fromCharCode(...bytes));
}

function goesWith(validFor: string, place: number): boolean {
  const bytes = atob(validFor);
  return (
    place >> 3 < bytes.length && (bytes.charCodeAt(place >> 3) & (0x80 >> (place % BITS))) !== 0
  );
}

/** A check box controls by false = 0 and true = 1. */
function placeOf(controller: FieldDefinition, value: Cell): number {
  return controller.type === 'boolean'
    ? Number(value === true)
    : (controller.picklist ?? []).findIndex((item) => item.value === value);
}

/**
 * INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST for values that do not go with their controlling value;
 * unrestricted fields take anything.
 */
export function dependencyFaults(saving: Saving): SalesforceFault[] {
  return saving.object.fields
    .filter((field) => field.controllerName !== undefined && field.restrictedPicklist === true)
    .flatMap((field) => {
      const controller = saving.object.fields.find((one) => one.name === field.controllerName);
      if (
        !controller ||
        (saving.changes[field.name] === undefined && saving.changes[controller.name] === undefined)
      )
        return [];
      const value = valueOf(saving, field.name);
      const validFor = field.picklist?.find((item) => item.value === value)?.validFor;
      if (value === null || validFor === undefined || validFor === null) return [];
      return goesWith(validFor, placeOf(controller, valueOf(saving, controller.name)))
        ? []
        : [badPicklist(field, String(value))];
    });
}
