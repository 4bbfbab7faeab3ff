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
      expect(sumOf(first, /queryAll|\/query$/)).toBeLessThanOrEqual(3 * objects + 8);
      return;
    }
    const deals = read(first, 'deals');
    // By a hundred for the fields, by fifty for the history, the archive read and counted.
    expect(first.routes['GET /crm/objects/deals']).toBeLessThanOrEqual(
      pages(deals, 100) + pages(deals, 50) + 2,
    );
    expect(first.routes['POST /crm/objects/deals/batch/read']).toBeUndefined();
    const meetings = read(first, 'meetings');
    expect(first.routes['GET /crm/objects/meetings']).toBeLessThanOrEqual(
      2 * pages(meetings, 100) + 2,
    );
  });

  it('of a quiet run count nothing that the answer of the read has told', () => {
    const objects = quiet.outcome.summary.pulled.length;
    const reading = sumOf(quiet, /search$|objects\/[\w-]+$|queryAll|\/query$|owners|pipelines/);
    expect(reading).toBeLessThanOrEqual((name === 'hubspot' ? 2 : 1) * objects + 4);
    expectVerified(quiet);
  });

  it('of the first run of a day look for what is gone in what was read', () => {
    expect(nextDay.calls).toBeLessThanOrEqual(first.calls);
    expectVerified(nextDay);
  });
});
