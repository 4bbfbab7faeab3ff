import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fiscalQuarter } from '../../src/predict/index.ts';
import { pruneHistory } from '../../src/store/prune.ts';
import { saveRun } from '../../src/store/runs.ts';
import { upsertRows } from '../../src/store/json-batch.ts';
import { forecasts } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from './open.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A real run with its forecast, as far as keeping it goes. */
async function ran(
  store: Store,
  timeZone: string,
  atMs: number,
  state: 'done' | 'failed' = 'done',
): Promise<void> {
  const id = new Date(atMs).toISOString();
  await saveRun(store, {
    ...{ id, connectionId: 'c', kind: 'sync', state, dryRun: false, full: false, calls: 0 },
    ...{ startedMs: atMs, asOfMs: atMs, endedMs: atMs, mapping: null, model: null, error: null },
    ...{ resumeAtMs: null, undoes: null, flow: null, summary: null },
  });
  const period = fiscalQuarter(atMs, timeZone, 1).label;
  const row = { connectionId: 'c', runId: id, period, asOfMs: atMs, model: 'm', detail: '{}' };
  await store.batch(upsertRows(store, forecasts, [row]));
}

describe.each(['Asia/Tokyo', 'Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'])(
  'a period that has closed in %s',
  (timeZone) => {
    let store: Store;
    beforeEach(() => {
      store = openMemory();
    });
    afterEach(() => {
      store.close();
    });

    it('keeps its last forecast as it stood, days and years later', async () => {
      const { endMs } = fiscalQuarter(Date.parse('2026-11-16T12:00:00Z'), timeZone, 1);
      for (let hours = -72; hours < 72; hours += 6)
        await ran(store, timeZone, endMs + hours * HOUR_MS);
      const last = new Date(endMs - 6 * HOUR_MS).toISOString();
      await ran(store, timeZone, endMs - HOUR_MS, 'failed');
      for (const days of [3, 30, 93, 200, 1000]) {
        const nowMs = endMs + days * DAY_MS;
        while ((await pruneHistory(store, 'c', nowMs)).runs > 0);
        const kept = await store.db.select({ id: forecasts.runId }).from(forecasts);
        expect(kept.map(({ id }) => id)).toContain(last);
      }
      expect((await store.db.select().from(forecasts)).length).toBeLessThan(6);
    });
  },
);
