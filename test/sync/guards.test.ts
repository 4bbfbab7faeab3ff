/** Guards of the sync that the end-to-end journeys heal from, each by itself. */
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CrmRow, CrmSession, ReadRequest, WriteOutcome } from '../../src/model/connector.ts';
import { listIntents } from '../../src/store/intents.ts';
import { listIssues } from '../../src/store/issues.ts';
import { crmRows } from '../../src/store/schema.ts';
import { changeOfPage } from '../../src/sync/read/commit.ts';
import { prepareMapping } from '../../src/sync/run/prepare.ts';
import { openLab, type Lab } from './lab.ts';

describe('a guard of the sync', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ seed: 7, partners: 3, deals: 12 });
  });
  afterEach(async () => await lab.close());

  const through = (change: (session: CrmSession) => Partial<CrmSession>): void => {
    const { connector } = lab;
    lab.connector = {
      ...connector,
      open: async (...given) => {
        const session = await connector.open(...given);
        return { ...session, ...change(session) };
      },
    };
  };
  const held = async (object: string) =>
    await lab.store.db
      .select()
      .from(crmRows)
      .where(and(eq(crmRows.object, object), eq(crmRows.deleted, 0)));

  it('begins each window before the last one ended: what was committed late is met', async () => {
    const asked: ReadRequest[] = [];
    through((session) => ({
      read: async (request, next) => {
        asked.push(request);
        return await session.read(request, next);
      },
    }));
    await lab.sync();
    const firstMs = lab.sandbox.clock.nowMs();
    await lab.control('POST', '/clock/advance', { ms: 3_600_000, world: false });
    asked.length = 0;
    await lab.sync();
    const windows = asked.flatMap(({ range }) =>
      range.kind === 'changed' && range.untilMs > firstMs ? [range.fromMs] : [],
    );
    expect(windows.length).toBeGreaterThan(0);
    for (const fromMs of windows) expect(fromMs).toBeLessThan(firstMs);
  });

  it('verifies no window of which the CRM counts more rows than were read', async () => {
    through((session) => ({
      // Pages that vouch for nothing, so that the CRM's own COUNT decides.
      read: async (request, next) => ({
        ...(await session.read(request, next)),
        confirmed: false,
        totalRows: null,
      }),
      count: async (request) =>
        (await session.count(request)) + (request.object === 'Account' ? 1 : 0),
    }));
    const { summary } = await lab.sync();
    const of = (object: string) => summary.receipts.filter((one) => one.object === object);
    expect(of('Account')).toMatchObject([{ verified: false }]);
    expect(of('Opportunity')).toMatchObject([{ verified: true }]);
    expect(summary.verifiedThroughMs).toBeNull();
  });

  it('takes no older row for a change of a newer one', async () => {
    await lab.sync();
    const session = await lab.connector.open(
      lab.connection.settings,
      lab.secrets,
      lab.deps().connectorDeps,
    );
    const { compiled } = await prepareMapping(session, lab.mapping.text, 'salesforce');
    const [row] = await held('Account');
    const kept = JSON.parse(row!.fields) as { fields: Record<string, string> };
    const page = (stampMs: number): CrmRow[] => [
      {
        ...{ object: 'Account', id: row!.id, stampMs, deleted: false, mergedIntoId: null },
        ...{ fields: { ...kept.fields, Name: 'As it was' }, links: {}, history: [] },
      },
    ];
    const nowMs = lab.sandbox.clock.nowMs();
    const times = { nowMs: () => nowMs, asOfMs: nowMs };
    const change = async (stampMs: number) =>
      await changeOfPage(lab.store, 'lab', compiled!, 'Account', page(stampMs), 'run-x', times);
    expect((await change(row!.stampMs - 1)).changed).toBe(0);
    expect((await change(row!.stampMs + 1)).changed).toBe(1);
  });

  it('plans nothing for a record that is deleted after it was scored', async () => {
    const deps = lab.deps;
    let lost: Promise<unknown> | null = null;
    lab.deps = () => ({
      ...deps(),
      progress: (event) => {
        if (event.kind !== 'step' || !event.step.startsWith('plan ') || lost !== null) return;
        lost = Promise.resolve(
          lab.store.db.update(crmRows).set({ deleted: 1 }).where(eq(crmRows.object, 'Opportunity')),
        );
      },
    });
    const { run } = await lab.sync({ dryRun: true });
    expect(lost).not.toBeNull();
    await lost;
    const intents = await listIntents(lab.store, run.id, 10_000);
    expect(intents.filter(({ object }) => object === 'Account').length).toBeGreaterThan(0);
    expect(intents.filter(({ object }) => object === 'Opportunity')).toEqual([]);
  });

  it.each([
    ['refused is kept aside in the words of the CRM', false],
    ['that is gone is no refusal: nothing is kept aside', true],
  ])('a record %s', async (_, gone) => {
    await lab.sync();
    await lab.control('POST', '/clock/advance', { days: 30 });
    const refused = (row: { id: string; fields: object }): WriteOutcome => ({
      ...{ id: row.id, status: 'rejected', code: 'ODD', message: 'Not on a Monday' },
      ...{ fields: Object.keys(row.fields), ...(gone ? { gone: true } : {}) },
    });
    through(() => ({ write: async (_object, rows) => rows.map(refused) }));
    const { summary } = await lab.sync();
    expect(summary.applied.some(({ rejected }) => rejected > 0)).toBe(true);
    const kept = (await listIssues(lab.store, 'lab', 1000)).filter(({ kind }) => kind === 'write');
    if (gone) expect(kept).toEqual([]);
    else expect(kept[0]).toMatchObject({ code: 'ODD', message: 'Not on a Monday' });
  });
});
