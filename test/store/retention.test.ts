import { getTableName, is } from 'drizzle-orm';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { muteAlerts } from '../../src/store/alerts.ts';
import { saveIntents } from '../../src/store/intents.ts';
import { upsertRows } from '../../src/store/json-batch.ts';
import { keepMappingVersions, mappingVersionsOf } from '../../src/store/mapping-versions.ts';
import { pruneHistory } from '../../src/store/prune.ts';
import {
  findDocument,
  findRun,
  saveDocument,
  saveRun,
  saveStep,
  type Run,
} from '../../src/store/runs.ts';
import { readScratch, saveScratch } from '../../src/store/scratch.ts';
import * as schema from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from './open.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW_MS = Date.parse('2026-11-16T12:07:00Z');

let store: Store;
beforeEach(() => {
  store = openMemory();
});
afterEach(() => {
  store.close();
});

/** A run with a step, and results where it came so far. */
async function ran(id: string, atMs: number, change: Partial<Run> = {}): Promise<void> {
  await saveRun(store, {
    ...{ id, connectionId: 'c', kind: 'sync', state: 'done', dryRun: false, full: false, calls: 0 },
    ...{ startedMs: atMs, asOfMs: atMs, endedMs: atMs, mapping: null, model: null, error: null },
    ...{ resumeAtMs: null, undoes: null, flow: null, summary: null },
    ...change,
  });
  const step = { runId: id, seq: 0, name: 'connect', state: 'done' } as const;
  await saveStep(store, { ...step, startedMs: atMs, endedMs: atMs, calls: 0, result: null });
  if (change.state === 'failed') return;
  const row = { connectionId: 'c', runId: id, period: `Q ${id.slice(0, 1)}`, asOfMs: atMs };
  await store.batch(upsertRows(store, schema.forecasts, [{ ...row, model: 'm', detail: '{}' }]));
}

const wrote = async (runId: string): Promise<void> => {
  const row = { runId, connectionId: 'c', object: 'Thing', recordId: '1', field: 'f' };
  await store.batch(
    saveIntents(store, [
      { ...row, oldValue: null, newValue: 1, state: 'done', reason: null, atMs: 1 },
    ]),
  );
};

async function prune(nowMs: number): Promise<void> {
  for (let calls = 0; (await pruneHistory(store, 'c', nowMs)).runs > 0; calls++)
    if (calls > 100) throw new Error('pruning comes to no end');
}

const ids = async (table: typeof schema.runSteps | typeof schema.forecasts): Promise<string[]> =>
  (await store.db.select({ id: table.runId }).from(table)).map(({ id }) => id).sort();
const runIds = async (): Promise<string[]> =>
  (await store.db.select({ id: schema.runs.id }).from(schema.runs)).map(({ id }) => id).sort();

describe('runs every quarter of an hour with nothing to write', () => {
  it('leave a number of rows that stands still', async () => {
    const counts: number[][] = [];
    for (let quarter = 0; quarter < 4 * 24 * 5; quarter++) {
      const atMs = NOW_MS + (quarter * HOUR_MS) / 4;
      await ran(`r${String(quarter).padStart(4, '0')}`, atMs);
      if (quarter % (4 * 24) !== 4 * 24 - 1) continue;
      await prune(atMs);
      counts.push([(await ids(schema.forecasts)).length, (await ids(schema.runSteps)).length]);
    }
    // Six hours of four runs, then one an hour to two days, then one a day; steps of two days.
    const [, , third, fourth, fifth] = counts;
    expect(third![0]).toBeLessThanOrEqual(25 + 42 + 2);
    expect(fourth![0]! - third![0]!).toBeLessThanOrEqual(1);
    expect(fifth![0]! - fourth![0]!).toBeLessThanOrEqual(1);
    expect(fifth![1]).toBeLessThanOrEqual(4 * 48 + 1);
    expect(fifth![1]).toBe(third![1]);
    await prune(NOW_MS + 40 * DAY_MS);
    // One a day, and the last of the period.
    expect((await runIds()).length).toBeLessThanOrEqual(7);
  });

  it('go before those that wrote or failed', async () => {
    await ran('a quiet', NOW_MS);
    await ran('b wrote', NOW_MS + 1);
    await wrote('b wrote');
    await ran('c failed', NOW_MS + 2, { state: 'failed' });
    await ran('d later', NOW_MS + 3);
    await prune(NOW_MS + 3 * DAY_MS);
    expect(await ids(schema.runSteps)).toEqual(['b wrote', 'c failed']);
    await prune(NOW_MS + 32 * DAY_MS);
    expect(await ids(schema.runSteps)).toEqual([]);
    expect(await runIds()).toContain('b wrote');
    await prune(NOW_MS + 184 * DAY_MS);
    expect(await runIds()).not.toContain('c failed');
  });
});

