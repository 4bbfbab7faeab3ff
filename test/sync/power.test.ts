import { expect, it } from 'vitest';
import { runSync } from '../../src/sync/run/run.ts';
import { openLab } from './lab.ts';

it('a write is on the disk itself before the CRM hears of it', async () => {
  const lab = await openLab({ seed: 5, partners: 4, deals: 20 });
  const told: string[] = [];
  const deps = lab.deps();
  lab.wire.fetch = async (input, init) => {
    if (init?.method === 'PATCH') told.push('write');
    return await lab.sandbox.fetch(input, init);
  };
  await runSync(
    {
      ...deps,
      store: {
        ...deps.store,
        batch: async (statements, durable) => {
          await deps.store.batch(statements, durable);
          if (durable === true) told.push('disk');
        },
      },
    },
    { dryRun: false, full: false },
  );
  expect(told).toContain('write');
  expect(told.filter((_, i) => told[i] === 'write' && told[i - 1] !== 'disk')).toEqual([]);
  await lab.close();
});
