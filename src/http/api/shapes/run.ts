import * as z from 'zod';
import type { RunHead } from '../../../store/run-list.ts';
import { findRun, type Run } from '../../../store/runs.ts';
import type { AppDeps } from '../deps.ts';
import type { Place } from '../places.ts';
import { Problem } from '../problem.ts';
import { iso, time } from './common.ts';

export const runShape = z.object({
  id: z.string(),
  connection: z.string(),
  database: z.string(),
  kind: z.enum(['sync', 'apply', 'undo']),
  state: z.enum(['running', 'done', 'failed', 'paused-budget', 'abandoned', 'stopped']),
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
  undoes: z.string().nullable().describe('The run whose writes this one took back'),
});

export const shownRun = (run: RunHead, database: string): z.infer<typeof runShape> => ({
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
  undoes: run.undoes,
});

/** A run and where it is kept. Errors: 404. */
export async function requireRun(deps: AppDeps, id: string): Promise<Place & { run: Run }> {
  for (const [database, store] of deps.stores) {
    const run = await findRun(store, id);
    if (run !== null) return { database, store, run };
  }
  throw new Problem(404, 'NO_RUN', `there is no run "${id}"`);
}
