import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { and, eq, gt } from 'drizzle-orm';
import { deals } from '../../src/store/schema.ts';
import { through, type Crm, type Through } from './crm.ts';
import { saidAgain, saidLive } from './said-again.ts';
import { scramble } from './scramble.ts';

/** A Monday 00:00Z, at which runs and replays may both speak. */
const MONDAY_MS = Date.parse('2026-11-16T00:00:00Z');

describe.each<Crm>(['salesforce', 'hubspot'])(
  'what a run said, replayed weeks later on %s',
  (crm) => {
    let live: Through;
    let said: string[];
    const advance = async (days: number): Promise<void> => {
      await live.sandbox.fetch(`${live.sandbox.controlUrl}/clock/advance`, {
        method: 'POST',
        headers: { host: '127.0.0.1', 'content-type': 'application/json' },
        body: JSON.stringify({ days }),
      });
    };
    beforeAll(async () => {
      live = await through(crm, { seed: 3, partners: 4, deals: 60, nowMs: MONDAY_MS });
      await live.sync();
      said = await saidLive(live.store, 'through', MONDAY_MS);
      expect(said.length).toBeGreaterThan(10);
      await advance(20);
      await live.sync();
      await advance(30);
      await live.sync();
    });
    afterAll(async () => await live.close());

    it('is the same to the byte, though deals moved and were deleted since', async () => {
      const gone = await live.store.db
        .select({ id: deals.id })
        .from(deals)
        .where(and(eq(deals.deleted, 1), gt(deals.seenMs, MONDAY_MS)));
      expect(gone.length).toBeGreaterThan(0);
      expect(await saidAgain(live.store, 'through', MONDAY_MS)).toEqual(said);
    });

    it('hangs on nothing that was recorded later, whatever stands there', async () => {
      await scramble(live.store, MONDAY_MS);
      expect(await saidAgain(live.store, 'through', MONDAY_MS)).toEqual(said);
    });
  },
);
