/** Guards of a write batch and of the calls of a day, each by itself: no org, no database. */
import { describe, expect, it } from 'vitest';
import type { CrmRow, CrmSession, CrmValue, WriteRow } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import type { CompiledMapping } from '../../src/model/mapping.ts';
import type { Intent } from '../../src/store/intents.ts';
import { RECHECK_AFTER_CALLS } from '../../src/sync/run/budget.ts';
import type { RunContext } from '../../src/sync/run/context.ts';
import { floorKeeper } from '../../src/sync/run/run.ts';
import { writeFresh } from '../../src/sync/write/send.ts';

const intent = (recordId: string, newValue: CrmValue = 2): Intent => ({
  ...{ runId: 'r', connectionId: 'c', object: 'Deal', recordId, field: 'Score' },
  ...{ oldValue: 1, newValue, state: 'planned', reason: null, atMs: 0 },
});

/** A CRM of one object with one field, which a test may let refuse or drop a batch. */
function crm(
  over: (rows: WriteRow[], held: Map<string, CrmValue>) => void,
  owner: 'shared' | null = null,
) {
  const held = new Map<string, CrmValue>();
  const batches: string[][] = [];
  const session = {
    write: async (_object: string, rows: WriteRow[]) => {
      batches.push(rows.map((row) => row.id));
      over(rows, held);
      for (const row of rows) held.set(row.id, row.fields['Score']!);
      return rows.map(({ id }) => ({ id, status: 'done' as const }));
    },
    read: async (_request: unknown) => ({
      next: null,
      rows: [...held].map(
        ([id, value]): CrmRow => ({
          ...{ object: 'Deal', id, stampMs: 1, deleted: false, mergedIntoId: null },
          fields: { Score: value },
        }),
      ),
    }),
  };
  const mapping = {
    writes: owner === null ? [] : [{ object: 'Deal', fields: [{ field: 'Score', owner }] }],
  };
  const context = {
    session: session as unknown as CrmSession,
    mapping: mapping as unknown as CompiledMapping,
    store: { batch: async () => {} },
    sleep: async () => {},
  } as unknown as RunContext;
  return { context, held, batches };
}

describe('a write', () => {
  it('whose batch is refused as a whole is parted until one record alone is refused', async () => {
    const { context, batches, held } = crm((rows) => {
      if (rows.some(({ id }) => id === 'd5'))
        throw new HeadwaterError('rejected', 'a rule says no', { code: 'RULE' });
    });
    const intents = Array.from({ length: 8 }, (_, i) => intent(`d${i}`));
    const fates = await writeFresh(context, 'Deal', intents);
    const refused = intents.filter((one) => {
      const fate = fates.get(one)!;
      return typeof fate !== 'string' && fate.status === 'rejected';
    });
    expect(refused.map(({ recordId }) => recordId)).toEqual(['d5']);
    expect(fates.get(refused[0]!)).toMatchObject({ code: 'RULE', message: 'a rule says no' });
    expect(held.size).toBe(7);
    // Halves of eight: two calls a level, and none for what a half has settled.
    expect(batches.map((batch) => batch.length)).toEqual([8, 4, 4, 2, 1, 1, 2]);
  });

  it('whose answer was lost is read back, and sent again only where it did not arrive', async () => {
    let lost = true;
    const { context, batches } = crm((_rows, held) => {
      if (!lost) return;
      lost = false;
      held.set('a', 2).set('b', 1);
      throw new HeadwaterError('transient', 'no answer', { outcomeUnknown: true });
    });
    const fates = await writeFresh(context, 'Deal', [intent('a'), intent('b')]);
    expect([...fates.values()]).toMatchObject([{ status: 'done' }, { status: 'done' }]);
    expect(batches).toEqual([['a', 'b'], ['b']]);
  });

  it('to a shared field that a person has changed since the plan is held', async () => {
    const { context, held, batches } = crm(() => {}, 'shared');
    held.set('a', 99);
    held.set('b', 1);
    const fates = await writeFresh(context, 'Deal', [intent('a'), intent('b')]);
    expect([...fates].map(([{ recordId }, fate]) => [recordId, fate])).toEqual([
      ['a', 'moved'],
      ['b', { id: 'b', status: 'done' }],
    ]);
    expect([batches, held.get('a')]).toEqual([[['b']], 99]);
  });

  it('to a shared field of a record that is gone is sent nowhere', async () => {
    const { context, batches } = crm(() => {}, 'shared');
    const fates = await writeFresh(context, 'Deal', [intent('a')]);
    expect([...fates.values()]).toMatchObject([{ status: 'rejected', gone: true }]);
    expect(batches).toEqual([]);
  });
});

describe('the floor of the quota', () => {
  const session = (calls: () => number, used: () => number) => {
    let asked = 0;
    return {
      asked: () => asked,
      session: {
        calls,
        budget: async () => {
          asked++;
          return { usedCalls: used(), limitCalls: 1000, readAtMs: 0 };
        },
      } as unknown as CrmSession,
    };
  };

  it('is looked at again after so many calls, and stops the run where others spent the day', async () => {
    let calls = 0;
    let used = 0;
    const { session: crm, asked } = session(
      () => calls,
      () => used,
    );
    const keep = floorKeeper(crm, 30, () => 0);
    calls = RECHECK_AFTER_CALLS - 1;
    await keep();
    expect(asked()).toBe(0);
    calls = RECHECK_AFTER_CALLS;
    used = 699;
    await keep();
    expect(asked()).toBe(1);
    used = 700;
    calls = 2 * RECHECK_AFTER_CALLS - 1;
    await keep();
    expect(asked()).toBe(1);
    calls = 2 * RECHECK_AFTER_CALLS;
    await expect(keep()).rejects.toMatchObject({ kind: 'limit' });
  });
});
