import { defineConfig } from 'vitest/config';

/**
 * A timeout is there for what hangs, never a promise: it is far above what any test needs on a
 * machine that does other work beside.
 */
const HANGS_MS = 600_000;

/** Folders and files of test/, by what a test has to start; what no project names is `engine`. */
const PROJECTS = {
  /** Functions of what they are given: no database, no server, no process. */
  pure: ['attacks', 'mapping', 'model', 'predict', 'tidy', 'writeback'],
  /** The CRM to run, by itself. */
  sandbox: ['sandbox'],
  /** The Workers runtime beside Node. */
  runtime: ['runtime', 'store/d1.test.ts'],
  /** What a person starts: processes, packages, whole journeys. */
  e2e: ['bench', 'browser', 'chaos', 'cli', 'e2e'],
};

const filesOf = (places: string[]): string[] =>
  places.map((place) => (place.endsWith('.ts') ? `test/${place}` : `test/${place}/**/*.test.ts`));

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      ...Object.entries(PROJECTS).map(([name, places]) => ({
        extends: true as const,
        test: { name, include: filesOf(places), testTimeout: HANGS_MS, hookTimeout: HANGS_MS },
      })),
      {
        extends: true as const,
        test: {
          name: 'engine',
          include: ['test/**/*.test.ts'],
          exclude: filesOf(Object.values(PROJECTS).flat()),
          testTimeout: HANGS_MS,
          hookTimeout: HANGS_MS,
        },
      },
    ],
  },
});
