/** What comes out of a Bulk 1.0 batch, in the content type of its job. */
import { queryCsv } from '../http/bulk-query.ts';
import { csvLine } from '../http/csv.ts';
import { attributes } from '../http/render.ts';
import type { IngestRow } from '../http/jobs.ts';
import { bulkDateTimeText } from '../http/stamps.ts';
import { xmlOf } from '../metadata-api/xml.ts';
import type { OrgQuery, QueriedRecord, QueriedValue } from '../org-types.ts';
import type { Batch, BulkJob } from './jobs.ts';
import { isQuery } from './jobs.ts';
import { bulkFault, escapeXml, jsonAnswer, xmlResponse } from './wire.ts';

const FORM = { delimiter: ',', lineEnding: '\n' };
const DAY = /^\d{4}-\d\d-\d\d$/;
const csv = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'text/csv' } });

/** The ids of a query's results, or one line a written row. Throws where the batch has none. */
export function batchResult(job: BulkJob, batch: Batch): Response {
  if (batch.ended === null) throw bulkFault('InvalidBatch', 'Batch not completed');
  if (batch.ended !== 'Completed')
    throw bulkFault('InvalidBatch', batch.stateMessage ?? 'the batch was not processed');
  if (isQuery(job))
    return job.contentType === 'JSON'
      ? jsonAnswer([batch.resultId])
      : xmlResponse('result-list', xmlOf('result', batch.resultId));
  if (job.contentType === 'JSON')
    return jsonAnswer(
      batch.rows.map((row) => ({
        success: row.error === null,
        created: row.created,
        id: row.id,
        errors: errorsOf(row),
      })),
    );
  if (job.contentType === 'XML')
    return xmlResponse(
      'results',
      batch.rows
        .map((row) =>
          xmlOf('result', {
            id: row.id,
            success: row.error === null,
            created: row.created,
            errors: errorsOf(row),
          }),
        )
        .join(''),
    );
  return csv(
    [
      csvLine(['Id', 'Success', 'Created', 'Error'], FORM),
      ...batch.rows.map((row) =>
        csvLine([row.id, row.error === null, row.created, row.error], FORM),
      ),
    ].join(''),
  );
}

function errorsOf(row: IngestRow): Record<string, unknown>[] {
  return row.faults.map(({ errorCode, message, fields }) => ({
    message,
    fields: fields ?? [],
    statusCode: errorCode,
  }));
}

/** The rows a query found. */
export function queryResult(job: BulkJob, query: OrgQuery, base: string): Response {
  const records = query.slice(0, query.totalSize);
  if (job.contentType === 'JSON')
    return jsonAnswer(records.map((record) => jsonRecord(query, record, '', base)));
  if (job.contentType === 'XML')
    return xmlResponse(
      'queryResult',
      records
        .map(
          (record) =>
            `<records xsi:type="sObject" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${xmlCells(query, record, '')}</records>`,
        )
        .join(''),
    );
  return csv(
    records.length === 0 ? 'Records not found for this query\n' : queryCsv(query, FORM, records),
  );
}

const isDateTime = (query: OrgQuery, path: string): boolean =>
  query.columns().some((column) => column.name === path && column.type === 'datetime');
const isDate = (query: OrgQuery, path: string): boolean =>
  query.columns().some((column) => column.name === path && column.type === 'date');

/** In JSON this API gives dates and date-times as epoch milliseconds [K]. */
function jsonRecord(
  query: OrgQuery,
  record: QueriedRecord,
  prefix: string,
  base: string,
): Record<string, unknown> {
  const out: Record<string, unknown> = { attributes: attributes(record.type, record.id, base) };
  for (const [name, value] of record.values) {
    const path = prefix + name;
    if (value !== null && typeof value === 'object' && 'type' in value)
      out[name] = jsonRecord(query, value, `${path}.`, base);
    else
      out[name] =
        typeof value === 'string' && DAY.test(value) && isDate(query, path)
          ? Date.parse(value)
          : value;
  }
  return out;
}

function xmlCells(query: OrgQuery, record: QueriedRecord, prefix: string): string {
  const cell = (name: string, value: QueriedValue): string => {
    if (value === null) return `<${name} xsi:nil="true"/>`;
    if (typeof value === 'object')
      return 'type' in value
        ? `<${name} xsi:type="sObject">${xmlCells(query, value, `${prefix}${name}.`)}</${name}>`
        : '';
    return `<${name}>${escapeXml(typeof value === 'number' && isDateTime(query, prefix + name) ? bulkDateTimeText(value) : String(value))}</${name}>`;
  };
  return (
    xmlOf('type', record.type) + record.values.map(([name, value]) => cell(name, value)).join('')
  );
}
