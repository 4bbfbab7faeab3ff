import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { hintCount, markHints } from '../../src/store/hints.ts';
import { crmRows } from '../../src/store/schema.ts';
import { openLab, type Lab } from './lab.ts';

describe('ids that a webhook names', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 51, partners: 5, deals: 60 });
    lab.mapping.text = lab.mapping.text.replace(
      '    - object: Task\n',
      '    - object: Task\n      pull: [{ field: TaskSubtype, op: eq, value: Call }]\n',
    );
    await lab.sync();
  });
  afterAll(async () => {
    await lab.close();
  });
  const held = async (): Promise<string[]> =>
    (
      await lab.store.db
        .select({ id: crmRows.id })
        .from(crmRows)
        .where(sql`${crmRows.object} = 'Task'`)
        .orderBy(crmRows.id)
    ).map((row) => row.id);

  it('are read again, but not what the mapping keeps out of the local copy', async () => {
    const [before, waiting] = [await held(), await hintCount(lab.store, 'lab')];
    const all = [...lab.sandbox.org.table('Task').values()].filter(
      (row) => row['IsDeleted'] !== true,
    );
    const wanted = all
      .filter((row) => row['TaskSubtype'] === 'Call')
      .map((row) => String(row['Id']));
    const unwanted = all
      .filter((row) => row['TaskSubtype'] !== 'Call')
      .map((row) => String(row['Id']));
    expect([wanted.length > 0, unwanted.length > 0]).toEqual([true, true]);
    await lab.store.batch(
      markHints(
        lab.store,
        'lab',
        [...wanted.slice(0, 3), ...unwanted.slice(0, 3)].map((id) => ({ object: 'Task', id })),
        1,
      ),
    );
    const outcome = await lab.sync();
    expect(await held()).toEqual(before);
    expect(await hintCount(lab.store, 'lab')).toBe(waiting);
    expect(outcome.summary.receipts.filter((receipt) => !receipt.verified)).toEqual([]);
  });

  it('of objects that nobody reads are dropped, and those that came meanwhile wait', async () => {
    const before = await hintCount(lab.store, 'lab');
    const mark = (object: string, markedMs: number) =>
      markHints(lab.store, 'lab', [{ object, id: '001' }], markedMs);
    await lab.store.batch([
      ...mark('tickets', 1),
      ...mark('constructor', 1),
      ...mark('leads', Date.parse('2100-01-01')),
    ]);
    await lab.sync();
    expect(await hintCount(lab.store, 'lab')).toBe(before + 1);
  });
});
