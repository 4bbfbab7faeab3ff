/** Bulk 2.0 ingest jobs: create, upload, close, results. */
import type { Hono } from 'hono';
import type { OrgUser } from '../org-types.ts';
import { readJsonObject } from './body.ts';
import { jobList, jobOf, jobState, jobView, newJob } from './bulk-job.ts';
import { csvLine, readCsv } from './csv.ts';
import { fault, jsonResponse, noContent } from './faults.ts';
import { ingest } from './ingest-rows.ts';
import type { IngestJob, IngestRow, Job } from './jobs.ts';
import type { SalesforceContext, SalesforceEnv, Site } from './site.ts';

const OPERATIONS = new Set(['insert', 'update', 'upsert', 'delete', 'hardDelete']);
const MAX_UPLOAD_BYTES = 150 * 1024 * 1024;

export function mountIngest(app: Hono<SalesforceEnv>, site: Site): void {
  const jobs = '/services/data/:version/jobs/ingest';
  app.post(jobs, (c) => create(site, c));
  app.get(jobs, () => jobList(site, 'ingest', (job) => view(site, job)));
  app.get(`${jobs}/:id`, (c) => jsonResponse(view(site, settled(site, c))));
  app.put(`${jobs}/:id/batches`, async (c) => {
    const job = jobOf(site, c, 'ingest');
    if (jobState(site, job) !== 'Open' || job.text !== null)
      throw fault(
        400,
        'INVALIDJOBSTATE',
        `InvalidJobState : the job takes one upload while it is Open, it is ${jobState(site, job)}`,
      );
    const text = await c.req.text();
    if (text.length > MAX_UPLOAD_BYTES)
      throw fault(400, 'InvalidBatch', 'InvalidBatch : the upload is larger than 150 MB');
    job.text = text;
    return new Response(null, { status: 201 });
  });
  app.patch(`${jobs}/:id`, async (c) => change(site, c, (await readJsonObject(c.req.raw)).state));
  app.delete(`${jobs}/:id`, (c) => {
    const job = settled(site, c);
    if (['UploadComplete', 'InProgress'].includes(jobState(site, job)))
      throw fault(400, 'INVALIDJOBSTATE', 'InvalidJobState : the job is still being worked on');
    site.jobs.remove(job.id);
    return noContent();
  });
  const rowsOf =
    (
      wanted: (row: IngestRow) => boolean,
      header: (job: IngestJob) => string[],
      cells: (row: IngestRow) => (string | boolean | null)[],
    ) =>
    (c: SalesforceContext) => {
      const job = settled(site, c);
      const lines = [
        csvLine(header(job), job.form),
        ...job.rows.filter(wanted).map((row) => csvLine(cells(row), job.form)),
      ];
      return new Response(lines.join(''), { headers: { 'content-type': 'text/csv' } });
    };
  app.get(
    `${jobs}/:id/successfulResults`,
    rowsOf(
      (row) => row.done && row.error === null,
      (job) => ['sf__Id', 'sf__Created', ...job.header],
      (row) => [row.id, row.created, ...row.cells],
    ),
  );
  app.get(
    `${jobs}/:id/failedResults`,
    rowsOf(
      (row) => row.error !== null,
      (job) => ['sf__Id', 'sf__Error', ...job.header],
      (row) => [row.id, row.error, ...row.cells],
    ),
  );
  // Clients spell this one in two ways.
  for (const name of ['unprocessedrecords', 'unprocessedRecords'])
    app.get(
      `${jobs}/:id/${name}`,
      rowsOf(
        (row) => !row.done,
        (job) => job.header,
        (row) => row.cells,
      ),
    );
}

