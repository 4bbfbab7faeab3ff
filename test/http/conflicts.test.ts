/** Two partners claim one deal: what a person decides over the API, and who may. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Conflict } from '../../src/model/credit.ts';
import { withDecisions } from '../../src/store/claim-decisions.ts';
import { findConflict } from '../../src/store/credit.ts';
import { conflicts } from '../../src/store/schema.ts';
import { MAPPING } from '../sync/lab.ts';
import { syncedBy } from './synced.ts';
import { NOW_MS, openHttpLab, type HttpLab } from './lab.ts';

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
  await lab.store.db.insert(conflicts).values({
    ...{ connectionId: 'sf', id: 'reg-1', runId: 'r', state: 'open' },
    detail: JSON.stringify({
      ...{ id: 'reg-1', state: 'open', evidence: 'same account, 3 days apart' },
      sides: [side('reg-1', 'acme', 1), side('reg-2', 'beta', 2)],
    } satisfies Conflict),
  });
});
afterEach(() => lab.close());

const side = (registrationId: string, partnerId: string, day: number) => ({
  ...{ registrationId, partnerId, dealId: 'd1', submittedMs: day * 86_400_000 },
  ...{ decidedMs: null, status: 'pending' },
});
const decide = (body: object, token = lab.tokens.admin, id = 'reg-1'): Promise<Response> =>
  lab.call('POST', `/v1/connections/sf/credit/conflicts/${id}`, { token, body });
const statusesOf = (conflict: Conflict): string[] => conflict.sides.map(({ status }) => status);
const WHO = { by: 'ada@example.com', why: 'first on site' };

it('is decided for one of the two, and then taken up again', async () => {
  const decided = await decide({ for: 'acme', ...WHO });
  expect(decided.status).toBe(200);
  const { conflict } = (await decided.json()) as { conflict: Conflict };
  expect([conflict.state, ...statusesOf(conflict)]).toEqual(['decided', 'approved', 'rejected']);
  expect(conflict.sides[0]!.decidedMs).toBe(NOW_MS);
  const claims = ['reg-1', 'reg-2'].map((id) => ({ id, status: null, decidedMs: null }));
  const kept = await withDecisions(lab.store, 'sf', claims);
  expect(kept.map(({ status }) => status)).toEqual(['approved', 'rejected']);

  const again = await decide({ appeal: 'reg-2', ...WHO });
  expect(again.status).toBe(200);
  const now = await findConflict(lab.store, 'sf', 'reg-1');
  expect([now!.state, ...statusesOf(now!)]).toEqual(['appealed', 'approved', 'pending']);
});

it('is nothing that a reader decides, nor for somebody who is no side of it', async () => {
  expect((await decide({ for: 'acme', ...WHO }, lab.tokens.read)).status).toBe(403);
  expect((await decide({ for: 'acme', ...WHO }, lab.tokens.admin, 'reg-9')).status).toBe(404);
  const stranger = await decide({ for: 'gamma', ...WHO });
  expect(stranger.status).toBeGreaterThanOrEqual(400);
  expect(await stranger.text()).toContain('no side of the conflict');
  expect((await decide({ for: 'acme', appeal: 'reg-2', ...WHO })).status).toBeGreaterThanOrEqual(
    400,
  );
  expect((await decide({ for: 'acme' })).status).toBeGreaterThanOrEqual(400);
  expect((await findConflict(lab.store, 'sf', 'reg-1'))!.state).toBe('open');
});

it('is listed, what is due first, with its proposal and what was said of it, a page at a time', async () => {
  await syncedBy(lab.store, 'sf', MAPPING);
  const older = { id: 'reg-0', state: 'open', evidence: 'one customer' } as const;
  await lab.store.db.insert(conflicts).values({
    ...{ connectionId: 'sf', id: 'reg-0', runId: 'r', state: 'open' },
    detail: JSON.stringify({
      ...older,
      sides: [side('reg-0', 'beta', 0), side('reg-3', 'gamma', 1)],
    } satisfies Conflict),
  });
  const list = async (query = '', token = lab.tokens.read) => {
    const response = await lab.call('GET', `/v1/connections/sf/credit/conflicts${query}`, {
      token,
    });
    return { status: response.status, body: (await response.json()) as Listed };
  };
  const { body } = await list();
  expect(body.conflicts.map(({ id }) => id)).toEqual(['reg-0', 'reg-1']);
  const [first] = body.conflicts;
  expect(first).toMatchObject({ sinceMs: 86_400_000, overdue: true, words: [] });
  expect(first!.proposal).toMatchObject({ partnerId: 'beta', rule: 'first' });
  expect([body.decided, body.medianDaysToDecision, body.next]).toEqual([0, null, null]);

  const page = await list('?limit=1');
  expect(page.body.conflicts.map(({ id }) => id)).toEqual(['reg-0']);
  const rest = await list(`?limit=1&after=${page.body.next}`);
  expect([rest.body.conflicts[0]!.id, rest.body.next]).toEqual(['reg-1', null]);

  await decide({ for: 'beta', ...WHO }, lab.tokens.admin, 'reg-0');
  const after = (await list()).body;
  expect(after.conflicts.map(({ id }) => id)).toEqual(['reg-1', 'reg-0']);
  expect(after.conflicts[1]).toMatchObject({ proposal: null, overdue: false, words: [WHO] });
  expect(after.decided).toBe(1);
  expect((await list('', lab.tokens.shared)).status).toBe(403);
});

interface Listed {
  conflicts: { id: string; proposal: object | null; words: object[] }[];
  medianDaysToDecision: number | null;
  decided: number;
  next: string | null;
}
