import type { Progress } from '../sync/context.ts';
import type { CliDeps } from './deps.ts';
import { seconds, whole } from './format.ts';

/** Pages arrive faster than anyone reads; a terminal line is redrawn at most this often. */
const REDRAW_MS = 100;
/** A step that took less is worth no line. */
const SHOWN_MS = 200;

/** Progress on stderr, so that stdout stays clean for `--json`: a redrawn line on a terminal, one line per finished step elsewhere. */
export function progressOn(deps: CliDeps, quiet: boolean): (event: Progress) => void {
  if (quiet) return () => {};
  let drawnMs = 0;
  return (event) => {
    if (event.kind === 'rows') {
      if (!deps.interactive || deps.nowMs() - drawnMs < REDRAW_MS) return;
      drawnMs = deps.nowMs();
      deps.stderr(`\r\x1b[2K  ${event.step}: ${whole(event.rows)}${event.totalRows === null ? '' : ` of ${whole(event.totalRows)}`} rows`);
      return;
    }
    if (event.state === 'started') { if (deps.interactive) deps.stderr(`\r\x1b[2K  ${event.step} …`); return; }
    // Steps that cost nothing are in `run show`; here they would bury the others.
    if (event.state === 'done' && (event.elapsedMs ?? 0) < SHOWN_MS && !/^(pull|score|forecast|apply|connect)/.test(event.step)) return;
    const clear = deps.interactive ? '\r\x1b[2K' : '';
    deps.stderr(`${clear}  ${event.state === 'failed' ? '✗' : '✓'} ${event.step} ${seconds(event.elapsedMs ?? 0)}${event.calls ? `, ${event.calls} calls` : ''}\n`);
  };
}
