/** Jobs and batches of Bulk API 1.0, and how their states advance. */
import type { IngestRow } from '../http/jobs.ts';
import type { OrgQuery } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';

export type ContentType = 'CSV' | 'JSON' | 'XML';
export type BatchState = 'Queued' | 'InProgress' | 'Completed' | 'Failed' | 'NotProcessed';

export interface Batch {
  id: string;
  jobId: string;
  createdMs: number;
  modifiedMs: number;
  /** The body as it was sent. */
  text: string;
  queuedWallMs: number;
  /** Set once the work is done, or the job was aborted before. */
  ended: 'Completed' | 'Failed' | 'NotProcessed' | null;
  stateMessage: string | null;
  /** What became of the rows of a write; empty for a query. */
  header: string[];
  rows: IngestRow[];
  /** What a query found, and the id its result is fetched by. */
  query: OrgQuery | null;
  resultId: string | null;
}

export interface BulkJob {
  id: string;
  object: string;
  operation: string;
  externalIdFieldName: string | null;
  contentType: ContentType;
  concurrencyMode: string;
  createdById: string;
  createdMs: number;
  modifiedMs: number;
  version: string;
  state: 'Open' | 'Closed' | 'Aborted';
  batches: Batch[];
}

/** Jobs are kept for seven days. */
const LIFESPAN_MS = 7 * 86_400_000;
const jobs = new WeakMap<SandboxOrg, Map<string, BulkJob>>();

export function keepJob(org: SandboxOrg, job: BulkJob): void {
  const known = jobs.get(org) ?? new Map<string, BulkJob>();
  known.set(job.id.slice(0, 15), job);
  jobs.set(org, known);
}

/** The job of an id of 15 or 18 characters. */
export function findJob(org: SandboxOrg, id: string, nowMs: number): BulkJob | undefined {
  const job = jobs.get(org)?.get(id.slice(0, 15));
  return job !== undefined && nowMs - job.createdMs <= LIFESPAN_MS ? job : undefined;
}

export const isQuery = (job: BulkJob): boolean =>
  job.operation === 'query' || job.operation === 'queryAll';

/** Where a batch stands when its work takes `batchMs`: a third of it waiting, the rest working. */
export function batchState(batch: Batch, wallMs: number, batchMs: number): BatchState {
  if (batch.ended !== null) return batch.ended;
  return wallMs - batch.queuedWallMs < batchMs / 3 ? 'Queued' : 'InProgress';
}
