import { asHeadwaterError } from '../model/error.ts';
import { saveStep } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Progress } from './context.ts';

export interface StepRunner {
  /** Runs `work` as a named step of the run: its start, end, calls and counts are recorded whatever happens. */
  run<T>(name: string, work: () => Promise<T>, summarize?: (result: T) => unknown): Promise<T>;
}

/** Steps are numbered in the order they ran; a step's result holds counts only, so that it fits any log. */
export function createSteps(store: Store, runId: string, calls: () => number, nowMs: () => number, progress: (event: Progress) => void): StepRunner {
  let seq = 0;
  return {
    async run(name, work, summarize) {
      const step = { runId, seq: seq++, name, state: 'running' as const, startedMs: nowMs(), endedMs: null, calls: 0, result: null };
      const before = calls();
      await saveStep(store, step);
      progress({ kind: 'step', step: name, state: 'started' });
      try {
        const result = await work();
        const shown = summarize ? summarize(result) : result;
        await saveStep(store, { ...step, state: 'done', endedMs: nowMs(), calls: calls() - before, result: shown });
        progress({ kind: 'step', step: name, state: 'done', result: shown, elapsedMs: nowMs() - step.startedMs, calls: calls() - before });
        return result;
      } catch (error) {
        const known = asHeadwaterError(error);
        await saveStep(store, { ...step, state: 'failed', endedMs: nowMs(), calls: calls() - before, result: { kind: known.kind, message: known.message } });
        progress({ kind: 'step', step: name, state: 'failed', elapsedMs: nowMs() - step.startedMs });
        throw known;
      }
    },
  };
}
