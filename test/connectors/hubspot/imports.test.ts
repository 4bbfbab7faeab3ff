import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const DIR = resolve(import.meta.dirname, '../../../connectors/hubspot');
const SDK = '@hubspot/api-client';

/**
 * The whole client keeps one limiter and one retry policy for the process; only the request
 * factories of its modules are wanted.
 */
test('the SDK is imported module by module, and in one file', () => {
  const imports = readdirSync(DIR)
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) =>
      [...readFileSync(resolve(DIR, name), 'utf8').matchAll(/from '(@hubspot[^']*)'/g)].map(
        (match) => ({ name, path: match[1]! }),
      ),
    );
  expect(imports.length).toBeGreaterThan(10);
  for (const { name, path } of imports)
    expect([name, path]).toEqual([
      'requests.ts',
      expect.stringMatching(new RegExp(`^${SDK}/lib/codegen/.+/(apis/\\w+|configuration)\\.js$`)),
    ]);
  const loaded = imports
    .map(({ path }) => readFileSync(resolve(DIR, '../../node_modules', path), 'utf8'))
    .join('\n');
  expect(loaded).not.toMatch(/bottleneck|Decorator/i);
});