it('a dry run stands for no hour, day or month', async () => {
  await ran('real 1', NOW_MS);
  await ran('real 2', NOW_MS + 30 * DAY_MS);
  const dry = NOW_MS + HOUR_MS;
  await saveRun(store, {
    ...(await findRun(store, 'real 1'))!,
    id: 'dry',
    startedMs: dry,
    dryRun: true,
  });
  for (const days of [1, 10, 100, 400]) {
    await prune(NOW_MS + days * DAY_MS);
    expect(await ids(schema.forecasts)).toEqual(['real 1', 'real 2']);
  }
});

it('what a failed run laid aside goes with its steps, and not before', async () => {
  await ran('failed', NOW_MS, { state: 'failed' });
  await store.batch(saveScratch(store, 'failed', 'fit 1', { half: 'a model' }));
  await prune(NOW_MS + 30 * DAY_MS);
  expect(await readScratch(store, 'failed', 'fit 1')).toEqual({ half: 'a model' });
  await prune(NOW_MS + 32 * DAY_MS);
  expect(await readScratch(store, 'failed', 'fit 1')).toBeUndefined();
});

it('a document stays while a run that used it stays, while it is the newest, or comes back', async () => {
  const save = async (version: string, atMs: number): Promise<void> =>
    await saveDocument(store, 'c', 'mapping', version, `text of ${version}`, atMs);
  for (const [at, version] of ['used', 'unused', 'again', 'newest'].entries())
    await save(version, NOW_MS + at);
  await ran('month', NOW_MS + 5, { mapping: 'used' });
  const laterMs = NOW_MS + 400 * DAY_MS;
  const left = async (): Promise<string[]> => {
    const found = await store.db.select({ id: schema.documents.version }).from(schema.documents);
    return found.map(({ id }) => id).sort();
  };
  await prune(NOW_MS + 100 * DAY_MS);
  expect((await left()).length).toBe(4);
  await save('again', laterMs - 1);
  await prune(laterMs);
  expect(await left()).toEqual(['again', 'newest', 'used']);
  expect(await findDocument(store, 'c', 'mapping', 'used')).toBe('text of used');
});

it('of the versions of a mapping the latest stay, and those that a run used', async () => {
  await keepMappingVersions(
    store,
    'c',
    Array.from({ length: 30 }, (_, i) => ({
      ...{ seq: i + 1, version: `v${i + 1}`, body: 'x', savedMs: NOW_MS + i, by: null, why: null },
    })),
  );
  await ran('month', NOW_MS, { mapping: 'v3' });
  await prune(NOW_MS + 100 * DAY_MS);
  const page = { skip: 0, limit: 100 };
  expect((await mappingVersionsOf(store, 'c', page)).length).toBe(30);
  await prune(NOW_MS + 400 * DAY_MS);
  const kept = await mappingVersionsOf(store, 'c', page);
  expect(kept.map(({ seq }) => seq)).toEqual([...Array.from({ length: 20 }, (_, i) => 30 - i), 3]);
});

