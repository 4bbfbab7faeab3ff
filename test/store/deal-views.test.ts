import { beforeAll, expect, it } from 'vitest';
import { dealOwners, dealRows, DEAL_ORDERS } from '../../src/store/deal-views.ts';
import { deals, users } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { fillWeb } from '../bench/web-world.ts';
import { cpuMs } from '../cpu.ts';
import { openMemory } from './open.ts';

const ALL = {
  name: null,
  partnerId: null,
  ownerId: null,
  state: null,
  health: null,
  zombie: false,
  ids: null,
};
/** A page is a sort of keys, some 50 ms; one look at the partners for every deal was 30 s. */
const MAX_CPU_MS = 3_000;

/** 100,000 deals of 5,000 partners; the amount of `d7` is 7. */
let store: Store;
beforeAll(async () => {
  store = openMemory();
  await fillWeb(store);
});

it('a page of many deals costs its own rows, in every order, and pages follow each other', async () => {
  const startMs = cpuMs();
  for (const order of DEAL_ORDERS)
    expect(await dealRows(store, 'bench', ALL, { order, skip: 0, limit: 50 })).toHaveLength(50);
  const next = await dealRows(store, 'bench', ALL, { order: 'amount', skip: 50, limit: 3 });
  expect(cpuMs() - startMs).toBeLessThan(MAX_CPU_MS);
  expect(next.map(({ id, partnerName }) => [id, partnerName])).toEqual([
    ['d99949', 'Partner 4949'],
    ['d99948', 'Partner 4948'],
    ['d99947', 'Partner 4947'],
  ]);
});

it('two objects may have a deal of the same id, and each stands on its own page', async () => {
  const one = { connectionId: 'bench', name: 'Twin', stage: 'New', createdAt: 1, stampMs: 1 };
  const twin = { ...one, id: 'd99999', object: 'Renewal__c', amount: 1, seenMs: 1, deleted: 0 };
  await store.db.insert(deals).values(twin);
  const [first] = await dealRows(store, 'bench', ALL, { order: 'amount', skip: 0, limit: 1 });
  expect(first).toMatchObject({ id: 'd99999', object: 'Opportunity' });
});

it('owners have their names, and those whom the CRM no longer shows their ids', async () => {
  const user = { connectionId: 'bench', object: 'User', stampMs: 1, seenMs: 1, deleted: 0 };
  await store.db.insert(users).values({ ...user, id: 'u1', name: 'Ada' });
  await store.db.update(deals).set({ ownerId: 'u1' });
  const one = { connectionId: 'bench', object: 'Opportunity', stage: 'New', createdAt: 1 };
  const alone = { ...one, id: 'x', name: 'X', stampMs: 1, seenMs: 1, deleted: 0, ownerId: 'gone' };
  await store.db.insert(deals).values(alone);
  expect(await dealOwners(store, 'bench')).toEqual([
    { value: 'u1', label: 'Ada' },
    { value: 'gone', label: 'gone' },
  ]);
});
