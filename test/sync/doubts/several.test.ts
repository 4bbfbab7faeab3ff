import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listFindings } from '../../../src/store/findings.ts';
import { findDealScores } from '../../../src/store/results.ts';
import { day, openSmall, type Small } from './small.ts';

const mapping = (rule: string): string => `
version: 1
crm: csv
stages:
  - { key: open, order: 1, closed: false, won: false }
  - { key: won, order: 2, closed: true, won: true }
  - { key: lost, order: 3, closed: true, won: false }
entities:
  partner: { object: partners, fields: { name: name } }
  deal: { object: deals, fields: { name: name, stage: stage, createdAt: created_at } }
  dealPartner:
    object: roles
    fields: { dealId: deal_id, partnerId: partner_id, role: role, primary: main, createdAt: at }
dealPartner: [${rule}]
write: []
`;

let small: Small;
beforeEach(async () => {
  small = await openSmall();
  await small.put('partners.csv', ['id,name', 'P-1,Nord', 'P-2,Ost', 'P-3,West']);
  await small.put('deals.csv', [
    'id,name,stage,created_at',
    `d1,One,open,${day(20)}`,
    `d2,Two,open,${day(20)}`,
  ]);
  await small.put('roles.csv', [
    'id,deal_id,partner_id,role,main,at',
    `r1,d1,P-1,Reseller,false,${day(5)}`,
    `r2,d1,P-2,RESELLER ,true,${day(7)}`,
    `r3,d1,P-3,reseller,false,${day(9)}`,
    `r4,d2,P-1,reseller,false,${day(8)}`,
    `r5,d2,P-2,Other,true,${day(5)}`,
  ]);
});
afterEach(async () => await small.close());

describe('several partners by role on a deal', () => {
  it.each([
    ['{ by: role, roles: [reSeller] }', 'P-2', 2],
    ['{ by: role, roles: [reSeller], several: first }', 'P-3', 2],
    ['{ by: role, roles: [Reseller], several: none }', null, 3],
  ])('%s: %s counts, and %i are left out by name', async (rule, partner, leftOut) => {
    const { summary } = await small.sync(mapping(rule));
    const scoreOf = async (id: string): Promise<unknown> =>
      (await findDealScores(small.store, 'files', id))[0]?.score.partnerId ?? null;
    expect([await scoreOf('d1'), await scoreOf('d2')]).toEqual([partner, 'P-1']);
    expect(summary.severalPartners).toMatchObject([{ deals: 1, leftOut, examples: ['d1'] }]);
    const found = await listFindings(small.store, 'files');
    expect(found.map(({ code }) => code)).toContain('SEVERAL_PARTNERS');
  });
});
