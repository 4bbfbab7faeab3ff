import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { listIntents, type Intent } from '../../src/store/intents.ts';
import { listIssues } from '../../src/store/issues.ts';
import { localPage } from '../../src/store/rows.ts';
import { BUSY_GROUPS, busyGroups } from '../../src/sync/write/busy.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

/** Deals of one collections call. */
const BATCH = 200;

describe('deals whose account somebody else is working on', () => {
  let lab: Lab;
  let calls: string[][];
  beforeAll(async () => {
    lab = await openLab({ seed: 63, partners: 10, deals: 260 });
  });
  afterAll(async () => {
    await lab.close();
  });

  const accountOf = (id: string): string => String(lab.sandbox.org.find(id)!.row['AccountId']);
  /** Ids of the deals in each write call; `before` happens before the nth reaches the org. */
  const watch = (before: (nth: number, ids: string[]) => void = () => {}): void => {
    calls = [];
    lab.wire.fetch = async (input, init) => {
      if (init?.method === 'PATCH' && String(input).includes('/composite/sobjects')) {
        const ids = (JSON.parse(String(init.body)) as { records: { id: string }[] }).records.map(
          (record) => record.id,
        );
        if (ids[0]!.startsWith('006')) {
          calls.push(ids);
          before(calls.length, ids);
        }
      }
      return await lab.sandbox.fetch(input, init);
    };
  };
  const setup = (...operations: unknown[]): void => {
    expect(lab.sandbox.vendor.setup!(operations)).toEqual(operations.map(() => ({ ok: true })));
  };
  const dealIntents = async (runId: string): Promise<Intent[]> =>
    (await listIntents(lab.store, runId, 100_000)).filter(
      (intent) => intent.object === 'Opportunity',
    );
  const recordsIn = (intents: Intent[], state: string): string[] =>
    [
      ...new Set(
        intents.filter((intent) => intent.state === state).map((intent) => intent.recordId),
      ),
    ].sort();
  const batchesOf = (records: number): number => Math.ceil(records / BATCH);

  const then = story('wait for it, and hold back no others');
  then(
    'go again account by account: one that stays busy holds back its own deals only',
    async () => {
      const plan = await dealIntents((await lab.sync({ dryRun: true })).run.id);
      const planned = recordsIn(plan, 'planned').slice(0, BATCH);
      const sizes = Map.groupBy(planned, accountOf);
      const [busy, brief] = [...sizes]
        .sort(([, a], [, b]) => b.length - a.length)
        .map(([account]) => account) as [string, string];
      const childrenOf = (account: string, ids: string[]): string[] =>
        ids.filter((id) => accountOf(id) === account);
      setup({ op: 'lock', id: busy }, { op: 'lock', id: brief });
      watch((nth) => {
        if (nth === 2) setup({ op: 'unlock', id: brief });
      });
      const run = await lab.sync();
      const intents = await dealIntents(run.run.id);
      const all = [...recordsIn(intents, 'done'), ...recordsIn(intents, 'rejected')];
      const held = childrenOf(busy, all);
      expect(held.length).toBeGreaterThan(1);
      expect(recordsIn(intents, 'rejected')).toEqual(held.sort());
      // The first batch, then each busy account in a call of its own, then
      // the one that is still busy.
      const again = [busy, brief].sort();
      expect(calls.slice(1, 4).map((ids) => new Set(ids.map(accountOf)))).toEqual(
        [...again, busy].map((account) => new Set([account])),
      );
      expect(calls[1]!.sort()).toEqual(childrenOf(again[0]!, planned));
      // Later batches have deals of the busy account too, each at most two calls more.
      expect(calls.length).toBeLessThanOrEqual(3 + 3 * batchesOf(all.length));
      // Late, not refused: nothing is quarantined, and the next run brings them.
      expect(
        (await listIssues(lab.store, 'lab', 100)).filter((issue) => issue.kind === 'write'),
      ).toEqual([]);
      setup({ op: 'unlock', id: busy });
      watch();
      const next = await dealIntents((await lab.sync()).run.id);
      expect([recordsIn(next, 'done'), recordsIn(next, 'rejected')]).toEqual([held, []]);
      expect(calls).toHaveLength(1);
    },
  );

  then('where nothing is locked a batch is one call', async () => {
    await lab.control('POST', '/clock/advance', { ms: 60 * 86_400_000 });
    watch();
    const intents = await dealIntents((await lab.sync()).run.id);
    expect(calls.length).toBe(batchesOf(recordsIn(intents, 'done').length));
    expect(calls.flat().sort()).toEqual(recordsIn(intents, 'done'));
  });

  then('are parted into few groups, each deal once, and no account in two of them', async () => {
    const ids = (await localPage(lab.store, 'lab', 'Opportunity', '', 1000))
      .map(({ row }) => row.id)
      .filter((id) => lab.sandbox.org.find(id) !== undefined);
    expect(new Set(ids.map(accountOf)).size).toBeGreaterThan(2 * BUSY_GROUPS);
    const intentOf = (recordId: string, field: string): Intent => ({
      runId: 'r',
      connectionId: 'lab',
      object: 'Opportunity',
      recordId,
      field,
      oldValue: null,
      newValue: 1,
      state: 'sent',
      reason: null,
      atMs: 1,
    });
    await fc.assert(
      fc.asyncProperty(fc.subarray(ids, { maxLength: 150 }), async (chosen) => {
        const busy = chosen.flatMap((id) => [intentOf(id, 'a'), intentOf(id, 'b')]);
        const groups = await busyGroups(
          { store: lab.store, connectionId: 'lab' },
          'Opportunity',
          busy,
        );
        expect(groups.length).toBeLessThanOrEqual(BUSY_GROUPS);
        expect(new Set(groups.flat())).toEqual(new Set(busy));
        expect(groups.flat()).toHaveLength(busy.length);
        const accounts = groups.map(
          (group) => new Set(group.map((intent) => accountOf(intent.recordId))),
        );
        expect(accounts.reduce((sum, set) => sum + set.size, 0)).toBe(
          new Set(chosen.map(accountOf)).size,
        );
      }),
      { numRuns: 30 },
    );
  });
});
