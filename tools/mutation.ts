/**
 * Whether the tests of a folder notice a changed line: `npm run test:mutation` tries a seeded sample
 * of small changes (mutants) of each folder, one at a time, with the tests of the folder of the same
 * name. `-- --folder sync`, `--all` (every mutant, without a limit of time), `--mutants 100`,
 * `--minutes 5`, `--seed 2`, `--file diff.ts` (of paths that hold this text).
 */
import { globSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Mutant } from '@stryker-mutator/api/core';
import { judge } from './mutation/judge.ts';
import { mutantsOf, plant, sampleOf, textOf } from './mutation/mutants.ts';
import type { Line, Verdict } from './mutation/runner.ts';
import { copyOf } from './mutation/sandbox.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** Folders whose every line decides about a number or about what is written. */
const FOLDERS = ['mapping', 'writeback', 'sync', 'predict'];
/** Enough for a score that is right to about four points. */
const SAMPLE = 300;
const MINUTES = 20;
/** Whole channels played many times over: no test that anybody waits for. */
const SLOW = /\.sim\.test\.ts$/;

const { values } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true, default: FOLDERS },
    file: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    mutants: { type: 'string', default: String(SAMPLE) },
    minutes: { type: 'string', default: String(MINUTES) },
    seed: { type: 'string', default: '1' },
  },
});

const number = (name: 'mutants' | 'minutes' | 'seed'): number => {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value > 0) return value;
  process.stderr.write(`test:mutation: --${name} takes a number above 0\n`);
  process.exit(2);
};

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** Tried and noticed, in one folder. */
async function measure(folder: string): Promise<{ tried: number; killed: number }> {
  const copy = copyOf(ROOT);
  try {
    const source = `src/${folder}`;
    const all = (await mutantsOf(copy, source)).filter(({ fileName }) =>
      fileName.includes(values.file),
    );
    const sample = values.all ? all : sampleOf(all, number('mutants'), number('seed'));
    const chosen = await plant(copy, source, sample);
    const testFiles = globSync(`test/${folder}/**/*.test.ts`, { cwd: copy })
      .filter((file) => !SLOW.test(file))
      .map((file) => join(copy, file));
    print(`${folder}: ${chosen.length} of ${all.length} mutants, ${testFiles.length} test files`);
    const forMs = values.all ? Infinity : number('minutes') * 60_000;
    const lines = await judge(copy, { mutants: chosen, testFiles }, forMs);
    for (const mutant of chosen) report(copy, mutant, lines.get(mutant.id));
    const counts = Map.groupBy(lines.values(), ({ verdict }) => verdict);
    const killed = counted(counts, 'killed') + counted(counts, 'timeout');
    print(
      `${folder}: ${killed} of ${lines.size} killed (${((100 * killed) / Math.max(1, lines.size)).toFixed(1)}%), ${counted(counts, 'survived')} survived, ${counted(counts, 'no test')} run by no test${lines.size < chosen.length ? `; ${chosen.length - lines.size} not tried in time` : ''}`,
    );
    return { tried: lines.size, killed };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const counted = (counts: ReadonlyMap<Verdict, Line[]>, verdict: Verdict): number =>
  counts.get(verdict)?.length ?? 0;

/** A mutant that nobody noticed, where it stands. */
function report(copy: string, mutant: Mutant, line: Line | undefined): void {
  if (line === undefined || line.verdict === 'killed' || line.verdict === 'timeout') return;
  const file = relative(copy, mutant.fileName);
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const was = textOf(lines, mutant).replaceAll(/\s+/g, ' ');
  const is = mutant.replacement.replaceAll(/\s+/g, ' ');
  print(
    `  ${line.verdict.padEnd(8)} ${file}:${mutant.location.start.line + 1}  ${clip(was)}  ->  ${clip(is)}`,
  );
}

const clip = (text: string): string => (text.length <= 60 ? text : `${text.slice(0, 59)}…`);

for (const folder of values.folder) await measure(folder);
