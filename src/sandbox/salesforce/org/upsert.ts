/** Upsert by an external id field. */
import type { OrgUser, Row, SaveOptions, SaveResult } from '../org-types.ts';
import { coerce } from './coerce.ts';
import type { OrgCore } from './core.ts';
import { failed, fault, invalidType } from './faults.ts';
import { insert, update } from './save.ts';

/**
 * Several matches answer 300 with the records' addresses in `extra.records`; `Id` as the field
 * updates or, with no value, creates.
 */
export function upsert(
  core: OrgCore,
  user: OrgUser,
  objectName: string,
  externalField: string,
  value: string,
  fields: Row,
  options: SaveOptions & { updateOnly?: boolean } = {},
): SaveResult {
  const object = core.schema.object(objectName);
  if (!object) return failed(invalidType(objectName));
  const field = core.schema.field(object, externalField);
  if (
    !field ||
    !(field.externalId || field.idLookup) ||
    !core.permissions.canSee(user, object, field)
  ) {
    return failed({
      ...fault(
        'NOT_FOUND',
        `Provided external ID field does not exist or is not accessible: ${externalField}`,
      ),
      status: 404,
    });
  }
  if (field.type === 'id')
    return value === ''
      ? insert(core, user, object.name, fields, options)
      : update(core, user, object.name, value, fields, options);
  if (value === '') return failed(fault('MISSING_ARGUMENT', `${field.name} not specified`));
  const key = coerce(field, value);
  if ('fault' in key) return failed(key.fault);
  const matches = [...core.storage.table(object).lookup(field.name, key.value)]
    .filter((row) => row['IsDeleted'] !== true)
    .map((row) => String(row['Id']))
    .sort();
  if (matches.length > 1)
    return failed({
      ...fault(
        'DUPLICATE_EXTERNAL_ID',
        `${field.name}: more than one record found for external id field: [${matches.join(', ')}]`,
        [],
        300,
      ),
      extra: { records: matches },
    });
  const sent = Object.fromEntries(
    Object.entries(fields).filter(([name]) => name.toLowerCase() !== field.name.toLowerCase()),
  );
  const [id] = matches;
  if (id !== undefined) return update(core, user, object.name, id, sent, options);
  if (options.updateOnly)
    return failed({ ...fault('NOT_FOUND', 'The requested resource does not exist'), status: 404 });
  return insert(core, user, object.name, { ...sent, [field.name]: key.value }, options);
}
