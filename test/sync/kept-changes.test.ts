import { describe, expect, it } from 'vitest';
import type { Waterfall } from '../../src/model/change.ts';
import { saveRun, type Run } from '../../src/store/runs.ts';
import { forecasts } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { forecastChange } from '../../src/sync/measure/kept-changes.ts';
import { openMemory } from '../store/open.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.parse('2026-10-01T00:00:00Z');
const facts = (amount: number, dealId: string): Waterfall['steps'][number] => ({
  ...{ cause: 'facts', amount },
  by: [{ cause: 'won', amount, deals: [{ dealId, amount }] }],
});

/** Runs of these days of the quarter, each with what it said of the one before. */
async function companyOf(
  days: [day: number, waterfall: Waterfall, turned?: boolean][],
): Promise<Store> {
  const store = openMemory();
  const period = { label: 'Q', startMs: START_MS, endMs: START_MS + 90 * DAY_MS };
  for (const [n, [day, forecast, turned = false]] of days.entries()) {
    const asOfMs = START_MS + day * DAY_MS;
    const before = days[n - 1];
    const run: Run = {
      ...{ id: `r${n}`, connectionId: 'lab', kind: 'sync', state: 'done', dryRun: false },
      ...{ full: false, startedMs: n, asOfMs, endedMs: n, mapping: null, model: null, calls: 0 },
      ...{ error: null, resumeAtMs: null, undoes: null },
      flow: null,
      summary: {
        changes: before && {
          ...{ fromRun: `r${n - 1}`, fromMs: START_MS + before[0] * DAY_MS, currency: 'EUR' },
          ...{ turned, forecast, partners: [] },
        },
      },
    };
    await saveRun(store, run);
    await store.db.insert(forecasts).values({
      ...{ connectionId: 'lab', runId: run.id, period: 'Q', asOfMs, model: 'm' },
      detail: JSON.stringify({ asOfMs, period, currency: 'EUR' }),
    });
  }
  return store;
}
const NONE: Waterfall = { before: null, after: null, steps: [] };

describe('why the forecast moved, from what runs have kept', () => {
  const days: [number, Waterfall][] = [
    [1, NONE],
    [20, { before: 100, after: 110, steps: [facts(10, 'old')] }],
    [26, { before: 110, after: 117.5, steps: [facts(7.5, 'a')] }],
    [
      30,
      {
        before: 118,
        after: 116,
        steps: [{ cause: 'time', amount: -4.5, by: [] }, facts(2.5, 'a')],
      },
    ],
  ];

  it('adds the runs of a week up to the cent, each deal once, late rows with the facts', async () => {
    const store = await companyOf(days);
    const change = await forecastChange(store, 'lab', 'week');
    expect(change).toMatchObject({ fromRun: 'r1', toRun: 'r3', turned: false, currency: 'EUR' });
    expect(change?.forecast).toEqual({
      ...{ before: 110, after: 116 },
      steps: [
        { cause: 'time', amount: -4.5, by: [] },
        {
          ...{ cause: 'facts', amount: 10.5 },
          by: [{ cause: 'won', amount: 10, deals: [{ dealId: 'a', amount: 10 }] }],
        },
      ],
    });
    expect((await forecastChange(store, 'lab', 'run'))?.forecast.before).toBe(118);
    expect((await forecastChange(store, 'lab', 'quarter'))?.forecast.before).toBe(100);
    store.close();
  });

  it('goes no further back than where the quarter turned, and says nothing of a first run', async () => {
    const turned = await companyOf([
      [1, NONE],
      [20, { before: 1, after: 2, steps: [] }, true],
      [21, { before: 2, after: 3, steps: [facts(1, 'a')] }],
    ]);
    expect((await forecastChange(turned, 'lab', 'quarter'))?.fromRun).toBe('r1');
    turned.close();
    const first = await companyOf([[1, NONE]]);
    expect(await forecastChange(first, 'lab', 'week')).toBeNull();
    first.close();
  });
});
