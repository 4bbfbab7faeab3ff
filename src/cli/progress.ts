import type { Progress } from '../sync/run/context.ts';
import type { CliDeps } from './deps.ts';
import { seconds } from './format.ts';
import { phaseLines } from './phases.ts';

/** A step that took less is worth no line. */
const SHOWN_MS = 200;

/** HEADWATER_LOG=json: for a machine that reads along (cron, journald, a log collector). */
export const logsJson = (env: CliDeps['env']): boolean => env['HEADWATER_LOG'] === 'json';

/**
 * One JSON object a line on stderr. Counts, names of steps and errors only:
 * never a value of a record.
 */
export const logLine = (
  deps: Pick<CliDeps, 'stderr' | 'nowMs'>,
  event: string,
  data: Record<string, unknown>,
): void =>
  deps.stderr(`${JSON.stringify({ at: new Date(deps.nowMs()).toISOString(), event, ...data })}\n`);

function logged(deps: CliDeps, event: Progress): void {
  if (event.kind === 'rows')
    return logLine(deps, 'rows', {
      step: event.step,
      object: event.object,
      rows: event.rows,
      changed: event.changed,
      totalRows: event.totalRows,
    });
  logLine(deps, 'step', {
    run: event.runId,
    step: event.step,
    state: event.state,
    ...(event.state === 'started'
      ? {}
      : { ms: event.elapsedMs ?? null, calls: event.calls ?? null }),
  });
}

type StepAt = Extract<Progress, { kind: 'step' }>;

/** Steps that cost nothing are in `run show`; here they would bury the others. */
const worthALine = ({ state, elapsedMs, step }: StepAt): boolean =>
  state !== 'done' ||
  (elapsedMs ?? 0) >= SHOWN_MS ||
  /^(pull|score|forecast|apply|connect)/.test(step);

const stepText = ({ state, step, elapsedMs, calls }: StepAt): string =>
  `  ${state === 'failed' ? '✗' : '✓'} ${step} ${seconds(elapsedMs ?? 0)}${calls ? `, ${calls} calls` : ''}\n`;

/**
 * Progress on stderr, so that stdout stays clean for `--json`: a line for each phase that rewrites
 * itself on a terminal, one line per finished step elsewhere.
 */
export function progressOn(deps: CliDeps, quiet: boolean): (event: Progress) => void {
  if (logsJson(deps.env)) return (event) => logged(deps, event);
  if (quiet) return () => {};
  if (deps.interactive) return phaseLines(deps.stderr, deps.nowMs);
  return (event) => {
    if (event.kind === 'step' && event.state !== 'started' && worthALine(event))
      deps.stderr(stepText(event));
  };
}
