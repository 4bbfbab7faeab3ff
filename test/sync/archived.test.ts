import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { activities, crmRows } from '../../src/store/schema.ts';
import { openLab, type Lab } from './lab.ts';

const DAY_MS = 86_400_000;
const KINDS = ['Task', 'Event'] as const;

/**
 * Salesforce moves closed tasks and past events to an archive after a year: `query` and the user's
 * lists no longer show them, `queryAll` does, and their stamps stay.
 */
describe('archived activities', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 55, partners: 5, deals: 60 });
    await lab.sync();
  });
  afterAll(async () => {
    await lab.close();
  });

  const archived = (object: (typeof KINDS)[number]): string[] =>
    [...lab.sandbox.org.table(object).values()]
      .filter((row) => row['IsArchived'] === true && row['IsDeleted'] !== true)
      .map((row) => String(row['Id']))
      .sort();
  const local = async (object: string) =>
    new Map(
      (
        await lab.store.db
          .select({ id: crmRows.id, deleted: crmRows.deleted })
          .from(crmRows)
          .where(and(eq(crmRows.connectionId, 'lab'), eq(crmRows.object, object)))
      ).map((row) => [row.id, row.deleted]),
    );
  const living = async (object: string) =>
    new Set(
      (
        await lab.store.db
          .select({ id: activities.id })
          .from(activities)
          .where(
            and(
              eq(activities.connectionId, 'lab'),
              eq(activities.object, object),
              eq(activities.deleted, 0),
            ),
          )
      ).map((row) => row.id),
    );
  const pass = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };

  it('that were in the archive before the first sync are read by it', async () => {
    for (const object of KINDS) {
      const old = archived(object);
      expect(old.length, object).toBeGreaterThan(5);
      const held = await local(object);
      expect(old.filter((id) => held.get(id) !== 0)).toEqual([]);
    }
  });

  it('that age into it are kept by the runs that follow, by an audit of ids and by a full run, and counted by the receipts', async () => {
    const before = { Task: archived('Task'), Event: archived('Event') };
    const alive = { Task: await living('Task'), Event: await living('Event') };
    // Beyond the reach of the delete log, so that the ids are enumerated.
    await pass(120 * DAY_MS);
    for (const full of [false, true]) {
      const { summary } = await lab.sync({ full });
      expect([summary.hardDeletes, summary.heldDeletions]).toEqual([0, []]);
      await pass(60 * 60_000);
      const receipts = (await lab.sync()).summary.receipts.filter(
        ({ object }) => object === 'Task' || object === 'Event',
      );
      expect(
        receipts.every(({ verified, ourCount, crmCount }) => verified && ourCount === crmCount),
      ).toBe(true);
    }
    for (const object of KINDS) {
      const aged = archived(object).filter((id) => !before[object].includes(id));
      expect(aged.length, object).toBeGreaterThan(0);
      expect((await living(object)).size).toBe(alive[object].size);
      const held = await local(object);
      expect(archived(object).filter((id) => held.get(id) !== 0)).toEqual([]);
    }
  });

  it('that are deleted are gone, and one that came back out of the bin since the log named it is not', async () => {
    const [gone, back] = archived('Task').filter(
      (id) => lab.sandbox.org.table('Task').get(id)?.['IsClosed'] === true,
    );
    const { org } = lab.sandbox;
    const before = await living('Task');
    expect([before.has(gone!), before.has(back!)]).toEqual([true, true]);
    org.remove(org.admin, gone!, { hard: true });
    const { connector } = lab;
    lab.connector = {
      ...connector,
      open: async (...given) => {
        const session = await connector.open(...given);
        return {
          ...session,
          deleted: async (object, fromMs, untilMs) => {
            const page = await session.deleted(object, fromMs, untilMs);
            return page === null || object !== 'Task'
              ? page
              : { ...page, ids: [...page.ids, { id: back!, deletedAtMs: untilMs }] };
          },
        };
      },
    };
    await pass(60_000);
    expect((await lab.sync()).summary.hardDeletes).toBe(1);
    lab.connector = connector;
    const held = await local('Task');
    expect([
      held.has(gone!),
      held.get(back!),
      (await living('Task')).has(gone!),
      (await living('Task')).has(back!),
    ]).toEqual([false, 0, false, true]);
  });
});
