import * as z from 'zod';
import type { WriteOutcome, WriteRow } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { isCode } from '../kit/failure.ts';
import { checkBatch } from '../kit/rows.ts';
import type { Client } from './client.ts';
import { needRecords } from './columns.ts';
import type { Describer } from './describe.ts';
import { goneProperty, isGoneRow } from './errors.ts';
import { bareId } from './ids.ts';
import { BATCH } from './records.ts';
import { instantMs, wireValue } from './values.ts';

export const WRITE_BATCH = BATCH;

const number = z.union([z.string(), z.number()]).transform(String);
const itemError = z.object({
  category: z.string().nullish(),
  message: z.string().nullish(),
  id: number.nullish(),
  objectWriteTraceId: z.string().nullish(),
  context: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string().nullish(),
        code: z.string().nullish(),
        in: z.string().nullish(),
        context: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});
type ItemError = z.infer<typeof itemError>;
const answers = z.object({
  results: z.array(
    z.object({
      id: number,
      objectWriteTraceId: z.string().nullish(),
      updatedAt: z.string().nullish(),
      properties: z.record(z.string(), z.unknown()).nullish(),
    }),
  ),
  errors: z.array(itemError).nullish(),
});

/**
 * Updates up to 100 records of one object in one call; outcomes in input order. Each row carries a
 * trace id, by which HubSpot names the rows it refused.
 * When HubSpot refuses the whole batch for one row, a `rejected` error is thrown and nothing was
 * changed. A thrown error with `outcomeUnknown` may have changed any of them.
 */
export async function write(
  client: Client,
  describer: Describer,
  object: string,
  rows: WriteRow[],
): Promise<WriteOutcome[]> {
  if (rows.length === 0) return [];
  checkBatch(rows, WRITE_BATCH);
  const { type } = await needRecords(describer, object);
  const inputs = rows.map((row, at) => ({
    id: writableId(type.typeId, row.id),
    objectWriteTraceId: trace(at),
    properties: Object.fromEntries(
      Object.entries(row.fields).map(([name, value]) => [name, wireValue(value)]),
    ),
  }));
  const what = `writing ${rows.length} ${object}`;
  let answer: z.infer<typeof answers>;
  try {
    answer = await client.json(
      { build: () => client.requests.batch.update(type.path, { inputs }), effect: 'write', what },
      answers,
    );
  } catch (error) {
    if (isCode(error, 'PROPERTY_DOESNT_EXIST')) describer.forget(object);
    throw error;
  }
  const told = outcomes(
    rows,
    inputs.map(({ id }) => id),
    answer,
    type.stamp,
    what,
  );
  const [first] = told;
  if (
    first?.status === 'rejected' &&
    told.every((each) => each.status === 'rejected' && each.code === 'PROPERTY_DOESNT_EXIST')
  ) {
    // Not the rows are at fault but the setup, and every further batch would go the same way.
    describer.forget(object);
    throw goneProperty(object, first.message);
  }
  return told;
}

const trace = (at: number): string => `row-${at}`;

function writableId(typeId: string, id: string): string {
  try {
    return bareId(typeId, id);
  } catch {
    throw new HeadwaterError(
      'bug',
      `Write to ${JSON.stringify(id.slice(0, 40))}, which is no id of this HubSpot object.`,
      { code: 'MALFORMED_ID' },
    );
  }
}

function outcomes(
  rows: WriteRow[],
  ids: string[],
  { results, errors }: z.infer<typeof answers>,
  stamp: string,
  what: string,
): WriteOutcome[] {
  const done = new Map(
    results.map((result) => [
      result.id,
      instantMs(String(result.properties?.[stamp] ?? result.updatedAt ?? '')),
    ]),
  );
  const traced = new Map(results.map((result) => [result.objectWriteTraceId, result.id]));
  const refusals = errors ?? [];
  const named = refusals.map((error) => namesOf(error));
  // An error that names no row explains the rows that no answer speaks of.
  const vague = refusals.find((_, at) => named[at]?.size === 0);
  return rows.map((row, at): WriteOutcome => {
    const own = refusals.filter(
      (_, index) => named[index]?.has(trace(at)) || named[index]?.has(ids[at] ?? ''),
    );
    const stampMs = done.get(ids[at] ?? '');
    if (own[0] === undefined && stampMs !== undefined)
      return { id: row.id, status: 'done', ...(Number.isNaN(stampMs) ? {} : { stampMs }) };
    const winner = traced.get(trace(at));
    // HubSpot leads a write to a merged-away record on to its winner, which the next run brings to
    // its own values again.
    if (own[0] === undefined && winner !== undefined)
      return {
        id: row.id,
        status: 'rejected',
        code: 'MERGED_AWAY',
        message: `The record was merged into ${winner}.`,
        fields: [],
        gone: true,
      };
    const error = own[0] ?? vague;
    if (error === undefined)
      throw new HeadwaterError(
        'transient',
        `HubSpot's answer does not speak of all rows (${what}).`,
        { code: 'UNREADABLE_ANSWER', outcomeUnknown: true },
      );
    const details = error.errors ?? [];
    return {
      id: row.id,
      status: 'rejected',
      code: details.find((detail) => detail.code != null)?.code ?? error.category ?? 'UNKNOWN',
      message:
        details
          .map((detail) => detail.message)
          .filter((text) => text != null)
          .join('; ') ||
        error.message ||
        'HubSpot gave no reason.',
      fields: [
        ...new Set(
          details.flatMap((detail) =>
            textsOf(detail.context?.['propertyName']).concat(detail.in ?? []),
          ),
        ),
      ].filter((name) => name in row.fields),
      ...(isGoneRow(error.category) ? { gone: true } : {}),
    };
  });
}

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .filter((each) => typeof each === 'string' || typeof each === 'number')
    .map(String);

/** Trace ids and record numbers that an error names. */
function namesOf(error: ItemError): Set<string> {
  const context = error.context ?? {};
  return new Set([
    ...textsOf(error.objectWriteTraceId),
    ...textsOf(error.id),
    ...textsOf(context['objectWriteTraceId']),
    ...textsOf(context['ids']),
    ...textsOf(context['id']),
  ]);
}
