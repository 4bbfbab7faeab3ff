/**
 * A plan of 100,000 writes over a CRM that is there: how soon its first rows stand on the page, and
 * whether the CRM holds the half that was approved, all of it and nothing else.
 */
import { rmSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { openBench, type Bench } from '../cli/bench.ts';
import { start } from '../cli/harness.ts';
import type { Say } from './web-say.ts';

const WORLD = { partners: 4_800, deals: 4_000, seed: 5 };
const MIN_FIELDS = 100_000;
const MAX_ROWS_MS = 2_000;
const LOOK_MS = 500;
/** Records whose CRM fields are asked for in one query. */
const ASKED = 200;

interface Row {
  object: string;
  recordId: string;
  partnerId: string | null;
  field: string;
  to: unknown;
  from: unknown;
}

type Ask = <T>(path: string, body?: unknown) => Promise<T>;

export async function approveHalf(browser: Browser, say: Say): Promise<void> {
  const bench = await openBench(WORLD);
  await bench.json('field', 'deploy');
  await bench.json('sync', 'run', '--dry-run');
  const server = start(bench.dir, ['serve', '--port', '0', '--json'], bench.env);
  const { url, link } = JSON.parse(await server.firstLine) as { url: string; link: string };
  const page = await browser.newPage();
  await page.goto(link);
  const startMs = performance.now();
  await page.goto(`${url}/c/acme/plan`);
  await page
    .getByRole('table', { name: 'Largest changes first' })
    .locator('tbody tr')
    .first()
    .waitFor();
  const ms = performance.now() - startMs;
  const ask: Ask = async (path, body) => {
    const answer = await page.request.fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { origin: url },
      ...(body === undefined ? {} : { data: body }),
    });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as never;
  };
  const { runs } = await ask<{ runs: { id: string }[] }>('/v1/runs?dryRun=true&limit=1');
  const plan = runs[0]!.id;
  const { fields } = await ask<{ fields: number }>(`/v1/runs/${plan}/writes/counts?state=planned`);
  say(fields >= MIN_FIELDS, `a plan of ${fields} writes (at least ${MIN_FIELDS})`);
  say(ms <= MAX_ROWS_MS, `its first rows after ${ms.toFixed(0)} ms (at most ${MAX_ROWS_MS})`);
  await half(bench, ask, plan, say);
  server.child.kill('SIGTERM');
  await server.ended;
  await bench.close();
  rmSync(bench.dir, { recursive: true, force: true });
}

async function half(bench: Bench, ask: Ask, plan: string, say: Say): Promise<void> {
  const { partners } = await ask<{ partners: { id: string }[] }>(
    `/v1/runs/${plan}/writes/partners?state=planned`,
  );
  const chosen = partners.filter((_, n) => n % 2 === 0).map(({ id }) => id);
  const rows: Row[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const query: string = after === '' ? '' : `&after=${after}`;
    const got: { rows: Row[]; next: string | null } = await ask(
      `/v1/runs/${plan}/writes?state=planned&order=record&limit=500${query}`,
    );
    rows.push(...got.rows);
    after = got.next;
  }
  const startMs = performance.now();
  const { id } = await ask<{ id: string }>(`/v1/runs/${plan}/apply`, { partners: chosen });
  for (let state = 'running'; state === 'running'; ) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    state = (await ask<{ run: { state: string } }>(`/v1/runs/${id}`)).run.state;
  }
  const seconds = (performance.now() - startMs) / 1000;
  const approved = new Set(chosen);
  const held = await crmOf(bench, rows);
  const wrong = rows.filter(({ recordId, partnerId, field, to, from }) => {
    const now = held.get(recordId)?.[field] ?? null;
    const isApproved = partnerId !== null && approved.has(partnerId);
    return String(now) !== String((isApproved ? to : from) ?? null);
  });
  const ofDeals = rows.filter(({ recordId, partnerId }) => recordId !== partnerId).length;
  say(
    wrong.length === 0,
    `half of the partners approved in ${seconds.toFixed(0)} s; of ${rows.length} fields (${ofDeals} of deals) ${wrong.length} are not what the CRM should hold${wrong.length === 0 ? '' : `, such as ${JSON.stringify(wrong[0])}`}`,
  );
}

/** What the CRM itself says of these fields. */
async function crmOf(bench: Bench, rows: Row[]): Promise<Map<string, Record<string, unknown>>> {
  const held = new Map<string, Record<string, unknown>>();
  for (const [object, own] of Map.groupBy(rows, (row) => row.object))
    for (const record of await recordsOf(bench, object, own)) held.set(record.Id, record);
  return held;
}

type Held = { Id: string } & Record<string, unknown>;

async function recordsOf(bench: Bench, object: string, rows: Row[]): Promise<Held[]> {
  const fields = [...new Set(rows.map(({ field }) => field))];
  const ids = [...new Set(rows.map(({ recordId }) => recordId))];
  const all: Held[] = [];
  for (let at = 0; at < ids.length; at += ASKED) {
    const named = ids.slice(at, at + ASKED).map((id) => `'${id}'`);
    const query = `SELECT Id, ${fields.join(', ')} FROM ${object} WHERE Id IN (${named.join(', ')})`;
    const answer = await fetch(
      `${bench.sandbox.url}/services/data/v66.0/query?q=${encodeURIComponent(query)}`,
      { headers: { authorization: `Bearer ${bench.sandbox.accessToken}` } },
    );
    all.push(...((await answer.json()) as { records: Held[] }).records);
  }
  return all;
}
