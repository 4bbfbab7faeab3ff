/**
 * Routes of Bulk API 1.0 under `/services/async/66.0/job`. Older clients still speak it: jsforce's
 * `conn.bulk`, simple_salesforce's `sf.bulk`, Singer's tap-salesforce. A header that asks for
 * primary-key chunking is taken, and the one batch does it all.
 */
import type { Hono } from 'hono';
import type { JsonObject } from '../http/body.ts';
import { requireAccess, requireApi } from '../http/access.ts';
import { bulkId } from '../http/bulk-job.ts';
import type { SalesforceContext, SalesforceEnv, Site } from '../http/site.ts';
import { dateTimeText } from '../http/stamps.ts';
import { versionOf } from '../http/versions.ts';
import { OrgFault } from '../org-types.ts';
import { work } from './batches.ts';
import {
  batchState,
  findJob,
  isQuery,
  keepJob,
  type Batch,
  type BulkJob,
  type ContentType,
} from './jobs.ts';
import { batchResult, queryResult } from './results.ts';
import {
  bulkFault,
  faultAnswer,
  info,
  isJson,
  jsonAnswer,
  readJobInfo,
  xmlResponse,
} from './wire.ts';
import { xmlOf } from '../metadata-api/xml.ts';

const ROOT = '/services/async/:version/job';
const OPERATIONS = new Set([
  'insert',
  'update',
  'upsert',
  'delete',
  'hardDelete',
  'query',
  'queryAll',
]);
const CONTENT_TYPES = new Set(['CSV', 'JSON', 'XML']);
const [JOB_PREFIX, BATCH_PREFIX] = ['750', '751'];
type Work = (c: SalesforceContext) => Promise<Response> | Response;

export function mountBulkV1(app: Hono<SalesforceEnv>, site: Site): void {
  const guarded = (answer: Work) => (c: SalesforceContext) => guard(site, c, answer);
  app.post(
    ROOT,
    guarded((c) => create(site, c)),
  );
  app.get(
    `${ROOT}/:id`,
    guarded((c) => info('jobInfo', jobInfo(site, jobOf(site, c)), isJson(c.req.raw))),
  );
  app.post(
    `${ROOT}/:id`,
    guarded((c) => change(site, c)),
  );
  app.post(
    `${ROOT}/:id/batch`,
    guarded((c) => addBatch(site, c)),
  );
  app.get(
    `${ROOT}/:id/batch`,
    guarded((c) => {
      const job = jobOf(site, c);
      const list = job.batches.map((batch) => batchInfo(site, batch));
      return job.contentType === 'JSON'
        ? jsonAnswer({ batchInfo: list })
        : xmlResponse('batchInfoList', xmlOf('batchInfo', list));
    }),
  );
  app.get(
    `${ROOT}/:id/batch/:batch`,
    guarded((c) => {
      const { job, batch } = batchOf(site, c);
      return info('batchInfo', batchInfo(site, batch), job.contentType === 'JSON');
    }),
  );
  app.get(
    `${ROOT}/:id/batch/:batch/request`,
    guarded((c) => {
      const { job, batch } = batchOf(site, c);
      return new Response(batch.text, {
        headers: {
          'content-type': { CSV: 'text/csv', JSON: 'application/json', XML: 'application/xml' }[
            job.contentType
          ],
        },
      });
    }),
  );
  app.get(
    `${ROOT}/:id/batch/:batch/result`,
    guarded((c) => {
      const { job, batch } = batchOf(site, c);
      return batchResult(job, batch);
    }),
  );
  app.get(
    `${ROOT}/:id/batch/:batch/result/:result`,
    guarded((c) => {
      const { job, batch } = batchOf(site, c);
      if (
        batch.query === null ||
        batch.resultId?.slice(0, 15) !== c.req.param('result')?.slice(0, 15)
      )
        throw bulkFault('InvalidBatch', 'the batch has no such result');
      return queryResult(job, batch.query, `/services/data/v${job.version}`);
    }),
  );
}

