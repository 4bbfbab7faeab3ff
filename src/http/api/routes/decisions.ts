import * as z from 'zod';
import { rejectPlan } from '../../../store/plan-view.ts';
import { EVERY_INTENT, filterOfPart } from '../../../store/plan-filter.ts';
import type { AppDeps, RunRequest } from '../deps.ts';
import { Problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import { requireRun } from '../shapes/run.ts';
import { part } from '../shapes/write.ts';

const partShape = z.object(part);

const started = z.object({ id: z.string(), started: z.boolean() });

/** The writes that a body names; null = all of them. */
function onlyOf(body: z.infer<typeof partShape>): RunRequest['only'] {
  const { object, partners, field, owner, name, minMove, firstWrite, signChange } = body;
  const named = {
    ...{ object: object ?? null, partners: partners ?? null, name: name ?? null },
    ...{ fields: field === undefined ? null : [field], ownerId: owner ?? null },
    ...{ minMove: minMove ?? null, firstWrite, signChange },
  };
  return Object.values(named).every((one) => one === null || one === false) ? null : named;
}

async function begin(
  deps: AppDeps,
  sourceId: string,
  request: Pick<RunRequest, 'kind' | 'dryRun' | 'only'>,
): Promise<{ id: string; started: boolean }> {
  const { database, run } = await requireRun(deps, sourceId);
  if (deps.startRun === undefined) throw noRunner();
  return await deps.startRun(database, run.connectionId, { ...request, sourceId, full: false });
}

export const noRunner = (): Problem =>
  new Problem(
    409,
    'NO_RUNNER',
    'this host starts no runs on request',
    'Start it with `headwater serve --connection <file>`, or use `headwater sync run`.',
  );

export const decisionRoutes: Route[] = [
  route({
    method: 'post',
    path: '/v1/runs/{id}/apply',
    summary: 'Write what a dry run planned, or a part of it, exactly as it was shown',
    scope: 'run',
    status: 202,
    body: z.strictObject(part),
    response: started,
    handle: async ({ deps, params, body }) => {
      const { run } = await requireRun(deps, params['id']!);
      if (!run.dryRun || run.kind === 'undo')
        throw new Problem(
          409,
          'NOT_A_PLAN',
          `run "${run.id}" is no plan that waits for an approval`,
          'Only what a dry run planned can be applied.',
        );
      return await begin(deps, run.id, { kind: 'apply', dryRun: false, only: onlyOf(body) });
    },
  }),
  route({
    method: 'post',
    path: '/v1/runs/{id}/undo',
    summary: 'Put back every field that a run wrote and that nobody changed since',
    scope: 'run',
    status: 202,
    body: z.strictObject({
      ...part,
      dryRun: z.boolean().default(false).describe('Only plan it: what would be restored'),
    }),
    response: started,
    handle: async ({ deps, params, body }) =>
      await begin(deps, params['id']!, {
        kind: 'undo',
        dryRun: body.dryRun,
        only: onlyOf(body),
      }),
  }),
  route({
    method: 'post',
    path: '/v1/runs/{id}/reject',
    summary: 'Turn a plan down, or a part of it: it cannot be applied any more',
    scope: 'run',
    body: z.strictObject(part),
    response: z.object({ fields: z.number() }),
    handle: async ({ deps, params, body, principal }) => {
      const { store, run } = await requireRun(deps, params['id']!);
      const only = onlyOf(body);
      const filter =
        only === null ? EVERY_INTENT : await filterOfPart(store, run.connectionId, only);
      const by = principal?.name ?? 'the API';
      return { fields: await rejectPlan(store, run, filter, by, deps.nowMs()) };
    },
  }),
];
