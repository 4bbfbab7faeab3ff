import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Line, Order } from './runner.ts';

/** What says nothing for so long is a loop without an end. */
const SILENT_MS = 90_000;
/** The first run of all tests, before anything is changed. */
const FIRST_RUN_MS = 40 * 60_000;

/** A verdict for each mutant, by its id, as far as the time goes that begins with the first. */
export async function judge(
  copy: string,
  { mutants, testFiles }: Pick<Order, 'mutants' | 'testFiles'>,
  forMs: number,
): Promise<Map<string, Line>> {
  let endMs = Infinity;
  const lines = new Map<string, Line>();
  const order: Order = { mutants, testFiles, coverageFile: join(copy, 'coverage.json') };
  const file = join(copy, 'order.json');
  while (Date.now() < endMs) {
    order.mutants = mutants.filter(({ id }) => !lines.has(id));
    if (order.mutants.length === 0) break;
    writeFileSync(file, JSON.stringify(order));
    const ready = await runner(copy, file, {
      begin: () => {
        if (endMs === Infinity) endMs = Date.now() + forMs;
        return endMs;
      },
      verdict: (line) => lines.set(line.id, line),
    });
    if (!ready) throw new Error('the tests do not run in the copy');
    // Whichever it was at is the first that has no verdict.
    const stuck = order.mutants.find(({ id }) => !lines.has(id));
    if (stuck !== undefined && Date.now() < endMs)
      lines.set(stuck.id, { id: stuck.id, verdict: 'timeout' });
  }
  return lines;
}

/** One process, until it ends, hangs or the time is over; false = its tests never ran. */
async function runner(
  copy: string,
  file: string,
  told: { begin: () => number; verdict: (line: Line) => void },
): Promise<boolean> {
  const child = spawn(process.execPath, ['tools/mutation/runner.ts', file], {
    cwd: copy,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ready = false;
  let endMs = Infinity;
  let timer: NodeJS.Timeout | undefined;
  const wait = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill('SIGKILL'), Math.max(0, Math.min(ms, endMs - Date.now())));
  };
  wait(FIRST_RUN_MS);
  for await (const text of createInterface({ input: child.stdout })) {
    if (text === 'ready') {
      ready = true;
      endMs = told.begin();
    } else if (text.startsWith('{"id"')) told.verdict(JSON.parse(text) as Line);
    else continue;
    wait(SILENT_MS);
  }
  clearTimeout(timer);
  return ready;
}
