import { describe, expect, it } from 'vitest';
import { growthPerHour, type Gauge } from './soak-gauge.ts';
import { growthOf } from './soak-limits.ts';
import { soak } from './soak.ts';
import { share } from './share.ts';

/** An hour or two; `npm run soak` plays days. */
const HOURS = 3;
const SHARED_MS = 5_000;

describe('a long run', () => {
  it.each(['salesforce', 'hubspot'] as const)(
    'of a process on %s leaves no handle open, keeps its file in bounds and ends as the CRM',
    async (crm) => {
      // A test runner has no collector to call, so the heap is `npm run soak`'s to judge.
      const soaked = await soak({ crm, seed: 3, hours: HOURS });
      expect(soaked.violations).toEqual([]);
      expect(soaked.ended['done']).toBeGreaterThan(HOURS * 3);
      const { fileBytesPerHour, handlesPerHour } = growthOf(soaked);
      expect(handlesPerHour).toBeLessThan(0.5);
      expect(fileBytesPerHour).toBeLessThan(900_000);
    },
  );

  it('tells what grew', () => {
    const gauges = Array.from({ length: 30 }, (_, i): Gauge => {
      const hour = i + 1;
      return { hour, heapBytes: 1e8 + 2e6 * hour, fileBytes: 1e7, handles: 20 + hour, tables: {} };
    });
    expect(growthPerHour(gauges, 'heapBytes')).toBeCloseTo(2e6);
    const soaked = { crm: 'hubspot', seed: 1, hours: 30, runs: 1, calls: 1, writes: 1 } as const;
    const { broken } = growthOf({ ...soaked, ended: {}, gauges, violations: [] });
    expect(broken).toEqual(['the heap by 2000000 bytes an hour', 'open handles by 1 an hour']);
  });
});

it('two processes on one file: one works, the other says so, and nothing is lost', async () => {
  const shared = await share({ crm: 'salesforce', seed: 5, processes: 2, forMs: SHARED_MS });
  expect(shared.violations).toEqual([]);
  expect(shared.runs).toBeGreaterThan(0);
  expect(shared.looks).toBeGreaterThan(0);
});
