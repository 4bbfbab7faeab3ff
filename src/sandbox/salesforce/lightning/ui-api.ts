/**
 * The UI API, as Lightning components read records: only what the asking user may see. A field
 * under `optionalFields` that is hidden or not there is left out without a word.
 */
import type { Hono } from 'hono';
import { fault, jsonResponse } from '../http/faults.ts';
import type { SalesforceContext, SalesforceEnv, Site } from '../http/site.ts';
import type { FieldDefinition, FieldType, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';

/** Types as object-info names them, where it is not the describe's word with a capital. */
const DATA_TYPES: Partial<Record<FieldType, string>> = {
  textarea: 'TextArea',
  datetime: 'DateTime',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  id: 'Reference',
  encryptedstring: 'EncryptedString',
};
const dataType = (type: FieldType): string =>
  DATA_TYPES[type] ?? `${type.charAt(0).toUpperCase()}${type.slice(1)}`;

export function mountUiApi(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/ui-api/records/:id', (c) => jsonResponse(record(site, c)));
  app.get('/services/data/:version/ui-api/object-info/:object', (c) => {
    const object = site.org.object(c.req.param('object'));
    if (object === undefined || !site.org.access(c.get('user'), object).read)
      throw fault(
        404,
        'INVALID_TYPE',
        `Object [${c.req.param('object')}] does not exist or this operation is not supported.`,
      );
    const fields = site.org.visibleFields(c.get('user'), object);
    return jsonResponse({
      apiName: object.name,
      label: object.label,
      fields: Object.fromEntries(fields.map((field) => [field.name, fieldInfo(field)])),
    });
  });
}

const fieldInfo = ({ name, label, type, custom }: FieldDefinition) => ({
  apiName: name,
  custom: custom === true,
  dataType: dataType(type),
  label,
});

function record(site: Site, c: SalesforceContext): Record<string, unknown> {
  const found = site.org.find(c.req.param('id') ?? '');
  if (found === undefined) throw fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  const { object, row } = found;
  if (!site.org.access(c.get('user'), object).read)
    throw fault(
      403,
      'INSUFFICIENT_ACCESS',
      "You don't have access to this record. Ask your administrator for help or to request access.",
    );
  const visible = site.org.visibleFields(c.get('user'), object);
  const [must, may] = [namesOf(c, 'fields'), namesOf(c, 'optionalFields')];
  const layouts = namesOf(c, 'layoutTypes');
  if (must.length + may.length + layouts.length === 0)
    throw fault(
      400,
      'ILLEGAL_QUERY_PARAMETER_VALUE',
      'At least one of these parameters is required: fields, optionalFields, layoutTypes',
    );
  const wanted = [...must, ...may].flatMap((path) => {
    const [objectName = '', name = ''] = path.split('.');
    const field = visible.find((one) => one.name.toLowerCase() === name.toLowerCase());
    const isOwn = objectName.toLowerCase() === object.name.toLowerCase();
    if (isOwn && field !== undefined) return [field];
    if (must.includes(path))
      throw fault(400, 'INVALID_FIELD', `No such column '${name}' on entity '${objectName}'.`);
    return [];
  });
  // Layouts that nobody has arranged have the record's name first; the others follow it there.
  const laidOut = layouts.length === 0 ? [] : visible.filter(({ nameField }) => nameField);
  return {
    apiName: object.name,
    id: String(row.Id),
    fields: Object.fromEntries(
      [...laidOut, ...wanted].map((field) => [
        field.name,
        { displayValue: null, value: cellOf(site, c, object, row, field) },
      ]),
    ),
  };
}

const namesOf = (c: SalesforceContext, parameter: string): string[] =>
  (c.req.query(parameter) ?? '').split(',').filter((name) => name !== '');

function cellOf(
  site: Site,
  c: SalesforceContext,
  object: ObjectDefinition,
  row: Row,
  field: FieldDefinition,
): Cell {
  const value = site.org.read(c.get('user'), object, row, field.name);
  return field.type === 'datetime' && typeof value === 'number'
    ? new Date(value).toISOString()
    : value;
}
