/**
 * Runs in the copy, as a process of its own, since a mutant may never come back: reads an `Order`
 * from the file that its argument names, and prints one line of JSON for each mutant.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Mutant, StrykerOptions } from '@stryker-mutator/api/core';
import { commonTokens, type Injector } from '@stryker-mutator/api/plugin';
import { DryRunStatus, type TestRunner } from '@stryker-mutator/api/test-runner';
import { strykerPlugins } from '@stryker-mutator/vitest-runner';
import { SILENT } from './logger.ts';

export interface Order {
  mutants: Mutant[];
  /** Tests by file, of the folder's own. */
  testFiles: string[];
  /** Where what the tests cover is kept, for the next process. */
  coverageFile: string;
}

export type Verdict = 'killed' | 'survived' | 'no test' | 'timeout';
/** `by`: the test that noticed. */
export interface Line {
  id: string;
  verdict: Verdict;
  by?: string;
}

/** Tests by id, with the mutants that each runs through and how long it took. */
interface Coverage {
  tests: { id: string; ms: number; mutants: string[] }[];
  /** Mutants that run while a file is loaded. */
  static: string[];
}

/** Of tests that run through a mutant, the quickest up to this much are tried. */
const TRIED_MS = 20_000;
/** How often a mutant may run before it is taken for a loop without an end. */
const HITS_FACTOR = 100;

// Threads, since they end with this process whatever they are at.
const options = {
  vitest: { configFile: 'tools/mutation/vitest.config.ts', related: false, pool: 'threads' },
  disableBail: false,
} as unknown as StrykerOptions;

function makeRunner(): TestRunner {
  // The plugin asks a container for three things; this is all of one that it needs.
  const injector = {
    provideValue: (_token: string, namespace: string) => ({
      injectClass: (Runner: new (...given: unknown[]) => TestRunner) =>
        new Runner(options, SILENT, namespace),
    }),
    resolve: (token: string) => (token === commonTokens.logger ? SILENT : options),
  };
  const plugin = strykerPlugins[0]! as unknown as { factory: (given: Injector) => TestRunner };
  return plugin.factory(injector as unknown as Injector);
}

async function coverageOf(runner: TestRunner, { testFiles, coverageFile }: Order) {
  if (existsSync(coverageFile)) return JSON.parse(readFileSync(coverageFile, 'utf8')) as Coverage;
  const run = await runner.dryRun({
    ...{ timeout: 0, disableBail: true, coverageAnalysis: 'perTest', testFiles },
  });
  if (run.status !== DryRunStatus.Complete)
    throw new Error(`the tests do not run: ${JSON.stringify(run).slice(0, 2000)}`);
  const failed = run.tests.filter((test) => 'failureMessage' in test);
  if (failed.length > 0)
    throw new Error(`tests fail before anything is changed: ${JSON.stringify(failed[0])}`);
  const times = new Map(run.tests.map((test) => [test.id, test.timeSpentMs]));
  const covered = run.mutantCoverage ?? { static: {}, perTest: {} };
  const coverage: Coverage = {
    static: Object.keys(covered.static),
    tests: Object.entries(covered.perTest).map(([id, hits]) => ({
      ...{ id, ms: times.get(id) ?? 0, mutants: Object.keys(hits) },
    })),
  };
  writeFileSync(coverageFile, JSON.stringify(coverage));
  return coverage;
}

/** Tests to try a mutant with, the quickest first. */
function testsFor({ id }: Mutant, coverage: Coverage, isStatic: boolean): string[] {
  const able = coverage.tests.filter(({ mutants }) => isStatic || mutants.includes(id));
  let left = TRIED_MS;
  return able
    .sort((a, b) => a.ms - b.ms)
    .filter(({ ms }, i) => {
      left -= ms;
      return i === 0 || left > 0;
    })
    .map((test) => test.id);
}

async function tryOne(runner: TestRunner, mutant: Mutant, coverage: Coverage): Promise<Line> {
  const isStatic = coverage.static.includes(mutant.id);
  const testFilter = testsFor(mutant, coverage, isStatic);
  if (testFilter.length === 0) return { id: mutant.id, verdict: 'no test' };
  const result = await runner.mutantRun({
    ...{ timeout: 0, disableBail: false, testFilter, activeMutant: mutant },
    sandboxFileName: mutant.fileName,
    hitLimit: HITS_FACTOR * 100_000,
    mutantActivation: isStatic ? 'static' : 'runtime',
    reloadEnvironment: isStatic,
  });
  if (result.status === 'killed')
    return { id: mutant.id, verdict: 'killed', by: String(result.killedBy) };
  // A file that cannot be loaded any more is noticed by every test in it.
  if (result.status === 'error') return { id: mutant.id, verdict: 'killed' };
  return { id: mutant.id, verdict: result.status === 'timeout' ? 'timeout' : 'survived' };
}

const order = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Order;
const runner = makeRunner();
await runner.init?.();
const coverage = await coverageOf(runner, order);
process.stdout.write('ready\n');
for (const mutant of order.mutants)
  process.stdout.write(`${JSON.stringify(await tryOne(runner, mutant, coverage))}\n`);
process.exit(0);
