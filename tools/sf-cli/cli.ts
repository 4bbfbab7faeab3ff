/**
 * The vendor's command line tool, installed outside the project's tree and run
 * against a loopback address.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The version whose requests are written down in the reference; another may ask for more. */
const CLI = '@salesforce/cli@2.150.6';
const NODE = 'node@24';
/** 485 MB to fetch. */
const INSTALL_MS = 20 * 60_000;
/** A bulk command polls every five seconds. */
const COMMAND_MS = 120_000;
const OUTPUT_BYTES = 64 * 1024 * 1024;

const run = promisify(execFile);

export interface CliAnswer {
  exitCode: number;
  stdout: string;
  /** The parsed `--json` answer, null when there was none. */
  json: { status: number; result: unknown; message?: string } | null;
}
export interface Cli {
  sf(
    args: readonly string[],
    options?: { cwd?: string; env?: Record<string, string> },
  ): Promise<CliAnswer>;
}

/** Where the tool is kept: HEADWATER_SF_CLI, else a folder of the system's temporary one. */
export function cliFolder(): string {
  return process.env.HEADWATER_SF_CLI ?? join(tmpdir(), 'headwater-sf-cli');
}

/**
 * Installs the tool with a Node of its own unless the folder has it already; returns its version.
 */
export async function install(folder: string): Promise<string> {
  const manifest = join(folder, 'node_modules/@salesforce/cli/package.json');
  if (!existsSync(manifest)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, name: 'sf-cli' }));
    await run('npm', ['install', '--no-audit', '--no-fund', '--no-save', CLI, NODE], {
      cwd: folder,
      timeout: INSTALL_MS,
      maxBuffer: OUTPUT_BYTES,
    });
  }
  return String((JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version);
}

/**
 * The tool with a home of its own: nothing of the user's logins is read or changed, and
 * nothing is sent to the vendor.
 */
export function cliIn(folder: string, home: string): Cli {
  mkdirSync(home, { recursive: true });
  const { HTTP_PROXY: _a, HTTPS_PROXY: _b, http_proxy: _c, https_proxy: _d, ...own } = process.env;
  const env = {
    ...own,
    PATH: `${join(folder, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
    HOME: home,
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_DNS_TIMEOUT: '1',
    SF_DISABLE_SOURCE_MEMBER_POLLING: 'true',
  };
  return {
    sf: async (args, options = {}) => {
      const settled = await run('sf', [...args], {
        cwd: options.cwd ?? home,
        env: { ...env, ...options.env },
        timeout: COMMAND_MS,
        maxBuffer: OUTPUT_BYTES,
      }).then(
        ({ stdout }) => ({ exitCode: 0, stdout }),
        (error: { code?: unknown; stdout?: string; message: string }) => ({
          exitCode: typeof error.code === 'number' ? error.code : -1,
          stdout: error.stdout === undefined || error.stdout === '' ? error.message : error.stdout,
        }),
      );
      return { ...settled, json: args.includes('--json') ? parsed(settled.stdout) : null };
    },
  };
}

function parsed(text: string): CliAnswer['json'] {
  try {
    return JSON.parse(text) as CliAnswer['json'];
  } catch {
    return null;
  }
}
