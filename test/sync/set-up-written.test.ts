import { afterAll, beforeAll, describe, expect } from 'vitest';
import { listIntents } from '../../src/store/intents.ts';
import { localRows } from '../../src/store/rows.ts';
import { HELD } from '../../src/writeback/diff.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

const HOUR_MS = 3_600_000;
const SCORE = 'HW_Partner_Score__c';

/** Set-up of the org through the sandbox's control plane: it changes values and moves no stamp. */
describe('what set-up does to values, on Salesforce', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 71, partners: 6, deals: 40 });
    await lab.sync();
  });
  afterAll(async () => await lab.close());

  const rows = (object: string): Record<string, unknown>[] =>
    ([...lab.sandbox.org.table(object).values()] as Record<string, unknown>[]).filter(
      (row) => row['IsDeleted'] !== true,
    );
  const later = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const held = async (object: string, id: unknown, field: string): Promise<unknown> =>
    (await localRows(lab.store, 'lab', object, [String(id)])).get(String(id))?.fields[field];
  const scored = (): Record<string, unknown>[] =>
    rows('Account').filter((row) => typeof row[SCORE] === 'number');

  const then = story('arrives, and is written again where it may be');
  then('a picklist value that is replaced arrives with the next run', async () => {
    const row = rows('Account').find(({ Industry }) => typeof Industry === 'string')!;
    const gone = row['Industry'];
    await lab.control('POST', '/setup', [
      { op: 'replaceValue', object: 'Account', field: 'Industry', value: gone, with: 'Other' },
    ]);
    expect(row['Industry']).toBe('Other');
    await later(HOUR_MS);
    await lab.sync();
    expect(await held('Account', row['Id'], 'Industry')).toBe('Other');
  });

  then('a field whose new type changes its values arrives with the next run', async () => {
    const row = rows('Opportunity').find(({ Amount }) => typeof Amount === 'number')!;
    row['Amount'] = 1234.56;
    await lab.control('POST', '/setup', [
      { op: 'retypeField', object: 'Opportunity', field: 'Amount', type: 'double', scale: 0 },
    ]);
    expect(row['Amount']).toBe(1235);
    await later(HOUR_MS);
    await lab.sync();
    expect(await held('Opportunity', row['Id'], 'Amount')).toBe(1235);
  });

  then('what Headwater wrote and set-up emptied is there again within a day', async () => {
    const before = new Map(scored().map((row) => [row['Id'], row[SCORE]]));
    expect(before.size).toBeGreaterThan(3);
    await lab.control('POST', '/setup', [{ op: 'emptyField', object: 'Account', field: SCORE }]);
    expect(scored()).toEqual([]);
    await later(25 * HOUR_MS);
    await lab.sync();
    expect(new Set(scored().map((row) => row['Id']))).toEqual(new Set(before.keys()));
  });

  then(
    'a flow that turns what is written into something else is named, and not fought',
    async () => {
      await lab.control('POST', '/setup', [
        { op: 'fieldUpdate', object: 'Account', name: 'Cap', field: SCORE, formula: '7' },
      ]);
      // Somebody's save sets the flow off for the first time; then ours does, run after run.
      for (const row of scored()) row[SCORE] = 7;
      const written: number[] = [];
      let last = '';
      for (let n = 0; n < 6; n++) {
        await later(25 * HOUR_MS);
        const { run } = await lab.sync();
        last = run.id;
        const own = (await listIntents(lab.store, last, 1000)).filter(
          ({ field }) => field === SCORE,
        );
        written.push(own.filter(({ state }) => state === 'done').length);
      }
      expect(written[0]).toBeGreaterThan(3);
      expect(written.at(-1)).toBe(0);
      const held = (await listIntents(lab.store, last, 1000)).filter(
        ({ field }) => field === SCORE,
      );
      expect(held.length).toBeGreaterThan(3);
      expect(new Set(held.map(({ reason }) => reason))).toEqual(new Set([HELD.putBack]));
    },
  );
});
