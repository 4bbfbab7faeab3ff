/** Deployments and retrievals under way, by the ids their callers poll with. */
import type { SandboxOrg } from '../org.ts';
import type { DeployOptions, DeployOutcome } from './deploy.ts';
import type { Retrieved } from './retrieve.ts';
import { storeOf } from './store.ts';

export interface DeployJob {
  kind: 'deploy';
  id: string;
  userId: string;
  startedMs: number;
  doneMs: number;
  doneWallMs: number;
  options: DeployOptions;
  asked: Record<string, unknown>;
  zipFile: Uint8Array;
  outcome: DeployOutcome;
}
interface RetrieveJob {
  kind: 'retrieve';
  id: string;
  userId: string;
  doneWallMs: number;
  retrieved: Retrieved;
}
export type MetadataJob = DeployJob | RetrieveJob;

const PREFIX = { deploy: '0Af', retrieve: '09S' } as const;
const jobs = new WeakMap<SandboxOrg, Map<string, MetadataJob>>();

function jobsOf(org: SandboxOrg): Map<string, MetadataJob> {
  let known = jobs.get(org);
  if (known === undefined) {
    known = new Map();
    jobs.set(org, known);
  }
  return known;
}

export function newJobId(org: SandboxOrg, kind: MetadataJob['kind']): string {
  return storeOf(org).ids.next(PREFIX[kind]);
}

export function keepJob(org: SandboxOrg, job: MetadataJob): void {
  jobsOf(org).set(job.id.slice(0, 15), job);
}

/** The job of an id of 15 or 18 characters. */
export function findJob<K extends MetadataJob['kind']>(
  org: SandboxOrg,
  kind: K,
  id: string,
): Extract<MetadataJob, { kind: K }> | null {
  const job = jobsOf(org).get(id.slice(0, 15));
  return job?.kind === kind ? (job as Extract<MetadataJob, { kind: K }>) : null;
}
