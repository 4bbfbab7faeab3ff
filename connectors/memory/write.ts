import type { CrmValue, WriteOutcome, WriteRow } from '../../src/model/connector.ts';
import { checkBatch } from '../kit/rows.ts';
import type { Client } from './client.ts';
import { needObject } from './columns.ts';
import type { MemoryCrm } from './crm.ts';
import { keep } from './values.ts';

export const WRITE_BATCH = 200;

/**
 * Updates records of one object, each on its own; outcomes in input order. A record or value that
 * the CRM refuses concerns its row only.
 */
export async function write(
  client: Client,
  object: string,
  rows: WriteRow[],
): Promise<WriteOutcome[]> {
  if (rows.length === 0) return [];
  checkBatch(rows, WRITE_BATCH);
  return await client.call('write', object, () =>
    rows.map((row) => writeRow(client.crm, object, row)),
  );
}

function writeRow(crm: MemoryCrm, name: string, row: WriteRow): WriteOutcome {
  const object = needObject(crm, name);
  const rejected = (
    code: string,
    message: string,
    fields: string[] = [],
    retryable = false,
  ): WriteOutcome => ({
    id: row.id,
    status: 'rejected',
    code,
    message,
    fields,
    ...(retryable ? { retryable } : {}),
  });
  const record = object.records.get(row.id);
  if (record === undefined || record.binned)
    return {
      id: row.id,
      status: 'rejected',
      code: 'NO_SUCH_RECORD',
      message: `there is no ${name} ${row.id}`,
      fields: [],
      gone: true,
    };
  if (record.refusal !== null)
    return rejected(record.refusal.code, record.refusal.message, [], record.refusal.retryable);
  const values: Record<string, CrmValue> = {};
  for (const [path, value] of Object.entries(row.fields)) {
    const field = object.fields.get(path);
    if (field === undefined || field.hidden || !field.updateable)
      return rejected('NOT_WRITABLE', `${path} is not there or cannot be written by this user`, [
        path,
      ]);
    const kept = keep(field, value);
    if ('fault' in kept) return rejected(kept.fault.code, kept.fault.message, [path]);
    values[path] = kept.value;
  }
  crm.update(name, row.id, values);
  return { id: row.id, status: 'done' };
}
