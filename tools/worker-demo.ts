/**
 * The whole job on Workers, offline: a sandbox CRM on loopback, the Worker in workerd with D1, the
 * cron, the Workflow, and what it wrote into the CRM.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createTestHarness, type TestHarness } from 'wrangler';
import { connectors } from '../connectors/index.ts';
import { createToken } from '../src/model/api-token.ts';
import { instanceIdOf } from '../src/host/worker/schedule.ts';
import { startSandbox, type Sandbox } from '../src/sandbox/index.ts';
import { prepareMapping } from '../src/sync/run/prepare.ts';
import { ensurePages } from './web/ensure.ts';

const ROOT = resolve(import.meta.dirname, '..');
const MAPPING = readFileSync(resolve(ROOT, 'mappings/salesforce.yaml'), 'utf8');
const SYNC_CRON = '*/15 * * * *';
const TICK_MS = 15 * 60_000;
const PATIENCE_MS = 60_000;
const ORIGIN = 'https://headwater.example';

const startedMs = Date.now();
const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const heading = (text: string): void =>
  say(`\n${((Date.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${text}`);

interface RunView {
  run: { id: string; state: string; calls: number; error: string | null };
  steps: { name: string; calls: number }[];
  summary: Record<string, unknown> | null;
}

async function main(): Promise<boolean> {
  process.env['WRANGLER_SEND_METRICS'] = 'false';
  heading('A sandbox Salesforce on loopback');
  const sandbox = await startSandbox({ port: 0, seed: 1, partners: 12, deals: 200 });
  say(`         ${sandbox.url} · ${sandbox.world?.provenance ?? ''}`);
  await deployFields(sandbox);
  heading('The Worker in workerd, with D1, a Workflow and a queue');
  const { token, line } = await createToken('demo', ['read', 'run', 'admin']);
  ensurePages();
  const harness = createTestHarness({
    root: ROOT,
    workers: [
      {
        configPath: resolve(ROOT, 'wrangler.toml'),
        vars: { HEADWATER_LOG: 'off' },
        secrets: { HEADWATER_TOKENS: line, DEMO_PRIVATE_KEY: sandbox.privateKeyPem },
      },
    ],
  });
  try {
    await harness.listen();
    await harness.getWorker().applyD1Migrations('DB');
    return await journey(harness, sandbox, token);
  } finally {
    await harness.close();
    await sandbox.close();
  }
}

async function journey(harness: TestHarness, sandbox: Sandbox, token: string): Promise<boolean> {
  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await harness.getWorker().fetch(`${ORIGIN}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok && response.status !== 404)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  heading('The connection and its mapping are pushed through the API');
  const connection = {
    version: 1,
    id: 'demo',
    crm: 'salesforce',
    mapping: 'salesforce.yaml',
    settings: {
      auth: 'jwt',
      instanceUrl: sandbox.url,
      loginUrl: sandbox.url,
      clientId: sandbox.clientId,
      username: sandbox.username,
    },
    secrets: { privateKey: { env: 'DEMO_PRIVATE_KEY' } },
  };
  const pushed = await api<{ version: string; missingSecrets: string[] }>(
    'PUT',
    '/v1/connections/demo',
    { connection, mapping: MAPPING },
  );
  say(`         version ${pushed.version}, secrets missing: ${pushed.missingSecrets.length}`);

  const atMs = Math.floor(Date.now() / TICK_MS) * TICK_MS;
  const tick = async (ms: number): Promise<RunView> => {
    await harness.getWorker().scheduled({ cron: SYNC_CRON, scheduledTime: new Date(ms) });
    const id = instanceIdOf('demo', ms, 'sync');
    for (
      const untilMs = Date.now() + PATIENCE_MS;
      Date.now() < untilMs;
      await new Promise((done) => setTimeout(done, 200))
    ) {
      const view = await api<RunView | { error: unknown }>('GET', `/v1/runs/${id}`);
      if ('run' in view && view.run.state !== 'running') return view;
    }
    throw new Error(`run ${id} did not end in ${PATIENCE_MS / 1000} s`);
  };

  heading('The cron fires: one Workflow instance for the connection');
  const first = await tick(atMs);
  tell(first);
  heading("What the CRM's own API returns now");
  const shown = await showWritten(sandbox);
  const scores = await api<{
    scores: { name: string; score: { score: number; low: number; high: number } }[];
  }>('GET', '/v1/connections/demo/scores?limit=3');
  for (const { name, score } of scores.scores)
    say(
      `         API: ${name}: ${score.score.toFixed(1)} (${score.low.toFixed(1)} to ${score.high.toFixed(1)})`,
    );
  heading('The same cron once more (Cloudflare may deliver it twice), then the next one');
  await harness.getWorker().scheduled({ cron: SYNC_CRON, scheduledTime: new Date(atMs) });
  const second = await tick(atMs + TICK_MS);
  tell(second);
  const { runs } = await api<{ runs: unknown[] }>('GET', '/v1/runs');
  const ok =
    first.run.state === 'done' &&
    second.run.state === 'done' &&
    written(first) > 0 &&
    shown > 0 &&
    written(second) === 0 &&
    runs.length === 2;
  heading(
    ok
      ? `✓ ${written(first)} fields written by the first run, 0 by the second; the repeated cron started nothing`
      : '✗ not what it should be',
  );
  return ok;
}

const written = (view: RunView): number =>
  ((view.summary?.['applied'] ?? []) as { fields: number }[]).reduce(
    (sum, applied) => sum + applied.fields,
    0,
  );

function tell(view: RunView): void {
  const pulled = ((view.summary?.['pulled'] ?? []) as { read: number }[]).reduce(
    (sum, pull) => sum + pull.read,
    0,
  );
  say(
    `         ${view.run.id}: ${view.run.state}${view.run.error === null ? '' : ` (${view.run.error})`}; ${view.steps.length} steps, ${view.run.calls} CRM calls, ${pulled} rows read, ${written(view)} fields written`,
  );
}

async function showWritten(sandbox: Sandbox): Promise<number> {
  const dump = (await (await fetch(`${sandbox.controlUrl}/dump?objects=Account`)).json()) as Record<
    string,
    Record<string, unknown>[]
  >;
  const scored = (dump['Account'] ?? []).filter((row) =>
    Object.entries(row).some(([field, value]) => field.startsWith('HW_') && value !== null),
  );
  for (const row of scored.slice(0, 3)) {
    const fields = Object.entries(row)
      .filter(([field, value]) => field.startsWith('HW_') && typeof value === 'number')
      .slice(0, 3)
      .map(([field, value]) => `${field} = ${String(value)}`);
    say(`         ${String(row['Name'])}: ${fields.join(', ')}`);
  }
  return scored.length;
}

async function deployFields(sandbox: Sandbox): Promise<void> {
  const connector = await connectors['salesforce']!();
  const session = await connector.open(
    { auth: 'access-token', instanceUrl: sandbox.url },
    { accessToken: sandbox.accessToken },
    {
      fetch: (input, init) => fetch(input, init),
      nowMs: Date.now,
      random: Math.random,
      sleep: (ms) => new Promise((done) => setTimeout(done, ms)),
      log: () => {},
      saveSecret: async () => {},
    },
  );
  const { compiled } = await prepareMapping(session, MAPPING, 'salesforce');
  const results =
    compiled === null
      ? []
      : await session.deployFields(
          await session.planFields(
            compiled.writes.flatMap((write) => write.fields.map((field) => field.spec)),
          ),
        );
  say(
    `         ${results.filter((result) => result.done.length > 0).length} custom fields created`,
  );
  await session.close();
}

process.exitCode = (await main()) ? 0 : 1;
