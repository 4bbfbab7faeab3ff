import type { Progress } from '../sync/run/context.ts';
import { plural, seconds, whole } from './format.ts';

/**
 * A run on a terminal in four lines, each of which rewrites itself while its phase lasts: where it
 * is, and at the end how long it took and how many calls.
 */

/** Steps by how their names begin; any other belongs to the phase it comes in. */
const PHASES: [RegExp, string][] = [
  [/^connect/, 'connect'],
  [/^(pull|hints|deletions|close|re-map|verified)/, 'read'],
  [/^(link|claims|credit|reconcile|fit|replay|score|forecast|plan revisions|track)/, 'score'],
  [/^(plan \S+ (partner|deal)|apply)\b/, 'write back'],
];
/** One line up; the line there is drawn again. */
const UP = '\u001b[1A';
const CLEAR = '\r\u001b[2K';
/** Pages arrive faster than anyone reads. */
const REDRAW_MS = 100;

interface Phase {
  name: string;
  startedMs: number;
  calls: number;
  at: string;
}

export function phaseLines(
  write: (text: string) => void,
  nowMs: () => number,
): (event: Progress) => void {
  let phase: Phase | null = null;
  let drawnMs = 0;
  const draw = (text: string, again: boolean): void =>
    write(`${again ? UP : ''}${CLEAR}  ${text}\n`);
  const textOf = ({ name, startedMs, calls, at }: Phase, done: boolean): string =>
    `${done ? '✓' : '…'} ${name} ${seconds(nowMs() - startedMs)}${calls === 0 ? '' : `, ${plural(calls, 'call')}`}${done || at === '' ? '' : `  ${at}`}`;

  /** The phase of this step; a new one begins on a line of its own. */
  const enter = (step: string): Phase => {
    const name = PHASES.find(([begins]) => begins.test(step))?.[1] ?? phase?.name ?? 'connect';
    if (phase?.name === name) return phase;
    phase = { name, startedMs: nowMs(), calls: 0, at: '' };
    draw(textOf(phase, false), false);
    return phase;
  };

  return (event) => {
    const now = enter(event.step);
    if (event.kind === 'rows')
      now.at = `${event.step}: ${whole(event.rows)}${event.totalRows === null ? '' : ` of ${whole(event.totalRows)}`} rows`;
    else if (event.state === 'started') now.at = event.step;
    else {
      now.calls += event.calls ?? 0;
      // Drawn as done each time: whatever is printed next stands below a finished line.
      draw(textOf(now, event.state === 'done'), true);
      if (event.state !== 'failed') return;
      write(`  ✗ ${event.step}\n`);
      phase = null;
      return;
    }
    if (nowMs() - drawnMs < REDRAW_MS) return;
    drawnMs = nowMs();
    draw(textOf(now, false), true);
  };
}
