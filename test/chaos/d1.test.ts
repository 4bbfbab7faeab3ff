import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startD1, type D1Bench } from './d1.ts';
import { aimed, generate } from './generate.ts';
import { play } from './play.ts';

/**
 * Few, because every query crosses into another process; among them a death inside a batch, a lease
 * lost and a lost session. `npm run chaos -- --store d1` plays more.
 */
const SCHEDULES = [
  [8, 'salesforce'],
  [77, 'salesforce'],
  [135, 'salesforce'],
  [142, 'salesforce'],
  [9, 'hubspot'],
  [135, 'hubspot'],
] as const;

describe('chaos on D1', () => {
  let d1: D1Bench;
  beforeAll(async () => {
    d1 = await startD1();
  });
  afterAll(async () => {
    await d1.close();
  });

  it.each(SCHEDULES)(
    'plays schedule %i of %s as the Node store does, and comes to rest',
    async (seed, crm) => {
      const schedule = aimed(generate(seed, crm));
      const [there, here] = [await play(schedule, {}, undefined, d1.open), await play(schedule)];
      expect(there.violations).toEqual([]);
      expect(there.calls).toBeGreaterThan(20);
      // Ends, calls, writes and the words of every error.
      expect(there).toEqual(here);
    },
  );
});