/**
 * Version, session and budget in front of every route; every refusal is
 * told in this API's own form.
 */
async function guard(site: Site, c: SalesforceContext, answer: Work): Promise<Response> {
  try {
    c.set('version', versionOf(`v${c.req.param('version') ?? ''}`));
    const token = c.req.header('x-sfdc-session');
    const asked =
      token === undefined
        ? c.req.raw
        : new Request(c.req.url, { headers: { authorization: `Bearer ${token}` } });
    const { user, session } = requireAccess(site, asked);
    requireApi(session);
    c.set('user', user);
    c.set('session', session);
    if (!site.budget.spend()) throw bulkFault('ExceededQuota', 'TotalRequests Limit exceeded.');
    await site.turnstile.pass();
    return await answer(c);
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    const lost = error.faults[0]?.status === 401;
    return faultAnswer(
      lost ? bulkFault('InvalidSessionId', 'Invalid session id').faults : error.faults,
      isJson(c.req.raw),
    );
  }
}

function jobOf(site: Site, c: SalesforceContext): BulkJob {
  const job = findJob(site.org, c.req.param('id') ?? '', site.clock.nowMs());
  if (job === undefined) throw bulkFault('InvalidJob', 'Invalid job id');
  for (const batch of job.batches)
    work(site, site.org.user(job.createdById) ?? c.get('user'), job, batch);
  return job;
}

function batchOf(site: Site, c: SalesforceContext): { job: BulkJob; batch: Batch } {
  const job = jobOf(site, c);
  const batch = job.batches.find(
    ({ id }) => id.slice(0, 15) === c.req.param('batch')?.slice(0, 15),
  );
  if (batch === undefined) throw bulkFault('InvalidBatch', 'Invalid batch id');
  return { job, batch };
}

async function create(site: Site, c: SalesforceContext): Promise<Response> {
  const json = isJson(c.req.raw);
  const body = readJobInfo(await c.req.text(), json);
  const text = (key: string): string | null =>
    body[key] === undefined || body[key] === null || body[key] === '' ? null : String(body[key]);
  const operation = text('operation') ?? '';
  const object = site.org.object(text('object') ?? '');
  const contentType = text('contentType') ?? 'XML';
  const externalIdFieldName = text('externalIdFieldName');
  if (!OPERATIONS.has(operation))
    throw bulkFault('InvalidJob', `Unable to find operation ${operation}`);
  if (object === undefined)
    throw bulkFault('InvalidJob', `Unable to find object: ${text('object') ?? ''}`);
  if (!CONTENT_TYPES.has(contentType))
    throw bulkFault(
      'InvalidJob',
      `Unsupported content type ${contentType}: CSV, JSON and XML are there`,
    );
  if (operation === 'upsert' && externalIdFieldName === null)
    throw bulkFault('InvalidJob', 'External ID was blank for Upsert');
  const nowMs = site.clock.nowMs();
  const job: BulkJob = {
    id: bulkId(JOB_PREFIX, site.org.id, site.jobs.nextNumber()),
    object: object.name,
    operation,
    externalIdFieldName,
    contentType: contentType as ContentType,
    concurrencyMode: text('concurrencyMode') ?? 'Parallel',
    createdById: c.get('user').id,
    createdMs: nowMs,
    modifiedMs: nowMs,
    version: c.get('version'),
    state: 'Open',
    batches: [],
  };
  keepJob(site.org, job);
  return info('jobInfo', jobInfo(site, job), json, 201);
}

