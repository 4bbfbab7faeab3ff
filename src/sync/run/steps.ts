import { asHeadwaterError } from '../../model/error.ts';
import { listSteps, saveStep } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { Progress } from './context.ts';

/**
 * A run is a sequence of named steps. A step's result is plain JSON (counts, ids to go on from),
 * and everything between steps follows from results alone, so a run can be taken up by another
 * process: steps that are done answer what they answered, and the first open one runs.
 */
export interface Steps {
  /** `name` is unique in the run. */
  run<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Steps recorded in the store (Node). Calls of a step are those the session made meanwhile. */
export async function recordedSteps(
  store: Store,
  runId: string,
  calls: () => number,
  nowMs: () => number,
  progress: (event: Progress) => void,
): Promise<Steps> {
  const known = await listSteps(store, runId);
  const done = new Map(
    known.filter((step) => step.state === 'done').map((step) => [step.name, step.result]),
  );
  let seq = known.length;
  return {
    async run<T>(name: string, work: () => Promise<T>): Promise<T> {
      if (done.has(name)) return done.get(name) as T;
      const step = {
        runId,
        seq: seq++,
        name,
        state: 'running' as const,
        startedMs: nowMs(),
        endedMs: null,
        calls: 0,
        result: null,
      };
      const before = calls();
      await saveStep(store, step);
      progress({ kind: 'step', runId, step: name, state: 'started' });
      try {
        const result = await work();
        await saveStep(store, {
          ...step,
          state: 'done',
          endedMs: nowMs(),
          calls: calls() - before,
          result,
        });
        progress({
          kind: 'step',
          runId,
          step: name,
          state: 'done',
          result,
          elapsedMs: nowMs() - step.startedMs,
          calls: calls() - before,
        });
        return result;
      } catch (error) {
        const known = asHeadwaterError(error);
        // The store may be what failed; the error of the work is reported in any case.
        await saveStep(store, {
          ...step,
          state: 'failed',
          endedMs: nowMs(),
          calls: calls() - before,
          result: { kind: known.kind, message: known.message },
        }).catch(() => {});
        progress({
          kind: 'step',
          runId,
          step: name,
          state: 'failed',
          elapsedMs: nowMs() - step.startedMs,
        });
        throw known;
      }
    },
  };
}

/** Runs `work` as `name #1`, `name #2`, … until a result says it was the last. */
export async function runUntilDone<T extends { done: boolean }>(
  steps: Steps,
  name: string,
  work: (previous: T | null) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  for (let n = 1; results.at(-1)?.done !== true; n++)
    results.push(await steps.run(`${name} #${n}`, () => work(results.at(-1) ?? null)));
  return results;
}
