import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import type { CrmSession } from '../../src/model/connector.ts';
import { crmRows } from '../../src/store/schema.ts';
import { openLab, type Lab } from './lab.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Lets a test change what the session says. */
function through(lab: Lab, change: (session: CrmSession) => Partial<CrmSession>): void {
  const { connector } = lab;
  lab.connector = {
    ...connector,
    open: async (...given) => {
      const session = await connector.open(...given);
      return { ...session, ...change(session) };
    },
  };
}

async function someTasks(lab: Lab, n: number): Promise<string[]> {
  const found = await lab.store.db
    .select({ id: crmRows.id })
    .from(crmRows)
    .where(sql`${crmRows.object} = 'Task' and ${crmRows.deleted} = 0`)
    .orderBy(crmRows.id)
    .limit(n);
  return found.map((row) => row.id);
}

describe('rows that no query shows any more', () => {
  let lab: Lab;
  let honest: Lab['connector'];
  beforeAll(async () => {
    lab = await openLab({ seed: 41, partners: 5, deals: 60 });
    honest = lab.connector;
    await lab.sync();
  });
  afterAll(async () => {
    await lab.close();
  });

  it('are found by an audit once a day where the delete log cannot tell', async () => {
    const [task] = await someTasks(lab, 1);
    lab.sandbox.org.remove(lab.sandbox.org.admin, task!, { hard: true });
    let enumerations = 0;
    through(lab, (session) => ({
      deleted: async () => null,
      read: async (request, next) => {
        if (
          request.object === 'Task' &&
          request.range.kind === 'all' &&
          request.fields.length === 0
        )
          enumerations++;
        return await session.read(request, next);
      },
    }));
    await lab.control('POST', '/clock/advance', { ms: 5 * MINUTE_MS, world: false });
    expect([(await lab.sync()).summary.hardDeletes, enumerations]).toEqual([0, 0]);
    await lab.control('POST', '/clock/advance', { ms: DAY_MS, world: false });
    expect([(await lab.sync()).summary.hardDeletes, enumerations]).toEqual([1, 1]);
    await lab.control('POST', '/clock/advance', { ms: 60 * MINUTE_MS, world: false });
    expect([(await lab.sync()).summary.hardDeletes, enumerations]).toEqual([0, 1]);
    lab.connector = honest;
  });

  it('are looked up a page at a time, however many the log names', async () => {
    const gone = await someTasks(lab, 3);
    for (const id of gone) lab.sandbox.org.remove(lab.sandbox.org.admin, id, { hard: true });
    const asked: number[] = [];
    const strangers = Array.from(
      { length: 2500 },
      (_, n) => `00T${String(n).padStart(12, '0')}AAA`,
    );
    through(lab, (session) => ({
      deleted: async (object, fromMs, untilMs) => {
        const page = await session.deleted(object, fromMs, untilMs);
        return page === null || object !== 'Task'
          ? page
          : {
              ...page,
              ids: [
                ...page.ids.slice(0, 1),
                ...strangers.map((id) => ({ id, deletedAtMs: untilMs })),
                ...page.ids.slice(1),
              ],
            };
      },
      read: async (request, next) => {
        if (request.object === 'Task' && request.range.kind === 'ids')
          asked.push(request.range.ids.length);
        return await session.read(request, next);
      },
    }));
    await lab.control('POST', '/clock/advance', { ms: 5 * MINUTE_MS, world: false });
    expect((await lab.sync()).summary.hardDeletes).toBe(3);
    expect(asked.length).toBeGreaterThan(1);
    lab.connector = honest;
  });

  it('are not taken for gone when they are too many at once: a permission may have been lost', async () => {
    const before = await someTasks(lab, 10_000);
    const hidden = new Set(before.slice(0, Math.ceil(before.length * 0.3)));
    through(lab, (session) => ({
      read: async (request, next) => {
        const page = await session.read(request, next);
        return request.object === 'Task'
          ? { ...page, rows: page.rows.filter((row) => !hidden.has(row.id)) }
          : page;
      },
      count: async (request) => {
        const all = await session.count(request);
        return request.object === 'Task' && request.range.kind === 'all' ? all - hidden.size : all;
      },
    }));
    await lab.control('POST', '/clock/advance', { ms: 5 * MINUTE_MS, world: false });
    const held = await lab.sync({ full: true });
    expect(held.summary.heldDeletions).toEqual([{ object: 'Task', rows: hidden.size }]);
    expect(await someTasks(lab, 10_000)).toEqual(before);
    const cautious = lab.connection;
    lab.connection = { ...cautious, limits: { ...cautious.limits, maxAbsentPercent: 1 } };
    const kept = [...hidden];
    for (const id of kept.slice(5)) hidden.delete(id);
    expect((await lab.sync({ full: true })).summary.heldDeletions).toEqual([
      { object: 'Task', rows: 5 },
    ]);
    for (const id of kept) hidden.add(id);
    // A person has looked, and says that they are gone.
    lab.connection = { ...cautious, limits: { ...cautious.limits, maxAbsentPercent: 100 } };
    const gone = await lab.sync({ full: true });
    lab.connection = cautious;
    expect(gone.summary.heldDeletions).toEqual([]);
    expect((await someTasks(lab, 10_000)).length).toBe(before.length - hidden.size);
    lab.connector = honest;
  });

  it('nor when the enumeration is not as long as the CRM counts', async () => {
    const before = await someTasks(lab, 10_000);
    through(lab, (session) => ({
      read: async (request, next) => {
        const page = await session.read(request, next);
        // No read shows it, not even one that asks for it by its id; the CRM's COUNT includes it.
        return request.object === 'Task'
          ? { ...page, rows: page.rows.filter(({ id }) => id !== before[0]) }
          : page;
      },
    }));
    await lab.control('POST', '/clock/advance', { ms: 5 * MINUTE_MS, world: false });
    expect((await lab.sync({ full: true })).summary.hardDeletes).toBe(0);
    expect((await someTasks(lab, 10_000)).filter((id) => before.includes(id))).toEqual(before);
    lab.connector = honest;
  });
});
