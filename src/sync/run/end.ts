import type { ErrorKind, HeadwaterError } from '../../model/error.ts';
import { saveRun, type Run } from '../../store/runs.ts';
import { dropScratch } from '../../store/scratch.ts';
import type { Store } from '../../store/store.ts';
import type { SyncSummary } from './flow.ts';
import { STOPPED } from './stop.ts';

/** What ended a run before its time, as plain JSON: it outlives the process that met it. */
export interface RunFailure {
  kind: ErrorKind;
  code: string | null;
  message: string;
  cure: string | null;
  /** When the same call may be made again; null = not said. */
  retryAtMs: number | null;
}

export const failureOf = (error: HeadwaterError): RunFailure => ({
  kind: error.kind,
  code: error.code ?? null,
  message: error.message,
  cure: error.cure ?? null,
  retryAtMs: error.retryAtMs ?? null,
});

const stateAfter = ({ code, kind }: RunFailure): Run['state'] =>
  code === STOPPED ? 'stopped' : kind === 'limit' ? 'paused-budget' : 'failed';

/** How a run ended: null = it did all that it had to do. */
interface RunEnd {
  failure: RunFailure | null;
  calls: number;
  endedMs: number;
}

/**
 * Records how a run ended, and what of it is said: the one end of every run, on every host. Of one
 * that failed what it laid aside stays, for the run that takes it up.
 */
export async function endRun(
  store: Store,
  run: Run,
  summary: SyncSummary,
  { failure, calls, endedMs }: RunEnd,
): Promise<Run> {
  if (failure === null) await store.batch(dropScratch(store, run.id));
  else {
    const { kind, code, cure } = failure;
    summary.failure = { kind, code, cure };
  }
  const ended: Run = {
    ...run,
    ...(failure === null
      ? { state: 'done' }
      : {
          state: stateAfter(failure),
          error: failure.message,
          resumeAtMs: failure.retryAtMs,
        }),
    asOfMs: summary.asOfMs === 0 ? null : summary.asOfMs,
    mapping: summary.mapping === '' ? null : summary.mapping,
    model: summary.model,
    endedMs,
    calls,
    summary: { ...summary },
  };
  await saveRun(store, ended);
  return ended;
}
