import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CrmSession, ReadRequest } from '../../../src/model/connector.ts';
import { NOW_MS, readPages, rowsOf, startOrg, type TestOrg } from './support/org.ts';

let org: TestOrg;
let session: CrmSession;
const [gone, loser, winner, purged] = [0, 1, 2, 3];
const id = (n: number) => org.accountIds[n] ?? '';
const request: ReadRequest = {
  object: 'Account',
  fields: ['Name'],
  where: [],
  range: { kind: 'changed', fromMs: NOW_MS, untilMs: NOW_MS + 86_400_000 },
  includeDeleted: true,
};

beforeAll(async () => {
  org = await startOrg(20, { ticking: false });
  session = await org.open();
  const { sandbox } = org;
  sandbox.clock.advance(60_000);
  sandbox.org.remove(sandbox.org.admin, id(gone));
  sandbox.org.merge(sandbox.org.admin, id(winner), [id(loser)]);
  sandbox.org.remove(sandbox.org.admin, id(purged), { hard: true });
  sandbox.clock.advance(10 * 60_000);
});
afterAll(async () => {
  await org.sandbox.close();
});

describe('deletions and merges', () => {
  it('come with the changed rows, flagged, and the merged one names its winner', async () => {
    for (const settings of [{}, { pageRows: 1, bulkFromRows: 0 }]) {
      const rows = new Map(
        rowsOf(await readPages(await org.open(settings), request)).map((row) => [row.id, row]),
      );
      expect(rows.get(id(gone))).toMatchObject({
        deleted: true,
        mergedIntoId: null,
        fields: { Name: 'Account 0' },
      });
      expect(rows.get(id(loser))).toMatchObject({ deleted: true, mergedIntoId: id(winner) });
      expect(rows.get(id(winner))).toMatchObject({ deleted: false, mergedIntoId: null });
    }
  });
  it('stay out of a read that does not ask for them, and of its count', async () => {
    const plain: ReadRequest = { ...request, range: { kind: 'all' }, includeDeleted: false };
    expect(rowsOf(await readPages(session, plain))).toHaveLength(17);
    expect(await session.count(plain)).toBe(17);
    expect(await session.count({ ...plain, includeDeleted: true })).toBe(19);
  });
  it('are all in the delete log, hard ones too, and the log vouches for no minute that is not over', async () => {
    const page = (await session.deleted('Account', NOW_MS, org.sandbox.clock.nowMs() + 30_000))!;
    expect(page.ids.map((row) => row.id).toSorted()).toEqual(
      [id(gone), id(loser), id(purged)].toSorted(),
    );
    expect(page.coveredUntilMs).toBeLessThanOrEqual(org.sandbox.clock.nowMs());
    expect(
      (await session.deleted('Account', page.coveredUntilMs, org.sandbox.clock.nowMs() + 60_000))!
        .ids,
    ).toEqual([]);
  });
  it('that are too long ago need a full read', async () => {
    expect(await session.deleted('Account', NOW_MS - 40 * 86_400_000, NOW_MS)).toBeNull();
  });
});