it('alerts stay for two years, unless they still wait; ended mutes for half a year', async () => {
  const alert = (key: string, state: string) => ({
    ...{ connectionId: 'c', key, rule: 'r', on: 'partner', subject: 'p', ownerId: null, state },
    ...{ channel: 'ops', recipient: null, way: 'above', value: 1, limit: 0, atMs: NOW_MS },
    ...{ dueMs: NOW_MS, digest: 0, attempts: 1, nextMs: NOW_MS, error: null, sentMs: NOW_MS },
  });
  await store.batch(
    upsertRows(store, schema.alerts, [
      alert('a', 'sent'),
      alert('b', 'queued'),
      alert('c', 'dead'),
    ]),
  );
  const mute = { by: 'Ann', why: 'known', untilMs: NOW_MS + DAY_MS };
  await muteAlerts(store, 'c', { what: 'rule:r', ...mute });
  await muteAlerts(store, 'c', { what: 'rule:s', ...mute, untilMs: NOW_MS + 900 * DAY_MS });
  const keys = async (): Promise<string[]> =>
    (await store.db.select({ key: schema.alerts.key }).from(schema.alerts)).map(({ key }) => key);
  await prune(NOW_MS + 729 * DAY_MS);
  expect(await keys()).toEqual(['a', 'b', 'c']);
  await prune(NOW_MS + 731 * DAY_MS);
  expect(await keys()).toEqual(['b']);
  const mutes = await store.db.select({ what: schema.alertMutes.what }).from(schema.alertMutes);
  expect(mutes).toEqual([{ what: 'rule:s' }]);
});

/** What bounds a table: it has a time above, or grows with something other than runs and time. */
const BOUNDED_BY: Record<string, string> = {
  ...byRoom('its time in src/store/retention.ts', [
    ...['runs', 'run_steps', 'scratch', 'windows', 'write_intents', 'partner_scores', 'forecasts'],
    ...['models', 'fits', 'documents', 'mapping_versions', 'alerts', 'alert_mutes'],
  ]),
  ...byRoom('a time of its own: sessions and deliveries end by themselves', [
    ...['web_sessions', 'seen_deliveries'],
  ]),
  ...byRoom('the records of the CRM', [
    ...['partners', 'accounts', 'deals', 'deal_partners', 'deal_teams', 'deal_events', 'quotes'],
    ...['registrations', 'tasks', 'activities', 'attendees', 'users', 'contacts', 'campaigns'],
    ...['plans', 'targets', 'milestones', 'certifications', 'costs', 'signals', 'stages', 'rates'],
    ...['crm_rows', 'redirects', 'several_links', 'deal_links', 'deal_looks', 'hints', 'issues'],
    ...['kpi_values', 'deal_scores', 'ledger', 'credits', 'partner_credits', 'claims', 'conflicts'],
    ...['claim_keys', 'alert_states'],
  ]),
  ...byRoom('the objects and connections of the mapping', [
    ...['connections', 'cursors', 'page_sizes', 'link_states', 'leases', 'fence_guard', 'secrets'],
    ...['track_records', 'backtests', 'shadow_gates'],
  ]),
  ...byRoom('what people decide, and never goes', [
    ...['plan_revisions', 'claim_decisions', 'conflict_decisions', 'tier_decisions'],
    ...['fund_decisions', 'interventions'],
  ]),
  ...byRoom('what was said and booked, once a week and deal, and never goes', [
    ...['statements', 'statement_outcomes', 'credit_book'],
  ]),
};

function byRoom(bound: string, tables: string[]): Record<string, string> {
  return Object.fromEntries(tables.map((table) => [table, bound]));
}

it('every table says what bounds it', () => {
  const tables = Object.values(schema)
    .filter((one) => is(one, SQLiteTable))
    .map((table) => getTableName(table));
  expect(Object.keys(BOUNDED_BY).sort()).toEqual([...new Set(tables)].sort());
});
