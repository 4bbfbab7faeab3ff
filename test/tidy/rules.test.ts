import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const COMPLEXITY = 20;
const LINES = { source: 70, test: 80 };
/** Files whose long functions are lists: each says of what. */
const LISTS = [
  // One describe, run for each driver of the store.
  'test/store/suite.ts',
  'test/store/people-suite.ts',
  // What a world of the conformance checks can do, one small function after the other.
  'test/conformance/worlds/hubspot.ts',
  'test/conformance/worlds/salesforce.ts',
  'test/chaos/hubspot/world.ts',
  // One case a mutation.
  'test/chaos/salesforce/people.ts',
  // A table of measurements, one line each.
  'test/bench/sandbox.ts',
  // Processes that race, and what each of them saw.
  'test/store/races.ts',
];
let dir: string;

/** A project of its own under the rules of this one, where each breach can be planted. */
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'headwater-rules-'));
  for (const file of ['biome.json', 'knip.jsonc', 'package.json', 'tsconfig.json', '.gitignore'])
    cpSync(join(ROOT, file), join(dir, file));
  symlinkSync(join(ROOT, 'node_modules'), join(dir, 'node_modules'));
  execFileSync('git', ['init', '-q'], { cwd: dir });
});
afterAll(() => rmSync(dir, { recursive: true }));

function plant(files: Record<string, string>): string[] {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return Object.keys(files);
}

interface Said {
  status: number | null;
  text: string;
}

function ran(tool: 'biome' | 'knip', args: string[], cwd = dir): Said {
  const bin = join(ROOT, 'node_modules/.bin', tool);
  const { status, stdout, stderr } = spawnSync(bin, args, { cwd, encoding: 'utf8' });
  return { status, text: stdout + stderr };
}

const lint = (files: Record<string, string>): Said =>
  ran('biome', ['ci', '--diagnostic-level=warn', ...plant(files)]);

/** A function of so many lines, one statement each. */
const longFunction = (lines: number): string =>
  `export function sum(): number {\n  let total = 0;\n${'  total += 1;\n'.repeat(lines)}  return total;\n}\n`;
/** Each branch inside the one before counts one more. */
const nested = (depth: number): string => {
  const open = Array.from({ length: depth }, (_, i) => `${'  '.repeat(i + 1)}if (a > ${i}) {\n`);
  const close = Array.from({ length: depth }, (_, i) => `${'  '.repeat(depth - i)}}\n`);
  return `export function deep(a: number): number {\n${open.join('')}${'  '.repeat(depth + 1)}return 1;\n${close.join('')}  return 0;\n}\n`;
};

describe('biome refuses', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'an import cycle, of types too',
      'noImportCycles',
      {
        'src/cycle/a.ts': "import type { B } from './b.ts';\n\nexport type A = B | null;\n",
        'src/cycle/b.ts': "import type { A } from './a.ts';\n\nexport type B = { a: A };\n",
      },
    ],
    [
      'a floating promise of another file',
      'noFloatingPromises',
      {
        'src/late/later.ts': 'export async function later(): Promise<number> {\n  return 1;\n}\n',
        'src/late/now.ts':
          "import { later } from './later.ts';\n\nexport function now(): void {\n  later();\n}\n",
      },
    ],
    [
      'a long function',
      'noExcessiveLinesPerFunction',
      { 'src/long.ts': longFunction(LINES.source) },
    ],
    ['an over-complex function', 'noExcessiveCognitiveComplexity', { 'src/deep.ts': nested(6) }],
    ['one in a test too', 'noExcessiveCognitiveComplexity', { 'test/deep.ts': nested(6) }],
    [
      'an unused import',
      'noUnusedImports',
      { 'src/unused.ts': "import { join } from 'node:path';\n\nexport const ONE = 1;\n" },
    ],
    [
      'an unused variable',
      'noUnusedVariables',
      { 'src/variable.ts': 'export function one(): number {\n  const two = 2;\n  return 1;\n}\n' },
    ],
    [
      'an unused parameter',
      'noUnusedFunctionParameters',
      { 'src/parameter.ts': 'export const one = (two: number): number => 1;\n' },
    ],
    ['an any', 'noExplicitAny', { 'src/any.ts': 'export const read = (value: any) => value.x;\n' }],
    ['a badly formatted file', 'format', { 'src/wide.ts': 'export const   ONE = "1"\n' }],
  ])('%s', (_, rule, files) => {
    const { status, text } = lint(files);
    expect(text).toContain(rule);
    expect(status).toBe(1);
  });

  it('and lets code pass that keeps the rules', () => {
    expect(
      lint({
        'src/good.ts': longFunction(LINES.source - 10),
        'src/shallow.ts': nested(5),
        'src/formatted.ts': "export const ONE = '1';\n",
      }),
    ).toMatchObject({ status: 0 });
  });
});

