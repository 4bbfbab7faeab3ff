import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPlans } from '../../src/store/keep-plans.ts';
import { revisionsOf } from '../../src/store/plan-revisions.ts';
import { openLab, type Lab } from './lab.ts';

const DAY_MS = 86_400_000;

/** A plan that somebody deletes in the CRM, and takes out of the bin again. */
describe('a joint plan whose record is deleted', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 30 });
    await lab.sync({ dryRun: true });
  });
  afterAll(async () => await lab.close());
  const plans = async (): Promise<{ id: string; targets: unknown[] }[]> =>
    [...(await allPlans(lab.store, 'lab')).values()].flat();
  const change = async (op: 'delete' | 'undelete', id: string): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms: DAY_MS, world: false });
    expect(await lab.control('POST', '/records', [{ op, id }])).toMatchObject([{ ok: true }]);
    await lab.control('POST', '/clock/advance', { ms: DAY_MS, world: false });
    await lab.sync({ dryRun: true });
  };

  it('is in force no more, keeps its memory, and comes back whole', async () => {
    const before = await plans();
    const one = before.find(({ targets }) => targets.length > 1)!;
    const memory = await revisionsOf(lab.store, 'lab', one.id);
    expect(memory.length).toBeGreaterThan(0);
    await change('delete', one.id);
    expect((await plans()).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id).filter((id) => id !== one.id),
    );
    expect(await revisionsOf(lab.store, 'lab', one.id)).toEqual(memory);
    await change('undelete', one.id);
    const back = (await plans()).find(({ id }) => id === one.id);
    expect(back?.targets).toHaveLength(one.targets.length);
    expect(await revisionsOf(lab.store, 'lab', one.id)).toHaveLength(memory.length);
  });
});
