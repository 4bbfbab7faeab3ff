import type { AppDeps, RunRequest } from '../../http/api/deps.ts';
import { listBundleIds, pushBundle, readBundle } from '../../store/bundles.ts';
import { openD1Store } from '../../store/d1.ts';
import { releaseLease } from '../../store/lease.ts';
import { saveRun } from '../../store/runs.ts';
import { databaseOf, databasesOf, workflowOf, type WorkerEnv } from './env.ts';
import { instanceIdOf, startInstance } from './schedule.ts';

/** What the API may ask of this deployment: runs are instances, documents are in the database. */
export function requestsOf(
  env: WorkerEnv,
  nowMs: () => number,
): Required<Pick<AppDeps, 'startRun' | 'stopRun' | 'documents'>> {
  return {
    startRun: async (database, connectionId, request) => {
      const id = instanceIdOf(connectionId, nowMs(), instanceKind(request));
      const { kind, sourceId, only, dryRun, full } = request;
      const input = { connectionId, database, runId: id, dryRun, full, part: 1 };
      return {
        id,
        started: await startInstance(
          env,
          id,
          kind === 'sync' || sourceId === null
            ? input
            : { ...input, replan: { kind, sourceId, only } },
        ),
      };
    },
    stopRun: async (database, run) => {
      const instance = await workflowOf(env).get(run.id);
      await instance.terminate();
      // What is still on its way to the database breaks at the fence.
      const store = openD1Store(databaseOf(env, database));
      await releaseLease(store, run.connectionId);
      await saveRun(store, {
        ...run,
        state: 'stopped',
        endedMs: nowMs(),
        error: 'stopped on request: what it has read is kept, and the next run goes on from there',
      });
      return true;
    },
    documents: {
      list: async () => {
        const all = [];
        for (const binding of databasesOf(env).values()) {
          const store = openD1Store(binding);
          for (const id of await listBundleIds(store)) {
            const bundle = await readBundle(store, id);
            if (bundle !== null) all.push(bundle.connection);
          }
        }
        return all;
      },
      setShadow: async (database, connectionId, shadow) => {
        const store = openD1Store(databaseOf(env, database));
        const bundle = await readBundle(store, connectionId);
        if (bundle !== null)
          await pushBundle(store, { ...bundle.connection, shadow }, bundle.mapping, nowMs());
      },
      mapping: async (database, connectionId) => {
        const bundle = await readBundle(openD1Store(databaseOf(env, database)), connectionId);
        return bundle === null ? null : { text: bundle.mapping, kind: 'pushed', place: database };
      },
      setMapping: async (database, connectionId, text) => {
        const store = openD1Store(databaseOf(env, database));
        const bundle = await readBundle(store, connectionId);
        if (bundle !== null) await pushBundle(store, bundle.connection, text, nowMs());
      },
    },
  };
}

function instanceKind({ kind, dryRun, full }: RunRequest): Parameters<typeof instanceIdOf>[2] {
  if (kind !== 'sync') return dryRun ? 'dry' : kind;
  return dryRun ? 'dry' : full ? 'audit' : 'manual';
}
