import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createToken } from '../../src/model/api-token.ts';
import { ROOT } from './harness.ts';
import { shippedConfig } from './wrangler-config.ts';

/** The Worker in a process of its own, its D1 and its Workflows on disk: what `kill -9` leaves. */
export interface WorkerProcess {
  /** The SQLite file behind D1, to be opened while nothing runs. */
  database(): string;
  start(): Promise<void>;
  /** Ends wrangler and workerd at once, as an outage would. */
  kill(): Promise<void>;
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  tick(atMs: number): Promise<void>;
  close(): Promise<void>;
}

/** Far above what a start takes on a busy machine. */
const START_MS = 120_000;
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

export async function openWorkerProcess(given: Record<string, string>): Promise<WorkerProcess> {
  const dir = mkdtempSync(join(tmpdir(), 'headwater-killed-'));
  const state = join(dir, 'state');
  const config = join(dir, 'wrangler.toml');
  const { token, line } = await createToken('lab', ['read', 'run', 'admin']);
  writeFileSync(config, shippedConfig());
  const secrets = { ...given, HEADWATER_TOKENS: line, HEADWATER_LOG: 'off' };
  writeFileSync(
    join(dir, '.dev.vars'),
    Object.entries(secrets)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
      .join(''),
  );
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' };
  const common = ['-c', config, '--persist-to', state];
  execFileSync(
    process.execPath,
    [WRANGLER, 'd1', 'migrations', 'apply', 'DB', '--local', ...common],
    { cwd: dir, env, stdio: 'pipe' },
  );
  let child: ChildProcess | null = null;
  let url = '';
  const start = async (): Promise<void> => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const args = ['dev', ...common, '--port', String(port), '--inspector-port', '0'];
    child = spawn(
      process.execPath,
      [WRANGLER, ...args, '--test-scheduled', '--log-level', process.env['LAB_LOG'] ?? 'error'],
      {
        cwd: dir,
        env,
        // A group of its own, so that workerd ends with it.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    await listening(child, url);
  };
  const kill = async (): Promise<void> => {
    if (child?.pid === undefined) return;
    const gone = new Promise((resolve) => child!.once('close', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await gone;
    child = null;
  };
  return {
    database: () => {
      const folder = join(state, 'v3/d1/miniflare-D1DatabaseObject');
      const file = readdirSync(folder).find((name) => /^[0-9a-f]+\.sqlite$/.test(name));
      return join(folder, file!);
    },
    start,
    kill,
    api: async (method, path, body) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    tick: async (atMs) => {
      const query = new URLSearchParams({ cron: '*/15 * * * *', time: String(atMs) });
      const response = await fetch(`${url}/cdn-cgi/handler/scheduled?${query.toString()}`);
      if (!response.ok) throw new Error(`the cron: ${response.status} ${await response.text()}`);
    },
    close: async () => {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function listening(child: ChildProcess, url: string): Promise<void> {
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data: Buffer) => (said += data.toString()));
  for (const untilMs = Date.now() + START_MS; Date.now() < untilMs; ) {
    if (child.exitCode !== null) throw new Error(`wrangler ended with ${child.exitCode}: ${said}`);
    const answer = await fetch(`${url}/healthz`).catch(() => null);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no Worker at ${url}: ${said}`);
}
