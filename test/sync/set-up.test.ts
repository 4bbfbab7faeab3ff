import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localRows } from '../../src/store/rows.ts';
import { describeAs, type Described } from './described.ts';
import { openLab, type Lab } from './lab.ts';

const HOUR_MS = 3_600_000;
const SCORE = 'HW_Partner_Score__c';
const OBJECTS = new Set(['Account', 'Opportunity']);

/** Set-up moves no stamp of any record: neither of the description nor of the rows. */
describe('what set-up changes without a stamp', () => {
  let lab: Lab;
  let change: (described: Described) => void = () => {};
  beforeAll(async () => {
    lab = await openLab({ seed: 67, partners: 5, deals: 40 });
    describeAs(lab, (described) => {
      if (OBJECTS.has(described.name)) change(described);
      return described;
    });
    await lab.sync();
  });
  afterAll(async () => await lab.close());

  const rowsOf = (object: string): Record<string, unknown>[] =>
    ([...lab.sandbox.org.table(object).values()] as Record<string, unknown>[]).filter(
      (row) => row['IsDeleted'] !== true,
    );
  const later = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const held = async (object: string, id: string, field: string): Promise<unknown> =>
    (await localRows(lab.store, 'lab', object, [id])).get(id)?.fields[field];
  const modeOf = (done: Awaited<ReturnType<Lab['sync']>>, object: string) =>
    done.summary.pulled.find((pull) => pull.object === object)?.mode;

  it('a picklist value that is replaced arrives with the next run', async () => {
    const row = rowsOf('Account').find(({ Type }) => typeof Type === 'string')!;
    const [id, gone] = [String(row['Id']), String(row['Type'])];
    row['Type'] = 'Other';
    const before = change;
    change = (described) => {
      before(described);
      for (const field of described.fields.filter(({ name }) => name === 'Type'))
        field.picklistValues = (field.picklistValues ?? []).filter(({ value }) => value !== gone);
    };
    await later(HOUR_MS);
    const next = await lab.sync();
    expect(modeOf(next, 'Account')).toBe('refresh');
    expect(await held('Account', id, 'Type')).toBe('Other');
    await later(HOUR_MS);
    expect(modeOf(await lab.sync(), 'Account')).toBe('changes');
  });

  it('a field that is retyped arrives with the next run', async () => {
    const row = rowsOf('Opportunity')[0]!;
    row['LeadSource'] = 'Word of mouth';
    const before = change;
    change = (described) => {
      before(described);
      for (const field of described.fields.filter(({ name }) => name === 'LeadSource'))
        field.type = 'string';
    };
    await later(HOUR_MS);
    expect(modeOf(await lab.sync(), 'Opportunity')).toBe('refresh');
    expect(await held('Opportunity', String(row['Id']), 'LeadSource')).toBe('Word of mouth');
  });

  it('a value that was added re-reads nothing', async () => {
    const before = change;
    change = (described) => {
      before(described);
      for (const field of described.fields.filter(({ name }) => name === 'Type'))
        field.picklistValues?.push({ value: 'A new one', active: true });
    };
    await later(HOUR_MS);
    expect(modeOf(await lab.sync(), 'Account')).toBe('changes');
  });

  it('what Headwater wrote and set-up emptied is written again within a day', async () => {
    const row = rowsOf('Account').find((one) => typeof one[SCORE] === 'number')!;
    const score = row[SCORE];
    row[SCORE] = null;
    await later(25 * HOUR_MS);
    await lab.sync();
    expect(row[SCORE]).not.toBeNull();
    expect(Math.abs(Number(row[SCORE]) - Number(score))).toBeLessThan(25);
  });
});
