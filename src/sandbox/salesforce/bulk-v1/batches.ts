/** The work of a Bulk 1.0 batch: a statement to run, or rows to write. */
import { readCsv } from '../http/csv.ts';
import { ingest } from '../http/ingest-rows.ts';
import { refuseColumns, refuseUnsupported } from '../http/bulk-query.ts';
import type { Site } from '../http/site.ts';
import { bulkId } from '../http/bulk-job.ts';
import { OrgFault, type OrgUser } from '../org-types.ts';
import { isQuery, type Batch, type BulkJob } from './jobs.ts';
import { bulkFault, recordsOfJson, recordsOfXml, type Uploaded } from './wire.ts';

const RESULT_PREFIX = '752';
/** Limits of one batch [D]. */
const MAX_RECORDS = 10_000;
const MAX_BYTES = 10_000_000;
const FORM = { delimiter: ',', lineEnding: '\n' };

/** Does the work once its time has come; what goes wrong as a whole makes the batch `Failed`. */
export function work(site: Site, user: OrgUser, job: BulkJob, batch: Batch): void {
  if (batch.ended !== null || site.clock.wallMs() - batch.queuedWallMs < site.switches.bulkJobMs)
    return;
  try {
    if (isQuery(job)) runQuery(site, user, job, batch);
    else writeRows(site, user, job, batch);
    batch.ended = 'Completed';
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    const [first] = error.faults;
    batch.ended = 'Failed';
    batch.stateMessage = isQuery(job)
      ? `InvalidBatch : Failed to process query: ${first?.errorCode ?? ''}: ${error.message}`
      : `${first?.errorCode ?? 'InvalidBatch'} : ${error.message}`;
  }
  batch.modifiedMs = site.clock.nowMs();
}

function runQuery(site: Site, user: OrgUser, job: BulkJob, batch: Batch): void {
  refuseUnsupported(batch.text);
  const query = site.org.query(user, batch.text.trim(), job.operation === 'queryAll');
  refuseColumns(query);
  if (query.object !== job.object)
    throw bulkFault(
      'INVALID_TYPE',
      `the statement is about ${query.object}, the job about ${job.object}`,
    );
  batch.query = query;
  batch.resultId = bulkId(RESULT_PREFIX, site.org.id, site.jobs.nextNumber());
}

function writeRows(site: Site, user: OrgUser, job: BulkJob, batch: Batch): void {
  if (Buffer.byteLength(batch.text) > MAX_BYTES)
    throw bulkFault('InvalidBatch', 'Batch size exceeds the limit of 10 MB');
  const { header, rows } = uploaded(job, batch.text);
  if (rows.length > MAX_RECORDS)
    throw bulkFault('InvalidBatch', `Records in a batch: ${rows.length}, at most ${MAX_RECORDS}`);
  if (header.length === 0) throw bulkFault('InvalidBatch', 'Records not found');
  batch.header = header;
  batch.rows = rows.map((cells) => ({
    cells: header.map((_name, index) => cells[index] ?? ''),
    id: null,
    created: false,
    error: null,
    faults: [],
    done: false,
  }));
  ingest(site, user, { ...job, header, rows: batch.rows });
}

function uploaded(job: BulkJob, text: string): Uploaded {
  if (job.contentType === 'JSON') return recordsOfJson(text);
  return job.contentType === 'XML' ? recordsOfXml(text) : readCsv(text, FORM);
}
