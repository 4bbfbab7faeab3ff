import { describe, expect, it } from 'vitest';
import { harmless } from '../../src/cli/format.ts';
import { phaseLines } from '../../src/cli/phases.ts';
import type { Progress } from '../../src/sync/run/context.ts';

/** What a terminal shows after all that, as far as lines that are drawn again go. */
function screen(text: string): string[] {
  const lines = [''];
  let at = 0;
  // eslint-disable-next-line no-control-regex
  for (const part of text.split(/(\n|\u001b\[1A|\r\u001b\[2K)/)) {
    if (part === '\n') lines[++at] ??= '';
    else if (part === '\u001b[1A') at--;
    else if (part.startsWith('\r')) lines[at] = '';
    else lines[at] += part;
  }
  return lines.filter((line) => line !== '');
}

const STEPS = ['connect', 'settle', 'pull Account #1', 'pull Deal #1', 'link', 'score partners'];

function play(steps: string[], failed?: string): string[] {
  let text = '';
  let nowMs = 0;
  const seen = phaseLines(
    (more) => (text += harmless(more)),
    () => (nowMs += 40),
  );
  const step = (name: string, state: 'started' | 'done' | 'failed'): Progress =>
    ({ kind: 'step', runId: 'r', step: name, state, elapsedMs: 10, calls: 2 }) as Progress;
  for (const name of steps) {
    seen(step(name, 'started'));
    seen({ kind: 'rows', step: name, object: 'A', rows: 5, changed: 1, totalRows: 9 });
    seen(step(name, name === failed ? 'failed' : 'done'));
  }
  return screen(text);
}

describe('the progress of a run on a terminal', () => {
  it('is a line for each phase, however many steps it has', () => {
    const lines = play([...STEPS, 'plan Account partner #1', 'apply Account #1', 'prune']);
    expect(lines.map((line) => line.replace(/[\d.]+ s/, 'T'))).toEqual([
      '  ✓ connect T, 4 calls',
      '  ✓ read T, 4 calls',
      '  ✓ score T, 4 calls',
      '  ✓ write back T, 6 calls',
    ]);
  });

  it('keeps the step that failed', () => {
    expect(play(STEPS, 'link').filter((line) => line.includes('✗'))).toEqual(['  ✗ link']);
  });
});
