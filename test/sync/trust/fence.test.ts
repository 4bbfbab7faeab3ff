import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropLease, fencedStore, takeLease, type Lease } from '../../../src/store/lease.ts';
import { scratch } from '../../../src/store/schema.ts';
import type { Store } from '../../../src/store/store.ts';
import { openMemory } from '../../store/open.ts';

const TTL_MS = 1000;
const ENGINES = ['a', 'b', 'c'];

type Op = { kind: 'commit' | 'renew' | 'leave'; sleepMs: number };
const op: fc.Arbitrary<Op> = fc.record({
  kind: fc.constantFrom('commit', 'commit', 'commit', 'renew', 'leave'),
  sleepMs: fc.constantFrom(0, 10, 400, 999, 1000, 1500),
});

interface Commit {
  holder: string;
  fence: number;
}

/**
 * Engines that take turns at every await, sleep as long as they like, and commit whenever they
 * believe that the lease is theirs.
 */
async function engines(
  store: Store,
  scheduler: fc.Scheduler,
  plans: Op[][],
  fenced: boolean,
): Promise<{ commits: Commit[]; refused: number }> {
  let nowMs = 0;
  let refused = 0;
  let part = 0;
  const commits: Commit[] = [];
  const turn = scheduler.scheduleFunction(async (ms: number) => {
    nowMs += ms;
  });
  const engine = async (holder: string, plan: Op[]): Promise<void> => {
    let lease: Lease | null = null;
    const base: Store = {
      ...store,
      batch: async (statements) => {
        await turn(0);
        await store.batch(statements);
        await turn(0);
      },
    };
    for (const { kind, sleepMs } of plan) {
      await turn(sleepMs);
      if (lease === null || kind === 'renew')
        lease = await takeLease(base, 'c', holder, nowMs, TTL_MS);
      if (lease === null) continue;
      if (kind === 'leave') {
        await dropLease(base, lease);
        lease = null;
        continue;
      }
      const { fence }: Lease = lease;
      const said: Store = {
        ...base,
        batch: async (statements) => {
          await turn(0);
          await store.batch(statements);
          commits.push({ holder, fence });
          await turn(0);
        },
      };
      const mine = fenced ? fencedStore(said, lease) : said;
      try {
        await mine.batch([
          store.db
            .insert(scratch)
            .values({ runId: holder, name: String(fence), part: part++, body: '' }),
        ]);
      } catch (error) {
        refused++;
        expect(error).toMatchObject({ kind: 'limit', code: 'LEASE_LOST' });
        lease = null;
      }
    }
  };
  await scheduler.waitFor(Promise.all(plans.map((plan, n) => engine(ENGINES[n]!, plan))));
  return { commits, refused };
}

/**
 * Holders follow each other: once a newer one has committed, no older one does,
 * and one fence has one holder.
 */
function problem(commits: Commit[]): string | null {
  const holders = new Map<number, string>();
  let newest = 0;
  for (const { holder, fence } of commits) {
    if (fence < newest) return `${holder} committed with fence ${fence} after ${newest}`;
    if ((holders.get(fence) ?? holder) !== holder)
      return `fence ${fence} was held by ${holders.get(fence)} and ${holder}`;
    newest = fence;
    holders.set(fence, holder);
  }
  return null;
}

describe('two and three engines on one connection', () => {
  let seen = { commits: 0, refused: 0 };
  const property = (fenced: boolean): fc.IAsyncProperty<[fc.Scheduler, Op[][]]> =>
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.array(op, { minLength: 3, maxLength: 12 }), {
        minLength: 2,
        maxLength: ENGINES.length,
      }),
      async (scheduler, plans) => {
        const store = openMemory();
        try {
          const { commits, refused } = await engines(store, scheduler, plans, fenced);
          seen = { commits: seen.commits + commits.length, refused: seen.refused + refused };
          expect(problem(commits)).toBeNull();
          // What the database holds is what was said to be committed, and
          // nothing of a refused batch.
          expect((await store.db.select().from(scratch)).length).toBe(commits.length);
        } finally {
          store.close();
        }
      },
    );

  it('never commit under one lease, whatever the order of their awaits', async () => {
    await fc.assert(property(true), { numRuns: 80 });
    expect(seen.commits).toBeGreaterThan(150);
    expect(seen.refused).toBeGreaterThan(10);
  });

  it('do so without the fence', async () => {
    expect((await fc.check(property(false), { numRuns: 150 })).failed).toBe(true);
  });
});
