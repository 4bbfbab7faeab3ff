import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runCli } from '../../src/cli/main.ts';
import type { CliDeps } from '../../src/cli/deps.ts';
import { nodeDeps } from '../../src/host/node/node-main.ts';

export const ROOT = resolve(import.meta.dirname, '../..');
const ENTRY = join(ROOT, 'src/host/node/node.ts');

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

export const tempDir = (): string => mkdtempSync(join(tmpdir(), 'headwater-cli-'));

/**
 * One command line in this process on the real machine; only the streams, the folder, the
 * environment and what `change` names are the test's.
 */
export async function cli(
  cwd: string,
  args: string[],
  change: Partial<CliDeps> = {},
): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const deps: CliDeps = {
    ...nodeDeps(),
    cwd,
    env: {},
    interactive: false,
    ask: undefined,
    choose: undefined,
    stdout: (text) => {
      out.push(text);
    },
    stderr: (text) => {
      err.push(text);
    },
    ...change,
  };
  const code = await runCli(deps, args);
  return { code, stdout: plain(out.join('')), stderr: plain(err.join('')) };
}

/** The same as a process of its own, as a shell would start it. */
export function start(
  cwd: string,
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; ended: Promise<Ran>; firstLine: Promise<string> } {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const ended = new Promise<Ran>((done) => {
    child.on('close', (code) =>
      done({ code: code ?? -1, stdout: plain(stdout), stderr: plain(stderr) }),
    );
  });
  const firstLine = new Promise<string>((done, fail) => {
    child.stdout.on('data', (data: Buffer) => {
      stdout += data.toString();
      if (stdout.includes('\n')) done(stdout.slice(0, stdout.indexOf('\n')));
    });
    void ended.then((ran) => fail(new Error(`ended without a line: ${JSON.stringify(ran)}`)));
  });
  firstLine.catch(() => {});
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  return { child, ended, firstLine };
}

export const spawnCli = (
  cwd: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<Ran> => start(cwd, args, env).ended;

/** Without the codes that make a heading bold on a terminal. */
// eslint-disable-next-line no-control-regex
const plain = (text: string): string => text.replace(/\u001b\[(1|22)m/g, '');

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
