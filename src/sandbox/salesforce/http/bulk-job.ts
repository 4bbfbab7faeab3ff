/** What ingest and query jobs share: reading the request, showing a job, lists. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import { DELIMITERS, LINE_ENDINGS, type CsvForm } from './csv.ts';
import { fault, jsonResponse } from './faults.ts';
import { stateOf, type Job } from './jobs.ts';
import type { SalesforceContext, Site } from './site.ts';
import type { JsonObject } from './body.ts';
import { dateTimeText } from './stamps.ts';

const JOB_PREFIX = '750';

function csvForm(body: JsonObject): {
  form: CsvForm;
  lineEnding: string;
  columnDelimiter: string;
} {
  const lineEnding = String(body.lineEnding ?? 'LF');
  const columnDelimiter = String(body.columnDelimiter ?? 'COMMA');
  const form = { delimiter: DELIMITERS[columnDelimiter], lineEnding: LINE_ENDINGS[lineEnding] };
  if (form.delimiter === undefined || form.lineEnding === undefined)
    throw fault(
      400,
      'INVALIDJOB',
      `InvalidJob : Unsupported lineEnding or columnDelimiter: ${lineEnding}, ${columnDelimiter}`,
    );
  if (body.contentType !== undefined && body.contentType !== 'CSV')
    throw fault(400, 'INVALIDJOB', 'InvalidJob : Unsupported content type: the only one is CSV');
  return {
    form: { delimiter: form.delimiter, lineEnding: form.lineEnding },
    lineEnding,
    columnDelimiter,
  };
}

/** Fields of a job that do not depend on its kind. */
export function newJob(
  site: Site,
  c: SalesforceContext,
  object: ObjectDefinition,
  operation: string,
  body: JsonObject,
  queued: boolean,
) {
  const nowMs = site.clock.nowMs();
  return {
    id: bulkId(JOB_PREFIX, site.org.id, site.jobs.nextNumber()),
    object: object.name,
    operation,
    createdById: c.get('user').id,
    createdMs: nowMs,
    modifiedMs: nowMs,
    version: c.get('version'),
    ...csvForm(body),
    ended: null,
    errorMessage: null,
    queuedWallMs: queued ? site.clock.wallMs() : null,
  };
}

/**
 * An id of the form other records of the org have: prefix, the org's
 * instance characters, a counter.
 */
export function bulkId(prefix: string, orgId: string, number: number): string {
  const short = `${prefix}${orgId.slice(3, 6)}${number.toString(36).toUpperCase().padStart(9, '0')}`;
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
  let check = '';
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) if (/[A-Z]/.test(short.charAt(block * 5 + i))) bits |= 1 << i;
    check += letters.charAt(bits);
  }
  return short + check;
}

/** The job of the address, of the right kind. */
export function jobOf<K extends Job['kind']>(
  site: Site,
  c: SalesforceContext,
  kind: K,
): Extract<Job, { kind: K }> {
  const job = site.jobs.get(c.req.param('id') ?? '');
  if (job === undefined || job.kind !== kind)
    throw fault(404, 'NOT_FOUND', 'The requested resource does not exist');
  return job as Extract<Job, { kind: K }>;
}

export function jobState(site: Site, job: Job): ReturnType<typeof stateOf> {
  return stateOf(job, site.clock.wallMs(), site.switches.bulkJobMs);
}

/** The keys every view of a job has. */
export function jobView(site: Site, job: Job): JsonObject {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: dateTimeText(job.createdMs),
    systemModstamp: dateTimeText(job.modifiedMs),
    state: jobState(site, job),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** `?jobType=V2Query&…`: all jobs of one kind, newest last. */
export function jobList(site: Site, kind: Job['kind'], show: (job: Job) => JsonObject): Response {
  const records = site.jobs
    .list()
    .filter((job) => job.kind === kind)
    .map(show);
  return jsonResponse({ done: true, nextRecordsUrl: null, records });
}
