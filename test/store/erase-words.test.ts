/** Words that people noted of records: they go with those, and those on others stay. */
import { expect, it } from 'vitest';
import { eraseRecords } from '../../src/store/erase.ts';
import {
  claimDecisions,
  conflictDecisions,
  conflicts,
  alertMutes,
} from '../../src/store/schema.ts';
import { openMemory } from './open.ts';

const side = (registrationId: string, partnerId: string) => ({
  ...{ registrationId, partnerId, dealId: null, submittedMs: 1, decidedMs: 1, status: 'approved' },
});

it('go from both sides of a conflict and from mutes when one partner is erased', async () => {
  const store = openMemory();
  const { db } = store;
  const own = { connectionId: 'c' };
  const word = { byWho: 'Kim', why: 'Bo Smith met the buyer first' };
  for (const [id, a, b] of [
    ['r1', 'p1', 'p2'],
    ['r3', 'p3', 'p4'],
  ] as const) {
    const sides = [side(id, a), side(`${id}b`, b)];
    const detail = JSON.stringify({ id, state: 'decided', evidence: '', sides });
    await db.insert(conflicts).values({ ...own, id, runId: 'r', state: 'decided', detail });
    await db
      .insert(conflictDecisions)
      .values({ ...own, ...word, conflictId: id, atMs: 1, what: 'decided', partnerId: a });
    await db.insert(claimDecisions).values(
      [id, `${id}b`].map((claimId) => ({
        ...{ ...own, ...word, claimId, status: 'approved', decidedMs: 1 },
      })),
    );
  }
  await db.insert(alertMutes).values(
    ['partner:p2', 'deal:p2', 'partner:p3', 'rule:p2'].map((what) => ({
      ...{ ...own, ...word, what, untilMs: 9 },
    })),
  );

  expect(await eraseRecords(store, 'c', 'Account', ['p2'])).toEqual(['p2']);

  const left = async (table: typeof conflictDecisions | typeof claimDecisions) =>
    (await db.select().from(table)).map(({ why }) => why !== '');
  expect(await left(conflictDecisions)).toEqual([false, true]);
  expect(await left(claimDecisions)).toEqual([false, false, true, true]);
  const mutes = await db.select().from(alertMutes).orderBy(alertMutes.what);
  expect(mutes.map(({ what, why }) => [what, why !== ''])).toEqual([
    ['deal:p2', false],
    ['partner:p2', false],
    ['partner:p3', true],
    ['rule:p2', true],
  ]);
});
