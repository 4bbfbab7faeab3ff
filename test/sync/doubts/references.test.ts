import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFindings } from '../../../src/store/findings.ts';
import { findDealScores } from '../../../src/store/results.ts';
import { day, openSmall, type Small } from './small.ts';

const MAPPING = `
version: 1
crm: csv
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
  - { key: lost, order: 3, closed: true, won: false }
entities:
  partner: { object: partners, fields: { name: name, ownerId: owner_id } }
  user: { object: users, fields: { name: name } }
  deal:
    object: deals
    fields: { name: name, partnerId: partner_id, stage: stage, createdAt: created_at }
  dealEvent: { object: events, optional: true, fields: { dealId: deal_id, at: at, stage: stage } }
  activity:
    object: calls
    optional: true
    fields: { dealId: deal_id, kind: { value: call }, at: at }
write: []
`;

let small: Small;
beforeEach(async () => {
  small = await openSmall();
  await small.put('users.csv', ['id,name', 'x1,Ann']);
  await small.put('partners.csv', ['id,name,owner_id', 'P-1,Nord,x1', 'P-2,Süd,x9']);
});
afterEach(async () => await small.close());

describe('references', () => {
  it('with white space that nobody sees around an id lead where they should', async () => {
    await small.put('deals.csv', [
      'id,name,partner_id,stage,created_at',
      `d1,One,P-1\u00a0,open,${day(20)}`,
      `d2\u200b,Two," P-1",open,${day(20)}`,
      `d3,Three,P-1,open,${day(20)}`,
    ]);
    await small.put('calls.csv', ['id,deal_id,at', `c1,\ufeffd2,${day(3)}`]);
    const { summary } = await small.sync(MAPPING);
    expect(summary.lostReferences.map(({ entity, field }) => `${entity}.${field}`)).toEqual([
      'partner.ownerId',
    ]);
    for (const id of ['d1', 'd2', 'd3'])
      expect(await findDealScores(small.store, 'files', id), id).toMatchObject([
        { score: { partnerId: 'P-1' } },
      ]);
  });

  it('that lead to nobody are counted by field, with ids and a row', async () => {
    await small.put('deals.csv', [
      'id,name,partner_id,stage,created_at',
      `d1,One,P-1,open,${day(20)}`,
      `d2,Two,P-7,open,${day(20)}`,
      `d3,Three,P-8,open,${day(20)}`,
      `d4,Four,,open,${day(20)}`,
    ]);
    await small.put('calls.csv', ['id,deal_id,at', `c1,d1,${day(3)}`, `c2,d99,${day(3)}`]);
    await small.put('events.csv', ['id,deal_id,at,stage', `e1,d77,${day(3)},open`]);
    const { summary } = await small.sync(MAPPING);
    expect(summary.lostReferences).toEqual([
      expect.objectContaining({ entity: 'partner', field: 'ownerId', rows: 1, examples: ['x9'] }),
      expect.objectContaining({
        object: 'deals',
        entity: 'deal',
        field: 'partnerId',
        rows: 2,
        examples: ['P-7', 'P-8'],
        row: 'd2',
      }),
      expect.objectContaining({ entity: 'dealEvent', field: 'dealId', rows: 1, row: 'e1' }),
      expect.objectContaining({ entity: 'activity', field: 'dealId', rows: 1, row: 'c2' }),
    ]);
    expect((await listFindings(small.store, 'files')).map(({ code, id }) => [code, id])).toEqual([
      ['LEADS_TO_NOBODY', 'activity.dealId'],
      ['LEADS_TO_NOBODY', 'deal.partnerId'],
      ['LEADS_TO_NOBODY', 'dealEvent.dealId'],
      ['LEADS_TO_NOBODY', 'partner.ownerId'],
    ]);
  });

  it('to a record that the mapping leaves out, or to an account that is no partner, lead somewhere', async () => {
    await small.put('deals.csv', [
      'id,name,partner_id,stage,created_at',
      `d1,One,P-1,open,${day(20)}`,
      `d2,Two,P-2,open,${day(20)}`,
    ]);
    await small.put('partners.csv', ['id,name,owner_id', 'P-1,Nord,x1', 'P-2,Süd,x1']);
    const only = MAPPING.replace(
      'object: partners,',
      'object: partners, where: { field: name, is: nord },',
    );
    const { summary } = await small.sync(only);
    expect(summary.lostReferences).toEqual([]);
    expect(summary.partners).toBe(1);
  });
});