/** Closed takes no more batches; Aborted leaves those not yet begun unprocessed. */
async function change(site: Site, c: SalesforceContext): Promise<Response> {
  const job = jobOf(site, c);
  const json = isJson(c.req.raw);
  const { state } = readJobInfo(await c.req.text(), json);
  if (state !== 'Closed' && state !== 'Aborted')
    throw bulkFault('InvalidJob', `Unknown state ${String(state)}`);
  if (job.state !== 'Open' && job.state !== state)
    throw bulkFault('InvalidJobState', `The job is ${job.state}`);
  job.state = state;
  job.modifiedMs = site.clock.nowMs();
  if (state === 'Aborted') for (const batch of job.batches) batch.ended ??= 'NotProcessed';
  return info('jobInfo', jobInfo(site, job), json);
}

async function addBatch(site: Site, c: SalesforceContext): Promise<Response> {
  const job = jobOf(site, c);
  if (job.state !== 'Open')
    throw bulkFault('InvalidJobState', `The job is ${job.state}: it takes no more batches`);
  const text = await c.req.text();
  if (text.trim() === '') throw bulkFault('ClientInputError', 'The request body is empty');
  const nowMs = site.clock.nowMs();
  const batch: Batch = {
    id: bulkId(BATCH_PREFIX, site.org.id, site.jobs.nextNumber()),
    jobId: job.id,
    createdMs: nowMs,
    modifiedMs: nowMs,
    text,
    queuedWallMs: site.clock.wallMs(),
    ended: null,
    stateMessage: null,
    header: [],
    rows: [],
    query: null,
    resultId: null,
  };
  job.batches.push(batch);
  const user = c.get('user');
  // The server works by itself, whether or not somebody asks.
  setTimeout(() => work(site, user, job, batch), site.switches.bulkJobMs).unref();
  return info('batchInfo', batchInfo(site, batch), job.contentType === 'JSON', 201);
}

function processedOf(batch: Batch): number {
  return batch.query?.totalSize ?? batch.rows.filter((row) => row.done).length;
}

function batchInfo(site: Site, batch: Batch): JsonObject {
  const tookMs = batch.ended === 'Completed' ? site.switches.bulkJobMs : 0;
  return {
    id: batch.id,
    jobId: batch.jobId,
    state: batchState(batch, site.clock.wallMs(), site.switches.bulkJobMs),
    ...(batch.stateMessage === null ? {} : { stateMessage: batch.stateMessage }),
    createdDate: dateTimeText(batch.createdMs).replace('+0000', 'Z'),
    systemModstamp: dateTimeText(batch.modifiedMs).replace('+0000', 'Z'),
    numberRecordsProcessed: processedOf(batch),
    numberRecordsFailed: batch.rows.filter((row) => row.error !== null).length,
    totalProcessingTime: tookMs,
    apiActiveProcessingTime: tookMs,
    apexProcessingTime: 0,
  };
}

function jobInfo(site: Site, job: BulkJob): JsonObject {
  const states = job.batches.map((batch) =>
    batchState(batch, site.clock.wallMs(), site.switches.bulkJobMs),
  );
  const count = (state: string): number => states.filter((one) => one === state).length;
  const tookMs = count('Completed') * site.switches.bulkJobMs;
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: dateTimeText(job.createdMs).replace('+0000', 'Z'),
    systemModstamp: dateTimeText(job.modifiedMs).replace('+0000', 'Z'),
    state: job.state,
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    concurrencyMode: job.concurrencyMode,
    contentType: job.contentType,
    numberBatchesQueued: count('Queued'),
    numberBatchesInProgress: count('InProgress'),
    numberBatchesCompleted: count('Completed'),
    numberBatchesFailed: count('Failed'),
    numberBatchesTotal: job.batches.length,
    numberRecordsProcessed: job.batches.reduce((sum, batch) => sum + processedOf(batch), 0),
    numberRetries: 0,
    apiVersion: Number(job.version),
    numberRecordsFailed: isQuery(job)
      ? 0
      : job.batches.reduce(
          (sum, batch) => sum + batch.rows.filter((row) => row.error !== null).length,
          0,
        ),
    totalProcessingTime: tookMs,
    apiActiveProcessingTime: tookMs,
    apexProcessingTime: 0,
  };
}
