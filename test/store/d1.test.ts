import type { D1Database } from '@cloudflare/workers-types';
import { getTableName, isTable, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHarness } from 'wrangler';
import { HeadwaterError } from '../../src/model/error.ts';
import { newMeter, openD1Store } from '../../src/store/d1.ts';
import { upsertRows } from '../../src/store/json-batch.ts';
import { dropLease, fencedStore, takeLease } from '../../src/store/lease.ts';
import { saveLocal } from '../../src/store/rows.ts';
import * as schema from '../../src/store/schema.ts';
import { openBareD1 } from '../runtime/harness.ts';
import { forgetSuite } from './forget-suite.ts';
import { peopleSuite } from './people-suite.ts';
import { storeSuite } from './suite.ts';

/** Real SQLite in workerd behind the D1 binding, with the migrations that a deployment applies. */
let harness: TestHarness;
let binding: D1Database;
beforeAll(async () => {
  ({ harness, binding } = await openBareD1());
});
afterAll(async () => {
  await harness.close();
});

async function emptied(): Promise<D1Database> {
  const tables = Object.values(schema)
    .filter((each) => isTable(each))
    .map((table) => getTableName(table));
  await binding.batch(tables.map((table) => binding.prepare(`delete from ${table}`)));
  return binding;
}

storeSuite('d1', async () => openD1Store(await emptied()));
peopleSuite('d1', async () => openD1Store(await emptied()));
forgetSuite('d1', async () => openD1Store(await emptied()));

describe('the D1 driver', () => {
  const row = (id: string, text: string) => ({
    row: {
      object: 'Thing',
      id,
      fields: { a: text },
      stampMs: 1,
      deleted: false,
      mergedIntoId: null,
    },
    hash: 'h',
  });

  it('keeps every value below two million bytes, whatever the script of the text', async () => {
    const meter = newMeter();
    const store = openD1Store(await emptied(), meter);
    await store.batch(
      saveLocal(
        store,
        'c',
        Array.from({ length: 60 }, (_, i) => row(`r${i}`, '漢'.repeat(131_072))),
        'm',
        1,
      ),
    );
    expect(meter.valueBytesMax).toBeGreaterThan(1_500_000);
    expect(meter.valueBytesMax).toBeLessThanOrEqual(2_000_000);
    expect(meter.parametersMax).toBeLessThan(100);
  });

  it('refuses a value that production would refuse, though the local database takes it', async () => {
    const store = openD1Store(await emptied());
    await expect(
      store.batch(
        upsertRows(store, schema.documents, [
          {
            version: 'v',
            kind: 'mapping',
            connectionId: 'c',
            body: 'x'.repeat(2_000_001),
            savedMs: 1,
          },
        ]),
      ),
    ).rejects.toMatchObject({ kind: 'bug', code: 'D1_LIMIT' });
  });

  it('tells of a missing migration with its cure, and never of bound values', async () => {
    const store = openD1Store(await emptied());
    await binding.prepare('alter table documents rename to documents_gone').run();
    try {
      const failure = await store
        .batch(
          upsertRows(store, schema.documents, [
            { version: 'v', kind: 'mapping', connectionId: 'c', body: 'secret-token', savedMs: 1 },
          ]),
        )
        .then(
          () => null,
          (error: unknown) => error,
        );
      expect(failure).toBeInstanceOf(HeadwaterError);
      expect(failure).toMatchObject({ kind: 'config', code: 'D1_MIGRATION' });
      expect(String(failure)).not.toContain('secret-token');
    } finally {
      await binding.prepare('alter table documents_gone rename to documents').run();
    }
  });

  it('fails the whole batch of a holder that lost its lease, and says so', async () => {
    const store = openD1Store(await emptied());
    const old = await takeLease(store, 'c', 'first', 0, 10);
    const fenced = fencedStore(store, old!);
    await fenced.batch(saveLocal(store, 'c', [row('a', 'x')], 'm', 1));
    const next = await takeLease(store, 'c', 'second', 11, 10);
    await expect(
      fenced.batch(saveLocal(store, 'c', [row('b', 'x')], 'm', 1)),
    ).rejects.toMatchObject({ kind: 'limit', code: 'LEASE_LOST' });
    const [found] = await store.db.select({ n: sql<number>`count(*)` }).from(schema.crmRows);
    expect(found?.n).toBe(1);
    await dropLease(store, next!);
  });

  it('gives one of many isolates the lease when all ask at once', async () => {
    const store = openD1Store(await emptied());
    const leases = await Promise.all(
      Array.from({ length: 12 }, (_, i) => takeLease(store, 'c', `isolate-${i}`, 0, 1000)),
    );
    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it.each([
    ['D1_ERROR: Network connection lost.', 'transient'],
    ['D1_ERROR: Replica is unavailable', 'transient'],
    ['D1 DB replica is currently unavailable, please retry', 'transient'],
    ['D1_ERROR: D1 DB is overloaded. Too many requests queued.', 'transient'],
    ['D1_ERROR: Exceeded maximum DB size', 'config'],
    ['D1_ERROR: UNIQUE constraint failed: runs.id', 'bug'],
  ])('takes "%s" for %s', async (words, kind) => {
    const broken = {
      ...fakeOf(binding),
      batch: async () => {
        throw new Error(words);
      },
    } as unknown as D1Database;
    const store = openD1Store(broken);
    await expect(
      store.batch(
        upsertRows(store, schema.documents, [
          { version: 'v', kind: 'mapping', connectionId: 'c', body: 'b', savedMs: 1 },
        ]),
      ),
    ).rejects.toMatchObject({ kind });
  });
});

const fakeOf = (real: D1Database): Pick<D1Database, 'prepare'> => ({
  prepare: (query) => real.prepare(query),
});