it('knip refuses an export, and a file, that nothing uses', () => {
  plant({
    'src/dead/used.ts': 'export const used = 1;\nexport const unused = 2;\n',
    'src/dead/alone.ts': 'export const alone = 1;\n',
    'test/dead.test.ts': "import { used } from '../src/dead/used.ts';\n\nconsole.log(used);\n",
  });
  const { status, text } = ran('knip', ['--include', 'exports,files', '--reporter', 'compact']);
  expect(text).toMatch(/src\/dead\/used\.ts: unused/);
  expect(text).toMatch(/src\/dead\/alone\.ts/);
  expect(status).toBe(1);
});

/** Long functions of tests that are no body of a `describe`: a list of tests has no limit. */
function longInTests(root: string): string[] {
  const { text } = ran(
    'biome',
    [
      'lint',
      '--only=complexity/noExcessiveLinesPerFunction',
      '--max-diagnostics=none',
      '--reporter=github',
      'test',
    ],
    root,
  );
  const found = text.matchAll(/file=([^,]+),line=(\d+),endLine=\d+,col=(\d+)/g);
  const DESCRIBE =
    /\bdescribe(?:\.\w+(?:\([^()]*\))?)*\(\s*(?:'[^'\n]*'|"[^"\n]*"|`[^`]*`|\w+),\s*(?:\{[^}]*\},\s*)?(?:async )?$/;
  return [...found].flatMap(([, file, line, column]) => {
    const lines = readFileSync(resolve(root, file!), 'utf8').split('\n').slice(0, Number(line));
    lines.push(lines.pop()!.slice(0, Number(column) - 1));
    return DESCRIBE.test(lines.join('\n')) ? [] : [`${file}:${line}`];
  });
}

describe('functions in tests', () => {
  it(`have at most ${LINES.test} lines`, () => {
    const files = longInTests(ROOT).map((place) => relative(ROOT, place).replace(/:\d+$/, ''));
    expect(files.filter((file) => !LISTS.includes(file))).toEqual([]);
  });

  it('are seen, the body of a describe apart', () => {
    const body = `  it('one', () => {\n${'    void 0;\n'.repeat(10)}  });\n`;
    plant({
      'test/long/long.ts': longFunction(LINES.test),
      'test/long/list.test.ts': `describe('a list', () => {\n${body.repeat(10)}});\n`,
    });
    expect(longInTests(dir)).toEqual([expect.stringMatching(/test\/long\/long\.ts:1$/)]);
  });
});

it('the linter, the tests and what is written about them say the same numbers', () => {
  const rules = JSON.parse(readFileSync(join(ROOT, 'biome.json'), 'utf8'));
  const { noExcessiveLinesPerFunction: lines, noExcessiveCognitiveComplexity: complexity } =
    rules.linter.rules.complexity;
  const tests = rules.overrides.find(
    (one: { includes: string[] }) => one.includes[0] === 'test/**',
  );
  expect(lines.options.maxLines).toBe(LINES.source);
  expect(complexity.options.maxAllowedComplexity).toBe(COMPLEXITY);
  expect(tests.linter.rules.complexity.noExcessiveLinesPerFunction.options.maxLines).toBe(
    LINES.test,
  );
  expect(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')).toContain(
    `functions at most ${LINES.source} lines (${LINES.test} in tests) and a cognitive complexity of at most ${COMPLEXITY}`,
  );
});
