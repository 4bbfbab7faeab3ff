/** Bulk 2.0 query jobs. */
import type { Hono } from 'hono';
import type { Cell, OrgQuery, QueriedRecord } from '../org-types.ts';
import { readJsonObject } from './body.ts';
import { jobList, jobOf, jobState, jobView, newJob } from './bulk-job.ts';
import { csvLine, type CsvForm } from './csv.ts';
import { fault, jsonResponse, noContent } from './faults.ts';
import type { Job, QueryJob } from './jobs.ts';
import { objectOf } from './save.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';
import { bulkDateTimeText } from './stamps.ts';

/** Rows whose text is measured; the volume of a larger result is estimated from them. */
const MEASURED_ROWS = 200;
const PAGES_AT_ONCE = 5;
/** Result pages for parallel download came with this version. */
const RESULT_PAGES_FROM = 58;

export function mountBulkQuery(app: Hono<SalesforceEnv>, site: Site): void {
  const jobs = '/services/data/:version/jobs/query';
  app.post(jobs, async (c) => {
    const body = await readJsonObject(c.req.raw);
    const operation = String(body.operation ?? '');
    const soql = String(body.query ?? '');
    if (operation !== 'query' && operation !== 'queryAll')
      throw fault(400, 'INVALIDJOB', `InvalidJob : Unsupported operation ${operation}`);
    refuseSpent(site);
    refuseUnsupported(soql);
    const query = site.org.query(c.get('user'), soql, operation === 'queryAll');
    refuseColumns(query);
    const job: QueryJob = {
      kind: 'query',
      ...newJob(site, c, objectOf(site.org, query.object), operation, body, true),
      query,
      soql,
    };
    site.jobs.add(job);
    site.bulk.jobs.use(1);
    site.bulk.bytes.use(resultBytes(job));
    return jsonResponse(jobView(site, job));
  });
  app.get(jobs, () => jobList(site, 'query', (job) => view(site, job)));
  app.get(`${jobs}/:id`, (c) => jsonResponse(view(site, jobOf(site, c, 'query'))));
  app.patch(`${jobs}/:id`, async (c) => {
    const job = jobOf(site, c, 'query');
    if ((await readJsonObject(c.req.raw)).state !== 'Aborted')
      throw fault(
        400,
        'INVALIDJOBSTATE',
        'InvalidJobState : a query job can only be set to Aborted',
      );
    if (jobState(site, job) === 'JobComplete')
      throw fault(400, 'INVALIDJOBSTATE', 'InvalidJobState : the job is complete');
    job.ended = 'Aborted';
    job.modifiedMs = site.clock.nowMs();
    return jsonResponse(jobView(site, job));
  });
  app.delete(`${jobs}/:id`, (c) => {
    const job = jobOf(site, c, 'query');
    if (!['JobComplete', 'Aborted', 'Failed'].includes(jobState(site, job)))
      throw fault(400, 'INVALIDJOBSTATE', 'InvalidJobState : the job is still being worked on');
    site.jobs.remove(job.id);
    return noContent();
  });
  app.get(`${jobs}/:id/results`, (c) => results(site, c));
  app.get(`${jobs}/:id/resultPages`, (c) => resultPages(site, c));
}

function view(site: Site, job: Job): Record<string, unknown> {
  const complete = jobState(site, job) === 'JobComplete' && job.kind === 'query';
  return {
    ...jobView(site, job),
    jobType: 'V2Query',
    numberRecordsProcessed: complete ? job.query.totalSize : 0,
    retries: 0,
    totalProcessingTime: complete ? site.switches.bulkJobMs : 0,
    isPkChunkingSupported: true,
  };
}

/**
 * A job is refused once either allocation of the last 24 hours is used up; the one that
 * goes over it is still done.
 */
function refuseSpent(site: Site): void {
  const { jobs, bytes } = site.bulk;
  if (jobs.used() >= jobs.limit)
    throw fault(400, 'EXCEEDED_QUOTA', 'ExceededQuota : the daily limit of query jobs is reached');
  if (bytes.used() >= bytes.limit)
    throw fault(
      400,
      'EXCEEDED_QUOTA',
      'ExceededQuota : the daily limit of query results is reached',
    );
}

/**
 * Size of the whole result as CSV; it counts when it is generated, whether
 * anybody fetches it or not.
 */
function resultBytes({ query, form }: QueryJob): number {
  const rows = Math.min(query.totalSize, MEASURED_ROWS);
  return rows === 0
    ? 0
    : Math.ceil(
        (Buffer.byteLength(queryCsv(query, form, query.slice(0, rows))) / rows) * query.totalSize,
      );
}

const REFUSED: [RegExp, string][] = [
  [/\bgroup\s+by\b/i, 'GROUP BY'],
  [/\boffset\s+\d/i, 'OFFSET'],
  [/\btypeof\s/i, 'TYPEOF'],
];

/** Words of a statement that Bulk refuses; text inside quotes does not count. */
export function refuseUnsupported(soql: string): void {
  const bare = soql.replace(/'(?:\\.|[^'\\])*'/g, "''");
  for (const [pattern, what] of REFUSED) if (pattern.test(bare)) throw unsupported(what);
}

