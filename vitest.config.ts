import { globSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/**
 * A timeout is there for what hangs, never a promise: it is far above what any test needs on a
 * machine that does other work beside.
 */
const HANGS_MS = 600_000;

/**
 * Folders and files of test/, by what a test has to start; what no project names is `engine`. Of
 * two that name a file, the one that names it more closely has it.
 */
const PROJECTS = {
  /** Functions of what they are given: no database, no server, no process. */
  pure: ['attacks', 'mapping', 'model', 'predict', 'tidy', 'writeback'],
  /** The engine over a database, against servers of its own. */
  engine: ['', 'mapping/sandbox.test.ts', 'mapping/suggest'],
  /** The CRM to run, by itself. */
  sandbox: ['sandbox'],
  /** The Workers runtime beside Node. */
  runtime: ['runtime', 'store/d1.test.ts'],
  /** What a person starts: processes, packages, whole journeys. */
  e2e: ['bench', 'browser', 'chaos', 'cli', 'e2e', 'tidy/rules.test.ts'],
};

/** How closely these places name a file; 0 = not at all. */
const closeness = (file: string, places: readonly string[]): number =>
  Math.max(
    0,
    ...places
      .map((place) => `test/${place}${place === '' || place.endsWith('.ts') ? '' : '/'}`)
      .filter((place) => file.startsWith(place))
      .map((place) => place.length),
  );

/** The project that a file belongs to. */
const projectOf = (file: string): string =>
  Object.entries(PROJECTS)
    .map(([name, places]) => ({ name, close: closeness(file, places) }))
    .reduce((best, one) => (one.close > best.close ? one : best)).name;

const files = globSync('test/**/*.test.ts', { cwd: import.meta.dirname }).map((file) =>
  file.replaceAll('\\', '/'),
);

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: Object.keys(PROJECTS).map((name) => ({
      extends: true as const,
      test: {
        name,
        include: files.filter((file) => projectOf(file) === name),
        testTimeout: HANGS_MS,
        hookTimeout: HANGS_MS,
      },
    })),
  },
});
