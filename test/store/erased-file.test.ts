import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eraseNames } from '../../src/store/erase-texts.ts';
import { eraseRecords } from '../../src/store/erase.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { saveLocal, saveMapped } from '../../src/store/rows.ts';
import { partnerScores } from '../../src/store/schema.ts';
import { ENTITIES, ENTITY_NAMES, personalFields } from '../../src/model/entities.ts';
import { mapped, openMemory } from './open.ts';

const dir = mkdtempSync(join(tmpdir(), 'headwater-erased-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

describe('what is erased', () => {
  it('is gone from the file, not only from the rows', async () => {
    const file = join(dir, 'kept.sqlite');
    const store = openNodeStore(file, join(import.meta.dirname, '../../migrations'));
    const name = 'Zyxwvut Personname';
    const row = (deleted: boolean) => ({
      row: {
        object: 'Contact',
        id: 'c1',
        fields: { Name: name, Bio: `${name} `.repeat(2_000) },
        stampMs: 1,
        deleted,
        mergedIntoId: null,
      },
      hash: 'h',
    });
    const contact = mapped('contact', 'c1', { name, title: name });
    const object = contact.object;
    const local = (deleted: boolean) => [{ ...row(deleted), row: { ...row(deleted).row, object } }];
    await store.batch([
      ...saveLocal(store, 'c', local(false), 'm', 1),
      ...saveMapped(store, 'c', [contact], 1),
    ]);
    await store.batch([
      ...saveLocal(store, 'c', local(true), 'm', 2),
      ...saveMapped(store, 'c', [{ ...contact, deleted: true }], 2),
    ]);
    expect(await eraseRecords(store, 'c', object, ['c1'])).toEqual(['c1']);
    store.close();
    const bytes = readdirSync(dir).map((one) => readFileSync(join(dir, one)));
    expect(bytes.some((one) => one.includes(name))).toBe(false);
    expect(bytes.some((one) => one.includes('c1'))).toBe(true);
  });
});

it('a name is erased where it is a word, and stays where it is a part of one', async () => {
  const store = openMemory();
  const detail = {
    name: 'Plan',
    reasons: [
      { text: 'The deal Plan is Planned for 2026; Plan-B, Ann and Annual (Ann Lee) as well.' },
      { text: '次は王商会に電話する' },
      { code: 'Plan' },
    ],
  };
  await store.batch([
    store.db.insert(partnerScores).values({
      ...{ connectionId: 'c', runId: 'r', object: 'Account', partnerId: 'p', asOfMs: 1 },
      ...{ score: 1, low: 0, high: 2, evidence: 1, model: 'm', detail: JSON.stringify(detail) },
    }),
  ]);
  await eraseNames(
    store,
    'c',
    ['p'],
    [
      { name: 'Plan', id: 'd1' },
      { name: 'Ann', id: 'u1' },
      { name: 'Ann Lee', id: 'u2' },
      { name: '王商会', id: 'p3' },
    ],
  );
  const [row] = await store.db.select({ detail: partnerScores.detail }).from(partnerScores);
  store.close();
  expect(JSON.parse(String(row!.detail))).toEqual({
    name: 'd1',
    reasons: [
      { text: 'The deal d1 is Planned for 2026; d1-B, u1 and Annual (u2) as well.' },
      { text: '次はp3に電話する' },
      { code: 'Plan' },
    ],
  });
});

/** Texts that no person is known by: codes, words of lists, marks of the CRM. */
const NOT_PERSONAL = new Set([
  'partner.type',
  'partner.tier',
  'partner.region',
  'account.industry',
  'account.country',
  'deal.stage',
  'deal.currency',
  'deal.registrationStatus',
  'deal.product',
  'deal.source',
  'deal.competitor',
  'dealPartner.role',
  'dealTeam.role',
  'dealTeam.side',
  'dealEvent.stage',
  'registration.kind',
  'registration.product',
  'registration.status',
  'registration.currency',
  'quote.state',
  'quote.currency',
  'activity.kind',
  'user.side',
  'campaign.currency',
  'plan.status',
  'target.side',
  'target.metric',
  'milestone.side',
  'cost.kind',
  'cost.currency',
  'signal.kind',
  'stage.key',
  'stage.label',
  'stage.pipeline',
  'rate.code',
]);

it('every text of the model is personal or known not to be', () => {
  const texts = ENTITY_NAMES.flatMap((entity) =>
    Object.entries(ENTITIES[entity].fields).flatMap(([field, { type }]) =>
      type === 'text' ? [`${entity}.${field}`] : [],
    ),
  );
  const personal = ENTITY_NAMES.flatMap((entity) =>
    personalFields(entity).map(({ name }) => `${entity}.${name}`),
  );
  expect(texts.filter((one) => !NOT_PERSONAL.has(one)).toSorted()).toEqual(personal.toSorted());
});