/** The same for columns that Bulk cannot write as cells. */
export function refuseColumns(query: OrgQuery): void {
  if (query.hasChildren) throw unsupported('Child relationship query');
  for (const column of query.columns()) {
    if (column.aggregate) throw unsupported('Aggregate function');
    if (column.type === 'address' || column.type === 'location')
      throw unsupported(`Compound field ${column.name}`);
  }
  // COUNT() is an aggregate without a column.
  if (query.columns().length === 0) throw unsupported('Aggregate function');
}

function unsupported(what: string): Error {
  return fault(400, 'API_ERROR', `${what} not supported in Bulk V2 Query`);
}

/** The job with its results ready, and the same API version it was made with. */
function ready(site: Site, c: SalesforceContext): QueryJob {
  const job = jobOf(site, c, 'query');
  if (c.get('version') !== job.version)
    throw fault(
      409,
      'API_VERSION_MISMATCH',
      `The job was created with API version ${job.version}; use the same version to get its results`,
    );
  if (jobState(site, job) !== 'JobComplete')
    throw fault(
      400,
      'INVALIDJOBSTATE',
      `InvalidJobState : the job is ${jobState(site, job)}, results are there when it is JobComplete`,
    );
  return job;
}

function pageRows(site: Site, c: SalesforceContext): number {
  const asked = c.req.query('maxRecords');
  const rows = asked === undefined ? site.switches.bulkPageRows : Number(asked);
  if (!Number.isInteger(rows) || rows < 1)
    throw fault(400, 'INVALID_FIELD', `maxRecords must be a whole number above 0: ${asked}`);
  return rows;
}

/** Locators are opaque to clients; ours hold the offset. */
const locator = (offset: number): string =>
  Buffer.from(String(offset)).toString('base64').replace(/=+$/, '');

function offsetOf(text: string | undefined): number {
  if (text === undefined) return 0;
  const offset = Buffer.from(text, 'base64').toString('utf8');
  if (!/^\d+$/.test(offset))
    throw fault(
      400,
      'INVALID_QUERY_LOCATOR',
      'InvalidQueryLocator : the locator is not one of this job',
    );
  return Number(offset);
}

function results(site: Site, c: SalesforceContext): Response {
  const job = ready(site, c);
  const from = offsetOf(c.req.query('locator'));
  const until = Math.min(job.query.totalSize, from + pageRows(site, c));
  const records = job.query.slice(from, until);
  const next = until < job.query.totalSize ? locator(until) : 'null';
  return new Response(queryCsv(job.query, job.form, records), {
    headers: {
      'content-type': 'text/csv',
      'sforce-locator': next,
      'sforce-numberofrecords': String(records.length),
    },
  });
}

function resultPages(site: Site, c: SalesforceContext): Response {
  if (Number(c.get('version')) < RESULT_PAGES_FROM)
    throw fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  const job = ready(site, c);
  const rows = pageRows(site, c);
  const start = offsetOf(c.req.query('locator'));
  const starts = [];
  for (
    let offset = start;
    offset < job.query.totalSize && starts.length < PAGES_AT_ONCE;
    offset += rows
  )
    starts.push(offset);
  const url = `${base(c)}/jobs/query/${job.id}`;
  const asked = c.req.query('maxRecords') === undefined ? '' : `&maxRecords=${rows}`;
  const nextStart = start + starts.length * rows;
  const done = nextStart >= job.query.totalSize;
  return jsonResponse({
    resultPages: starts.map((offset) => ({
      resultUrl: `${url}/results?locator=${locator(offset)}${asked}`,
    })),
    nextRecordsUrl: done ? null : `${url}/resultPages?locator=${locator(nextStart)}${asked}`,
    done,
  });
}

/** Records as CSV, parents flattened to their paths. */
export function queryCsv(query: OrgQuery, form: CsvForm, records: QueriedRecord[]): string {
  const paths = query.columns().map((column) => column.name);
  const dateTimes = new Set(
    query
      .columns()
      .filter((column) => column.type === 'datetime')
      .map((column) => column.name),
  );
  const lines = [csvLine(paths, form)];
  for (const record of records) lines.push(csvLine(cells(record, paths, dateTimes), form));
  return lines.join('');
}

/** A row in the order of the columns; parents are flattened to their paths. */
function cells(record: QueriedRecord, paths: string[], dateTimes: Set<string>): Cell[] {
  const flat = new Map<string, Cell>();
  flatten(record, '', flat);
  return paths.map((path) => {
    const value = flat.get(path) ?? null;
    return typeof value === 'number' && dateTimes.has(path) ? bulkDateTimeText(value) : value;
  });
}

function flatten(record: QueriedRecord, prefix: string, into: Map<string, Cell>): void {
  for (const [name, value] of record.values) {
    if (value === null || typeof value !== 'object') into.set(prefix + name, value);
    else if ('type' in value) flatten(value, `${prefix}${name}.`, into);
  }
}
