import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const FILE = join(import.meta.dirname, '../../src/host/node/stop-watch.ts');
const NODE = join(import.meta.dirname, '../../node_modules/.bin/node');
/** Work that never ends by itself, whatever it is asked. */
const PROGRAM = `
import { stopWatch } from ${JSON.stringify(FILE)};
stopWatch((text) => process.stderr.write(text));
setInterval(() => {}, 1000);
process.stdout.write('ready');
`;

it.each([
  ['SIGINT', 'SIGINT', 130],
  ['SIGTERM', 'SIGTERM', 143],
  ['SIGTERM', 'SIGINT', 130],
] as const)(
  'after %s, a %s ends work that does not stop, at once, with %i',
  async (first, second, code) => {
    const child = spawn(NODE, ['--input-type=module', '-e', PROGRAM]);
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const told = new Promise<string>((resolve) =>
      child.stderr.once('data', (data: Buffer) => resolve(String(data))),
    );
    child.kill(first);
    expect(await told).toContain('once more ends it at once');
    expect(child.exitCode).toBeNull();
    child.kill(second);
    expect(await ended).toBe(code);
  },
);
