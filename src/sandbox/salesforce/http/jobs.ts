/** Bulk 2.0 jobs and how their states advance. */
import type { OrgQuery, SalesforceFault } from '../org-types.ts';
import type { CsvForm } from './csv.ts';

export type JobState =
  | 'Open'
  | 'UploadComplete'
  | 'InProgress'
  | 'JobComplete'
  | 'Failed'
  | 'Aborted';

interface JobBase {
  id: string;
  object: string;
  operation: string;
  createdById: string;
  createdMs: number;
  modifiedMs: number;
  version: string;
  lineEnding: string;
  columnDelimiter: string;
  form: CsvForm;
  /** Set once the job has left the clock's hands. */
  ended: 'Aborted' | 'Failed' | null;
  errorMessage: string | null;
  /** Wall ms at which the server took the job; null while it is open. */
  queuedWallMs: number | null;
}

export interface QueryJob extends JobBase {
  kind: 'query';
  query: OrgQuery;
  soql: string;
}

/** One row of an ingest job after processing; `error` is the cell that tells of its faults. */
export interface IngestRow {
  cells: string[];
  id: string | null;
  created: boolean;
  error: string | null;
  faults: SalesforceFault[];
  done: boolean;
}
export interface IngestJob extends JobBase {
  kind: 'ingest';
  externalIdFieldName: string | null;
  assignmentRuleId: string | null;
  text: string | null;
  header: string[];
  rows: IngestRow[];
  processed: boolean;
}

export type Job = QueryJob | IngestJob;

/** Jobs and their results are kept for seven days. */
const LIFESPAN_MS = 7 * 86_400_000;

export class JobStore {
  readonly #jobs = new Map<string, Job>();
  readonly #nowMs: () => number;
  #made = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The number the id of the next job is made from. */
  nextNumber(): number {
    this.#made += 1;
    return this.#made;
  }

  add(job: Job): void {
    this.#jobs.set(job.id, job);
  }

  get(id: string): Job | undefined {
    const job = this.#jobs.get(id) ?? this.list().find((one) => one.id.slice(0, 15) === id);
    if (job !== undefined && this.#nowMs() - job.createdMs > LIFESPAN_MS) {
      this.#jobs.delete(job.id);
      return undefined;
    }
    return job;
  }

  remove(id: string): void {
    this.#jobs.delete(id);
  }

  /** Oldest first. */
  list(): Job[] {
    return [...this.#jobs.values()];
  }

  clear(): void {
    this.#jobs.clear();
  }
}

/**
 * Where a job stands at `wallMs` when the whole work takes `jobMs`: a third of it
 * waiting, the rest working.
 */
export function stateOf(job: Job, wallMs: number, jobMs: number): JobState {
  if (job.ended !== null) return job.ended;
  if (job.queuedWallMs === null) return 'Open';
  const elapsed = wallMs - job.queuedWallMs;
  if (elapsed < jobMs / 3) return 'UploadComplete';
  return elapsed < jobMs ? 'InProgress' : 'JobComplete';
}
