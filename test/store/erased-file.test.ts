import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eraseRecords } from '../../src/store/erase.ts';
import { openNodeStore } from '../../src/store/node.ts';
import { saveLocal, saveMapped } from '../../src/store/rows.ts';
import { ENTITIES, ENTITY_NAMES, personalFields } from '../../src/model/entities.ts';
import { mapped } from './open.ts';

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
