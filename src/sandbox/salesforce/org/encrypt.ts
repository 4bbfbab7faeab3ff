/**
 * Shield Platform Encryption of a field: values are stored encrypted and shown as they are, and
 * queries can do less with them
 * (https://help.salesforce.com/s/articleView?id=xcloud.security_pe_considerations_general.htm,
 * https://help.salesforce.com/s/articleView?id=xcloud.security_pe_deterministic_overview.htm).
 */
import * as z from 'zod';
import type { FieldDefinition } from '../metadata/definition.ts';
import type { SaveResult } from '../org-types.ts';
import type { OrgCore } from './core.ts';
import { updateField } from './customize.ts';

const name = z.string().min(1);
export const encryptChange = z.strictObject({
  op: z.literal('encryptField'),
  object: name,
  field: name,
  scheme: z.enum(['probabilistic', 'deterministic']).default('probabilistic'),
});

/** What Shield encrypts; numbers, picklists and dates it leaves as they are, but for date fields. */
const ENCRYPTABLE: ReadonlySet<FieldDefinition['type']> = new Set([
  ...(['string', 'textarea', 'email', 'phone', 'url', 'date', 'datetime'] as const),
]);

/** Throws RangeError where the org has no such field, or Shield encrypts none of its type. */
export function encryptField(core: OrgCore, one: z.infer<typeof encryptChange>): SaveResult {
  const object = core.schema.object(one.object);
  const field = object && core.schema.field(object, one.field);
  if (!field || !ENCRYPTABLE.has(field.type))
    throw new RangeError(`The org cannot encrypt ${one.object}.${one.field}`);
  const equal = one.scheme === 'deterministic';
  return updateField(core, one.object, one.field, {
    encrypted: true,
    encryption: one.scheme,
    filterable: equal && field.filterable,
    groupable: equal && field.groupable,
    sortable: false,
  });
}
