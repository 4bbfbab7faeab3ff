/** Signals that were sent here: kept once, corrected, and read as facts by the day. */
import { expect, it } from 'vitest';
import { factsKnownBy } from '../../src/predict/record/known-by.ts';
import { partnersById } from '../../src/store/facts.ts';
import { keepSignals, type KeptSignal } from '../../src/store/keep-signals.ts';
import { saveMapped } from '../../src/store/rows.ts';
import type { Store } from '../../src/store/store.ts';
import { mapped, openMemory } from './open.ts';

const DAY_MS = 86_400_000;
const at = (iso: string): number => Date.parse(iso);
const NOW_MS = at('2026-11-29T12:00:00Z');
const login = (id: string, change: Partial<KeptSignal> = {}): KeptSignal => ({
  id: `lms/${id}`,
  partnerId: 'A1',
  kind: 'portal_login',
  atMs: at('2026-11-02T09:00:00Z'),
  value: 0.1,
  ...change,
});
const refusal = (id: string) => ({
  id: `lms/${id}`,
  field: 'partner',
  code: 'UNKNOWN_PARTNER',
  message: 'no partner is called "X"',
  input: '{}',
});

async function opened(): Promise<Store> {
  const store = openMemory();
  await store.batch(saveMapped(store, 'c', [mapped('partner', 'A1', { name: 'Northwind' })], 1));
  return store;
}
const all = async (store: Store) =>
  JSON.stringify([
    await store.read({ sql: 'select * from signals order by id', params: [] }),
    await store.read({ sql: 'select * from issues order by id', params: [] }),
  ]);
const facts = async (store: Store) =>
  (await partnersById(store, 'c', ['A1'], { reportingCurrency: 'USD', asOfMs: NOW_MS }))[0]!;

it('the same batch again, later and in reverse order, leaves the same bytes', async () => {
  const store = await opened();
  const kept = ['a', 'b', 'c'].map((id) => login(id));
  const refused = [refusal('x'), refusal('y')];
  expect(await keepSignals(store, 'c', { kept, refused, history: false }, NOW_MS)).toEqual({
    kept: 3,
    corrected: 0,
    same: 0,
  });
  const before = await all(store);
  const again = { kept: kept.toReversed(), refused: refused.toReversed(), history: false };
  expect(await keepSignals(store, 'c', again, NOW_MS + DAY_MS)).toEqual({
    kept: 0,
    corrected: 0,
    same: 3,
  });
  expect(await all(store)).toBe(before);
});

it('one under a known key is corrected, and one that was refused is released once it is sound', async () => {
  const store = await opened();
  const send = async (kept: KeptSignal[], refused = [] as ReturnType<typeof refusal>[]) =>
    await keepSignals(store, 'c', { kept, refused, history: false }, NOW_MS);
  await send([login('a')], [refusal('x')]);
  expect(await send([login('a', { value: 7 }), login('x')])).toEqual({
    kept: 1,
    corrected: 1,
    same: 0,
  });
  expect(await store.db.query.issues.findMany()).toEqual([]);
  const rows = await store.db.query.signals.findMany();
  expect(rows.map(({ id, value }) => [id, value])).toEqual([
    ['lms/a', 7],
    ['lms/x', 0.1],
  ]);
});

it('facts hold what came in by the day, and a day counts when it is over', async () => {
  const store = await opened();
  const kept = ['a', 'b', 'c'].map((id) => login(id));
  kept.push(login('d', { atMs: at('2026-11-03T00:00:00Z'), value: 2 }));
  await keepSignals(store, 'c', { kept, refused: [], history: true }, NOW_MS);
  const [second, third] = [at('2026-11-03T00:00:00Z'), at('2026-11-04T00:00:00Z')];
  const partner = await facts(store);
  expect(partner.signals).toEqual([
    { kind: 'portal_login', atMs: second, knownMs: second, value: 0.3, n: 3 },
    { kind: 'portal_login', atMs: third, knownMs: third, value: 2, n: 1 },
  ]);
  const known = (iso: string): number => factsKnownBy(partner, at(iso), 'UTC').signals.length;
  expect(known('2026-11-02T23:59:00Z')).toBe(0);
  expect(known('2026-11-03T00:00:00Z')).toBe(1);
});

it('what comes late is not known earlier; what the CRM holds is known when it happened', async () => {
  const store = await opened();
  await keepSignals(store, 'c', { kept: [login('a')], refused: [], history: false }, NOW_MS);
  const inCrm = { partnerId: 'A1', kind: 'portal_login', at: at('2026-11-02T09:00:00Z'), value: 5 };
  await store.batch(saveMapped(store, 'c', [mapped('signal', 's1', inCrm)], NOW_MS));
  const partner = await facts(store);
  const values = (iso: string): number[] =>
    factsKnownBy(partner, at(iso), 'UTC').signals.map(({ value }) => value);
  expect(values('2026-11-20T00:00:00Z')).toEqual([5]);
  expect(values('2026-11-30T00:00:00Z').sort()).toEqual([0.1, 5]);
});

it('a signal of a company that was merged away is its survivor’s', async () => {
  const store = await opened();
  await keepSignals(
    store,
    'c',
    { kept: [login('a', { partnerId: 'A0' })], refused: [], history: true },
    NOW_MS,
  );
  expect((await facts(store)).signals).toEqual([]);
  const gone = mapped('partner', 'A0', { name: 'Old' }, { deleted: true, mergedIntoId: 'A1' });
  await store.batch(saveMapped(store, 'c', [gone], NOW_MS));
  expect((await facts(store)).signals).toHaveLength(1);
});

it('a correction does not date itself back, whatever its delivery says', async () => {
  const store = await opened();
  await keepSignals(store, 'c', { kept: [login('a')], refused: [], history: false }, NOW_MS);
  const later = NOW_MS + DAY_MS;
  const changed = [login('a', { value: 9 })];
  await keepSignals(store, 'c', { kept: changed, refused: [], history: true }, later);
  const [row] = await store.db.query.signals.findMany();
  expect([row?.value, row?.stampMs]).toEqual([9, later]);
});