async function create(site: Site, c: SalesforceContext): Promise<Response> {
  const body = await readJsonObject(c.req.raw);
  const operation = String(body.operation ?? '');
  const object = site.org.object(String(body.object ?? ''));
  if (!OPERATIONS.has(operation))
    throw fault(400, 'INVALIDJOB', `InvalidJob : Unsupported operation ${operation}`);
  if (object === undefined)
    throw fault(
      400,
      'INVALIDENTITY',
      `InvalidEntity : Entity '${String(body.object)}' is not supported by the Bulk API.`,
    );
  const externalIdFieldName =
    body.externalIdFieldName === undefined ? null : String(body.externalIdFieldName);
  if (operation === 'upsert' && externalIdFieldName === null)
    throw fault(400, 'INVALIDJOB', 'InvalidJob : ExternalIdFieldName is required for upsert');
  const job: IngestJob = {
    kind: 'ingest',
    ...newJob(site, c, object, operation, body, false),
    externalIdFieldName,
    assignmentRuleId: null,
    text: null,
    header: [],
    rows: [],
    processed: false,
  };
  site.jobs.add(job);
  return jsonResponse(view(site, job));
}

/** UploadComplete takes the file in; Aborted leaves its rows unprocessed. */
function change(site: Site, c: SalesforceContext, state: unknown): Response {
  const job = jobOf(site, c, 'ingest');
  if (
    jobState(site, job) !== 'Open' &&
    !(state === 'Aborted' && jobState(site, job) === 'UploadComplete')
  )
    throw fault(400, 'INVALIDJOBSTATE', `InvalidJobState : the job is ${jobState(site, job)}`);
  if (state !== 'UploadComplete' && state !== 'Aborted')
    throw fault(400, 'INVALIDJOB', `InvalidJob : Unknown state ${String(state)}`);
  if (state === 'UploadComplete' && job.text === null)
    throw fault(400, 'INVALIDJOBSTATE', 'InvalidJobState : nothing was uploaded');
  readUpload(job);
  if (state === 'Aborted') job.ended = 'Aborted';
  else queue(site, job, c.get('user'));
  job.modifiedMs = site.clock.nowMs();
  return jsonResponse(view(site, job));
}

function readUpload(job: IngestJob): void {
  if (job.text === null) return;
  try {
    const { header, rows } = readCsv(job.text, job.form);
    job.header = header;
    job.rows = rows.map((cells) => ({
      cells: header.map((_name, index) => cells[index] ?? ''),
      id: null,
      created: false,
      error: null,
      faults: [],
      done: false,
    }));
  } catch (error) {
    job.ended = 'Failed';
    job.errorMessage = error instanceof Error ? error.message : String(error);
  }
}

/** The server works by itself, whether or not somebody asks. */
function queue(site: Site, job: IngestJob, user: OrgUser): void {
  job.queuedWallMs = site.clock.wallMs();
  setTimeout(() => process(site, job, user), site.switches.bulkJobMs).unref();
}

/** Applies the rows once the job's time has come. */
function process(site: Site, job: IngestJob, user: OrgUser): void {
  if (job.processed || jobState(site, job) !== 'JobComplete') return;
  job.processed = true;
  ingest(site, site.org.user(job.createdById) ?? user, job);
  job.modifiedMs = site.clock.nowMs();
}

function settled(site: Site, c: SalesforceContext): IngestJob {
  const job = jobOf(site, c, 'ingest');
  process(site, job, c.get('user'));
  return job;
}

function view(site: Site, job: Job): Record<string, unknown> {
  if (job.kind !== 'ingest') return jobView(site, job);
  const tookMs = job.processed ? site.switches.bulkJobMs : 0;
  return {
    ...jobView(site, job),
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    contentUrl: `services/data/v${job.version}/jobs/ingest/${job.id}/batches`,
    jobType: 'V2Ingest',
    retries: 0,
    totalProcessingTime: tookMs,
    apiActiveProcessingTime: tookMs,
    apexProcessingTime: 0,
    numberRecordsProcessed: job.rows.filter((row) => row.done).length,
    numberRecordsFailed: job.rows.filter((row) => row.error !== null).length,
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  };
}
