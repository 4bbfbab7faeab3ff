import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { CliDeps, RunningSandbox } from '../../src/cli/deps.ts';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';

/**
 * An admin's folder beside a small sandbox org on a real port: connection document, mapping,
 * secrets in the environment.
 */
export interface Bench {
  dir: string;
  sandbox: RunningSandbox;
  /** Changed by a test that wants other secrets. */
  env: Record<string, string>;
  /** Runs a command in the folder; everything it printed is also kept in `printed`. */
  run(...args: string[]): Promise<Ran>;
  json(...args: string[]): Promise<unknown>;
  printed: string[];
  writeConnection(file: string, change?: Record<string, unknown>): Promise<void>;
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface World {
  partners: number;
  deals: number;
  seed?: number;
  crm?: 'salesforce' | 'hubspot';
  orgStyle?: string;
  currencies?: Record<string, number>;
}

export const startSandbox = (world: World): Promise<RunningSandbox> =>
  nodeDeps().startSandbox({
    crm: 'salesforce',
    port: 0,
    seed: 11,
    dataDir: null,
    latencyMs: 0,
    openAuth: false,
    ticking: true,
    ...world,
  });

export async function openBench(world: World, change: Partial<CliDeps> = {}): Promise<Bench> {
  const dir = tempDir();
  const crm = world.crm ?? 'salesforce';
  const sandbox = await startSandbox(world);
  const printed: string[] = [];
  const bench: Bench = {
    dir,
    sandbox,
    printed,
    env:
      crm === 'salesforce'
        ? { HW_PRIVATE_KEY: sandbox.privateKeyPem ?? '' }
        : { HW_TOKEN: sandbox.accessToken },
    run: async (...args) => {
      const ran = await cli(dir, args, { env: bench.env, ...change });
      printed.push(ran.stdout, ran.stderr);
      return ran;
    },
    json: async (...args) => {
      const { code, stdout, stderr } = await bench.run(...args, '--json');
      if (code !== 0 || stderr !== '')
        throw new Error(`${args.join(' ')}: exit ${code}: ${stderr}${stdout.slice(0, 2000)}`);
      return JSON.parse(stdout) as unknown;
    },
    writeConnection: async (file, own = {}) => {
      await writeFile(
        join(dir, file),
        stringify({
          version: 1,
          id: 'acme',
          crm,
          mapping: 'mapping.yaml',
          settings: sandbox.connection.settings,
          secrets:
            crm === 'salesforce'
              ? { privateKey: { env: 'HW_PRIVATE_KEY' } }
              : { accessToken: { env: 'HW_TOKEN' } },
          ...own,
        }),
      );
    },
    control: async (method, path, body) => {
      const response = await fetch(`${sandbox.controlUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok)
        throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
      return response.status === 204 ? null : ((await response.json()) as unknown);
    },
    close: async () => {
      await sandbox.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  await mkdir(dir, { recursive: true });
  await copyFile(join(ROOT, `mappings/${crm}.yaml`), join(dir, 'mapping.yaml'));
  await bench.writeConnection('headwater.connection.yaml');
  return bench;
}
