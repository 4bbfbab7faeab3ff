/** Applies the rows of an ingest job, one by one. */
import type { OrgUser, SaveResult } from '../org-types.ts';
import type { JsonObject } from './body.ts';
import { fault } from './faults.ts';
import type { IngestJob } from './jobs.ts';
import { attempt, objectOf, Saver } from './save.ts';
import type { Site } from './site.ts';

/** How a cell says "make it empty"; an empty cell says "leave it". */
const NULL_CELL = '#N/A';

/** What is to be done with which rows. */
export type Ingest = Pick<
  IngestJob,
  'object' | 'operation' | 'externalIdFieldName' | 'header' | 'rows'
>;

export function ingest(site: Site, user: OrgUser, job: Ingest): void {
  const object = objectOf(site.org, job.object);
  const saver = new Saver(site.org, user, {});
  for (const row of job.rows) {
    const body = bodyOf(job.header, row.cells);
    const saved = attempt(() => apply(saver, job, object, body));
    row.done = true;
    row.id = saved.ok ? saved.id : (saved.id ?? null);
    row.created = saved.ok && saved.created;
    row.faults = saved.ok ? [] : saved.faults;
    row.error = saved.ok ? null : errorCell(saved);
  }
}

function apply(
  saver: Saver,
  job: Ingest,
  object: ReturnType<typeof objectOf>,
  { id, values }: RowBody,
): SaveResult {
  const needId = (): string => {
    if (id === null)
      throw fault(
        400,
        'MISSING_ARGUMENT',
        `Id not specified in ${job.operation === 'update' ? 'an update' : 'a delete'} call`,
      );
    return id;
  };
  switch (job.operation) {
    case 'insert':
      return saver.insert(object, values);
    case 'update':
      return saver.update(object, needId(), values);
    case 'delete':
      return saver.remove(needId());
    case 'hardDelete':
      return saver.remove(needId(), true);
    default:
      return upsert(saver, job.externalIdFieldName ?? 'Id', object, { id, values });
  }
}

function upsert(
  saver: Saver,
  externalField: string,
  object: ReturnType<typeof objectOf>,
  { id, values }: RowBody,
): SaveResult {
  if (externalField.toLowerCase() === 'id')
    return id === null ? saver.insert(object, values) : saver.update(object, id, values);
  const key = Object.keys(values).find(
    (name) => name.toLowerCase() === externalField.toLowerCase(),
  );
  const value = key === undefined ? null : values[key];
  if (value === null || value === undefined)
    throw fault(400, 'MISSING_ARGUMENT', `${externalField} not specified`);
  return saver.upsert(
    object,
    externalField,
    String(value),
    Object.fromEntries(Object.entries(values).filter(([name]) => name !== key)),
  );
}

interface RowBody {
  id: string | null;
  values: JsonObject;
}

/** `Account.Ext__c` columns become nested lookups. Header names come in any letter case. */
function bodyOf(header: string[], cells: string[]): RowBody {
  const values: JsonObject = {};
  let id: string | null = null;
  for (const [index, name] of header.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    if (name.toLowerCase() === 'id') {
      id = cell;
      continue;
    }
    const value = cell === NULL_CELL ? null : cell;
    const [relationship, field] = name.split('.');
    if (field !== undefined && relationship !== undefined)
      values[relationship] = { [field]: value };
    else values[name] = value;
  }
  return { id, values };
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`. */
function errorCell(saved: Extract<SaveResult, { ok: false }>): string {
  const first = saved.faults[0];
  const fields = (first?.fields ?? []).join(', ');
  return `${first?.errorCode ?? 'UNKNOWN_EXCEPTION'}:${first?.message ?? ''}:${fields}${fields === '' ? '' : ' '}--`;
}
