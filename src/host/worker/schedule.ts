import { asHeadwaterError, HeadwaterError } from '../../model/error.ts';
import { listBundleIds } from '../../store/bundles.ts';
import { openD1Store } from '../../store/d1.ts';
import { contentHash } from '../../model/canonical.ts';
import { AUDIT_CRON, databasesOf, workflowOf, type WorkerEnv } from './env.ts';
import type { JourneyInput } from './instance.ts';
import { CREATE_BATCH, INSTANCE_ID_CHARS } from './limits.ts';

/** Leaves room for the stamp, the kind and the number of a successor. */
const CONNECTION_CHARS = INSTANCE_ID_CHARS - '-20261116T0900-manual-p200'.length;

/**
 * The same connection, minute and kind always give the same id, so a tick that is delivered
 * twice starts nothing twice.
 */
export function instanceIdOf(
  connectionId: string,
  atMs: number,
  kind: 'sync' | 'audit' | 'dry' | 'manual' | 'apply' | 'undo',
): string {
  const cut =
    connectionId.length <= CONNECTION_CHARS
      ? connectionId
      : `${connectionId.slice(0, CONNECTION_CHARS - 9)}-${contentHash(connectionId).slice(0, 8)}`;
  return `${cut}-${new Date(atMs).toISOString().slice(0, 16).replace(/[-:]/g, '')}-${kind}`;
}

/**
 * One tick of the cron: an instance for every connection of every database. Returns the
 * ids that were started now.
 */
export async function onSchedule(
  env: WorkerEnv,
  cron: string,
  scheduledMs: number,
): Promise<string[]> {
  const full = cron === AUDIT_CRON;
  const wanted: { id: string; params: JourneyInput }[] = [];
  const broken: string[] = [];
  for (const [database, binding] of databasesOf(env)) {
    try {
      for (const connectionId of await listBundleIds(openD1Store(binding))) {
        const id = instanceIdOf(connectionId, scheduledMs, full ? 'audit' : 'sync');
        wanted.push({
          id,
          params: { connectionId, database, runId: id, dryRun: false, full, part: 1 },
        });
      }
    } catch (error) {
      // One database that is down or not migrated must not stop the others.
      broken.push(`${database}: ${asHeadwaterError(error).message}`);
    }
  }
  const workflow = workflowOf(env);
  const started: string[] = [];
  for (let from = 0; from < wanted.length; from += CREATE_BATCH) {
    // Instances that exist already are left out of the answer.
    started.push(
      ...(await workflow.createBatch(wanted.slice(from, from + CREATE_BATCH))).map(
        (instance) => instance.id,
      ),
    );
  }
  if (broken.length > 0)
    throw new HeadwaterError(
      'config',
      `started ${started.length} of ${wanted.length} runs; ${broken.join('; ')}`,
      { code: 'SCHEDULE' },
    );
  return started;
}

/** Starts one instance; false when it exists already. */
export async function startInstance(
  env: WorkerEnv,
  id: string,
  params: JourneyInput,
): Promise<boolean> {
  return (await workflowOf(env).createBatch([{ id, params }])).length > 0;
}
