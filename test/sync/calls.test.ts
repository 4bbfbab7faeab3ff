import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { countedRun, type Counted } from '../bench/calls/count.ts';
import { openCrm, type Crm } from '../bench/calls/crms.ts';
import { openMemory } from '../store/open.ts';

const HOUR_MS = 3_600_000;
const DRY = { dryRun: true, full: false };

const sumOf = ({ routes }: Counted, route: RegExp): number =>
  Object.entries(routes).reduce((sum, [name, n]) => sum + (route.test(name) ? n : 0), 0);
const pages = (rows: number, page: number): number => Math.max(1, Math.ceil(rows / page));

describe.each(['hubspot', 'salesforce'] as const)('calls of %s', (name) => {
  let crm: Crm;
  let store: Store;
  let first: Counted;
  let quiet: Counted;
  let nextDay: Counted;

  beforeAll(async () => {
    crm = await openCrm(name, { partners: 8, deals: 160, seed: 3 });
    store = openMemory();
    first = await countedRun(crm, store, 'run-1', DRY);
    crm.sandbox.clock.advance(HOUR_MS);
    await countedRun(crm, store, 'run-2', DRY);
    crm.sandbox.clock.advance(HOUR_MS);
    quiet = await countedRun(crm, store, 'run-3', DRY);
    crm.sandbox.clock.advance(25 * HOUR_MS);
    nextDay = await countedRun(crm, store, 'run-4', DRY);
  });
  afterAll(async () => {
    store.close();
    await crm.sandbox.close();
  });

  const read = (run: Counted, object: string): number =>
    run.outcome.summary.pulled.find((pull) => pull.object === object)?.read ?? 0;
  /** Receipts there are, of the deals' history among others, and each is verified. */
  const expectVerified = ({ outcome }: Counted): void => {
    const { receipts } = outcome.summary;
    expect(receipts.filter((receipt) => !receipt.verified)).toEqual([]);
    const windows = receipts.map((receipt) => receipt.object);
    expect(windows).toContain(name === 'hubspot' ? 'deals.history' : 'OpportunityHistory');
  };

  it('of a first run read every object once, history included', () => {
    if (name === 'salesforce') {
      // A page of each object, a page more for each 2,000 rows.
      const objects = first.outcome.summary.pulled.length;
      expect(sumOf(first, /queryAll|\/query$/)).toBeLessThanOrEqual(objects + 4);
      // Descriptions, counts and delete logs go together.
      expect(sumOf(first, /composite$/)).toBeLessThanOrEqual(pages(objects, 5) + 3);
      expect(sumOf(first, /describe$|deleted$/)).toBe(0);
      return;
    }
    // By fifty, with history; the archive once; nothing is counted by reading it.
    expect(first.routes['GET /crm/objects/deals']).toBeLessThanOrEqual(
      pages(read(first, 'deals'), 50) + 1,
    );
    expect(first.routes['POST /crm/objects/deals/batch/read']).toBeUndefined();
    expect(first.routes['GET /crm/objects/meetings']).toBe(pages(read(first, 'meetings'), 100) + 1);
    // One count of each object, before it is read.
    expect(sumOf(first, /search$/)).toBe(sumOf(quiet, /search$/));
    expect(sumOf(first, /owners/)).toBe(2);
    expectVerified(first);
  });

  it('of a quiet run count nothing that the answer of the read has told', () => {
    const objects = quiet.outcome.summary.pulled.length;
    if (name === 'salesforce') expect(quiet.calls).toBeLessThanOrEqual(objects + 4);
    const reading = sumOf(quiet, /search$|objects\/[\w-]+$|queryAll|\/query$|owners|pipelines/);
    expect(reading).toBeLessThanOrEqual((name === 'hubspot' ? 2 : 1) * objects);
    // Labels only of the pairs that the mapping names one of.
    expect(sumOf(quiet, /labels$/)).toBeLessThanOrEqual(2);
    expectVerified(quiet);
  });

  it('of the first run of a day list no object again, and look for what is gone in what was read', () => {
    expect(nextDay.calls).toBeLessThan(first.calls);
    for (const [route, calls] of Object.entries(nextDay.routes))
      if (/^GET \/crm\/objects\//.test(route)) expect([route, calls]).toEqual([route, 1]);
    expectVerified(nextDay);
  });
});
