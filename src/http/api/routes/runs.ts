import * as z from 'zod';
import { failureGroups } from '../../../store/run-failures.ts';
import { runHeads, type RunHead } from '../../../store/run-list.ts';
import { listSteps } from '../../../store/runs.ts';
import { requirePlace } from '../places.ts';
import { Problem } from '../problem.ts';
import { listWithin } from '../auth/reach.ts';
import { route, type Route } from '../route.ts';
import { iso, next, pageOf, paging, skipOf, time } from '../shapes/common.ts';
import { requireRun, runShape, shownRun } from '../shapes/run.ts';
import { noRunner } from './decisions.ts';
import { DAY_MS } from '../../../model/time.ts';

const failureGroup = z.object({
  kind: z
    .enum(['config', 'auth', 'limit', 'transient', 'rejected', 'bug'])
    .nullable()
    .describe('What the engine does about it; null = its process died'),
  code: z.string().nullable(),
  message: z.string().describe('The words of the last of them'),
  cure: z.string().nullable(),
  runs: z.number(),
  lastRun: z.string(),
  lastAt: time,
});

const step = z.object({
  name: z.string(),
  state: z.string(),
  startedAt: time,
  endedAt: time,
  calls: z.number(),
  result: z.unknown(),
});

export const runRoutes: Route[] = [
  route({
    method: 'get',
    path: '/v1/runs',
    summary: 'Runs, newest first',
    scope: 'read',
    within: listWithin('runs', 'connection'),
    query: z.strictObject({
      ...paging,
      limit: paging.limit.default(20),
      connection: z.string().optional(),
      kind: runShape.shape.kind.optional(),
      state: runShape.shape.state.optional(),
      dryRun: z.enum(['true', 'false']).optional(),
    }),
    response: z.object({ runs: z.array(runShape), next }),
    handle: async ({ deps, query }) => {
      const skip = skipOf(query.after);
      const wanted = {
        ...(query.connection === undefined ? {} : { connectionId: query.connection }),
        ...(query.kind === undefined ? {} : { kind: query.kind }),
        ...(query.state === undefined ? {} : { state: query.state }),
        ...(query.dryRun === undefined ? {} : { dryRun: query.dryRun === 'true' }),
      };
      // Of several databases each may hold the whole page; a single one skips by itself.
      const inside = deps.stores.size === 1 ? skip : 0;
      const all: { run: RunHead; database: string }[] = [];
      for (const [database, store] of deps.stores) {
        const end = skip + query.limit + 1;
        const own = await runHeads(store, wanted, { skip: inside, limit: end - inside });
        all.push(...own.map((run) => ({ run, database })));
      }
      all.sort((a, b) => b.run.startedMs - a.run.startedMs);
      const page = pageOf(all.slice(skip - inside), query);
      return {
        runs: page.rows.map(({ run, database }) => shownRun(run, database)),
        next: page.next,
      };
    },
  }),
  route({
    method: 'get',
    path: '/v1/connections/{id}/run-failures',
    summary: 'Why runs ended early, by reason, with how often and what can be done about it',
    scope: 'read',
    query: z.strictObject({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    response: z.object({ failures: z.array(failureGroup) }),
    handle: async ({ deps, params, query }) => {
      const { store } = await requirePlace(deps, params['id']!);
      const sinceMs = deps.nowMs() - query.days * DAY_MS;
      const found = await failureGroups(store, params['id']!, sinceMs);
      return { failures: found.map(({ lastMs, ...one }) => ({ ...one, lastAt: iso(lastMs) })) };
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
      const { database, store, run } = await requireRun(deps, params['id']!);
      const steps = (await listSteps(store, run.id)).map((one) => ({
        name: one.name,
        state: one.state,
        startedAt: iso(one.startedMs),
        endedAt: iso(one.endedMs),
        calls: one.calls,
        result: one.result,
      }));
      return { run: shownRun(run, database), steps, summary: run.summary };
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
      if (deps.startRun === undefined) throw noRunner();
      return await deps.startRun(database, params['id']!, {
        kind: 'sync',
        ...body,
        sourceId: null,
        only: null,
      });
    },
  }),
  route({
    method: 'post',
    path: '/v1/runs/{id}/stop',
    summary: 'Ask a run to end after the step that it is in; what it has read is kept',
    scope: 'run',
    status: 202,
    body: z.strictObject({}),
    response: z.object({ id: z.string() }),
    handle: async ({ deps, params }) => {
      const { database, run } = await requireRun(deps, params['id']!);
      if (run.state !== 'running' && run.state !== 'paused-budget')
        throw new Problem(409, 'ENDED', `run "${run.id}" has ended already`);
      if (deps.stopRun === undefined || !(await deps.stopRun(database, run)))
        throw new Problem(
          409,
          'NOT_OURS',
          `run "${run.id}" is at work in another process`,
          'Stop it where it was started, with Ctrl-C or SIGTERM.',
        );
      return { id: run.id };
    },
  }),
];
