import { expect, it } from 'vitest';
import { partnersAlsoKnownAs } from '../../src/store/partner-names.ts';
import { listIntents } from '../../src/store/intents.ts';
import { openLab } from './lab.ts';

it('a partner in shadow by the fifteen characters of its address is not written to', async () => {
  const lab = await openLab({ partners: 4, deals: 40 });
  try {
    const first = await lab.sync({ dryRun: true });
    const planned = await listIntents(lab.store, first.run.id, 1000);
    const target = planned.find(({ object }) => object === 'Account')!.recordId;
    expect(target).toHaveLength(18);
    lab.connection.shadow = [target.slice(0, 15)];
    const { run } = await lab.sync();
    const names = new Set(await partnersAlsoKnownAs(lab.store, 'lab', [target]));
    const own = (await listIntents(lab.store, run.id, 1000)).filter(
      ({ object, recordId }) => object === 'Account' && names.has(recordId),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(({ state }) => state)).toEqual(own.map(() => 'held'));
  } finally {
    await lab.close();
  }
});
