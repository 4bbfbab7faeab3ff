import * as z from 'zod';
import type { WriteOutcome, WriteRow } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { checkBatch } from '../kit/rows.ts';
import type { Client } from './client.ts';
import { isBusyRow, isGoneRow, unknownColumns } from './errors.ts';
import { isId, to18 } from './ids.ts';
import { soqlName } from './soql.ts';

/**
 * Salesforce's limit of one collections call; automation on the records runs in groups of the same
 * size.
 */
export const WRITE_BATCH = 200;

/**
 * Scores must neither hand a record to another owner nor be stopped by a duplicate rule that was
 * there before them.
 */
const WRITE_HEADERS = {
  'Sforce-Auto-Assign': 'FALSE',
  'Sforce-Duplicate-Rule-Header': 'allowSave=true',
};

/**
 * `statusCode` is the key here (single-record errors say `errorCode`), and failed rows carry no id.
 */
const answers = z.array(
  z.object({
    id: z.string().nullish(),
    success: z.boolean(),
    errors: z
      .array(
        z.object({
          statusCode: z.string(),
          message: z.string(),
          fields: z.array(z.string()).nullish(),
        }),
      )
      .default([]),
  }),
);

/**
 * Updates up to 200 records of one object in one call, each on its own (`allOrNone` false);
 * outcomes in input order.
 * A rejected row carries Salesforce's code (`UNABLE_TO_LOCK_ROW`, `ENTITY_IS_DELETED`,
 * `FIELD_CUSTOM_VALIDATION_EXCEPTION`, ...).
 * A thrown error with `outcomeUnknown` may have changed any of them.
 */
export async function write(
  client: Client,
  object: string,
  rows: WriteRow[],
): Promise<WriteOutcome[]> {
  if (rows.length === 0) return [];
  checkBatch(rows, WRITE_BATCH);
  const bad = rows.find((row) => !isId(row.id));
  if (bad !== undefined)
    throw new HeadwaterError(
      'bug',
      `Write to ${JSON.stringify(bad.id.slice(0, 40))}, which is no Salesforce id.`,
      { code: 'MALFORMED_ID' },
    );
  const records = rows.map((row) => ({
    attributes: { type: soqlName(object) },
    id: to18(row.id),
    ...namedFields(row),
  }));
  const what = `writing ${rows.length} ${object} records`;
  const results = await client.json(
    {
      method: 'PATCH',
      path: '/composite/sobjects',
      headers: WRITE_HEADERS,
      body: { allOrNone: false, records },
      effect: 'write',
      what,
    },
    answers,
  );
  if (results.length !== rows.length)
    throw new HeadwaterError(
      'transient',
      `Salesforce answered for ${results.length} of ${rows.length} records (${what}).`,
      { code: 'UNREADABLE_ANSWER', outcomeUnknown: true },
    );
  return rows.map((row, at) => outcome(row.id, results[at]));
}

function namedFields(row: WriteRow): WriteRow['fields'] {
  return Object.fromEntries(
    Object.entries(row.fields).map(([name, value]) => [soqlName(name), value]),
  );
}

function outcome(id: string, result: z.infer<typeof answers>[number] | undefined): WriteOutcome {
  if (result?.success) {
    if (result.id && to18(result.id) !== to18(id))
      throw new HeadwaterError(
        'bug',
        `Salesforce answered for ${result.id} in the place of ${id}.`,
        { code: 'OUT_OF_ORDER', outcomeUnknown: true },
      );
    return { id, status: 'done' };
  }
  const errors = result?.errors ?? [];
  return {
    id,
    status: 'rejected',
    code: errors[0]?.statusCode ?? 'UNKNOWN',
    message: errors.map((error) => error.message).join('; ') || 'Salesforce gave no reason.',
    fields: errors.flatMap(({ fields, message }) =>
      fields == null || fields.length === 0 ? unknownColumns(message) : fields,
    ),
    ...(errors.length > 0 && errors.every((error) => isBusyRow(error.statusCode))
      ? { retryable: true }
      : {}),
    ...(errors.some((error) => isGoneRow(error.statusCode, error.fields ?? []))
      ? { gone: true }
      : {}),
  };
}
