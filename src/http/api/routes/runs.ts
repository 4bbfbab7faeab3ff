import * as z from 'zod';
import { findRun, listRuns, listSteps, type Run } from '../../../store/runs.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';

const MAX_RUNS = 200;
const time = z.string().nullable();
const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

const runShape = z.object({
  id: z.string(),
  connection: z.string(),
  database: z.string(),
  kind: z.string(),
  state: z.string(),
  dryRun: z.boolean(),
  full: z.boolean(),
  startedAt: time,
  endedAt: time,
  asOf: time,
  resumesAt: time,
  mapping: z.string().nullable(),
  model: z.string().nullable(),
  calls: z.number(),
  error: z.string().nullable(),
});
const step = z.object({
  name: z.string(),
  state: z.string(),
  startedAt: time,
  endedAt: time,
  calls: z.number(),
  result: z.unknown(),
});

const shown = (run: Run, database: string): z.infer<typeof runShape> => ({
  id: run.id,
  connection: run.connectionId,
  database,
  kind: run.kind,
  state: run.state,
  dryRun: run.dryRun,
  full: run.full,
  startedAt: iso(run.startedMs),
  endedAt: iso(run.endedMs),
  asOf: iso(run.asOfMs),
  resumesAt: iso(run.resumeAtMs),
  mapping: run.mapping,
  model: run.model,
  calls: run.calls,
  error: run.error,
});

export const runRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/runs',
    summary: 'Runs, newest first',
    scope: 'read',
    query: z.strictObject({
      connection: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(MAX_RUNS).default(20),
    }),
    response: z.object({ runs: z.array(runShape) }),
    handle: async ({ deps, query }) => {
      const all: { run: Run; database: string }[] = [];
      for (const [database, store] of deps.stores)
        all.push(
          ...(await listRuns(store, query.limit, query.connection)).map((run) => ({
            run,
            database,
          })),
        );
      return {
        runs: all
          .sort((a, b) => b.run.startedMs - a.run.startedMs)
          .slice(0, query.limit)
          .map(({ run, database }) => shown(run, database)),
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/runs/{id}',
    summary: 'One run with its steps and its summary',
    scope: 'read',
    response: z.object({
      run: runShape,
      steps: z.array(step),
      summary: z.record(z.string(), z.unknown()).nullable(),
    }),
    handle: async ({ deps, params }) => {
      for (const [database, store] of deps.stores) {
        const run = await findRun(store, params['id']!);
        if (run === null) continue;
        const steps = (await listSteps(store, run.id)).map((one) => ({
          name: one.name,
          state: one.state,
          startedAt: iso(one.startedMs),
          endedAt: iso(one.endedMs),
          calls: one.calls,
          result: one.result,
        }));
        return { run: shown(run, database), steps, summary: run.summary };
      }
      throw new Problem(404, 'NO_RUN', `there is no run "${params['id']}"`);
    },
  }),
  route({
    method: 'post',
    path: '/v1/connections/{id}/runs',
    summary: 'Start a run now',
    scope: 'run',
    status: 202,
    body: z.strictObject({
      dryRun: z.boolean().default(false).describe('Plan everything, write nothing'),
      full: z.boolean().default(false).describe('Read everything instead of what changed'),
    }),
    response: z.object({
      id: z.string(),
      started: z.boolean().describe('false: this run was started a moment ago'),
    }),
    handle: async ({ deps, params, body }) => {
      const { database } = await requirePlace(deps, params['id']!);
      if (deps.startRun === undefined)
        throw new Problem(
          409,
          'NO_RUNNER',
          'this host starts no runs on request',
          'Use `headwater sync run`.',
        );
      return await deps.startRun(database, params['id']!, body);
    },
  }),
];
