import { describe, expect, it } from 'vitest';
import { localRows } from '../../src/store/rows.ts';
import { saysWhenCreated } from '../../connectors/csv/survey.ts';
import { describeAs } from './described.ts';
import { openLab, type Lab } from './lab.ts';

const MOVING = new Set(['SystemModstamp', 'LastModifiedDate']);

/** An org that shows no stamp of the last change of this object, only when a row was created. */
const hideStamps = (lab: Lab, object: string): void =>
  describeAs(lab, (described) =>
    described.name === object
      ? { ...described, fields: described.fields.filter(({ name }) => !MOVING.has(name)) }
      : described,
  );

describe('an object that people edit and that shows only when a row was created', () => {
  for (const [object, field, value] of [
    ['Account', 'BillingCountry', 'Norway'],
    ['Campaign', 'Name', 'Renamed'],
    ['Opportunity', 'Name', 'Renamed'],
  ] as const)
    it(`${object}: is read whole, its edits arrive, and it is never called verified`, async () => {
      const lab = await openLab({ seed: 61, partners: 4, deals: 30 });
      hideStamps(lab, object);
      await lab.sync();
      const rows = [...lab.sandbox.org.table(object).values()] as Record<string, unknown>[];
      const id = String(rows.find((row) => row['IsDeleted'] !== true)!['Id']);
      const user = lab.sandbox.org.userByName(lab.sandbox.username)!;
      expect(lab.sandbox.org.update(user, object, id, { [field]: value }).ok).toBe(true);
      await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
      const { summary } = await lab.sync();
      expect(summary.pulled.find((pull) => pull.object === object)?.mode).toBe('full');
      expect((await localRows(lab.store, 'lab', object, [id])).get(id)?.fields[field]).toBe(value);
      expect(summary.receipts.some((receipt) => receipt.object === object)).toBe(false);
      await lab.close();
    });

  it('a history that nobody edits goes on by the moment of creation', async () => {
    const lab = await openLab({ seed: 62, partners: 3, deals: 20 });
    await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    const { summary } = await lab.sync();
    const history = summary.pulled.find(({ object }) => object === 'OpportunityHistory');
    expect(history === undefined || history.mode === 'changes').toBe(true);
    await lab.close();
  });

  it('in a file: the words that people have for it', () => {
    for (const name of ['created_at', 'CreatedDate', 'createdate', 'Date created', 'hs_createdate'])
      expect(saysWhenCreated(name), name).toBe(true);
    for (const name of ['changed_at', 'LastModifiedDate', 'updated', 'recreated by', 'created_by'])
      expect(saysWhenCreated(name), name).toBe(false);
  });
});
