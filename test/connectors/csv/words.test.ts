import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inFileWords } from '../../../connectors/csv/words.ts';
import { summaryText } from '../../../src/cli/summary-text.ts';
import { listIssues } from '../../../src/store/issues.ts';
import { partners } from '../../../src/store/schema.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { day, openSmall, type Small } from '../../sync/doubts/small.ts';

const mapping = (tier: string, object = 'deals'): string => `
version: 1
crm: csv
stages: [{ key: open, order: 1, closed: false, won: false }, { key: won, order: 2, closed: true, won: true }]
entities:
  partner: { object: partners, fields: { name: name, tier: ${tier} } }
  deal: { object: ${object}, fields: { name: name, partnerId: partner_id, stage: stage, amount: amount, createdAt: created_at } }
dealPartner: [{ by: field }]
write: [{ object: partners, entity: partner, fields: { Score: { value: partner.score } } }]
`;
/** What no folder has. */
const FOREIGN = /\bCRM\b|\borg\b|connected user|grant|permission|\bAPI\b|administrator/i;
const foreign = (text: string): boolean => FOREIGN.test(text);

let small: Small;
beforeEach(async () => {
  small = await openSmall();
  await small.put('partners.csv', ['id,name,tier', 'p1,Nord,1.10', 'p2,Ost,1.2', 'p3,West,']);
  await small.put('deals.csv', [
    'id,name,partner_id,stage,amount,created_at',
    `d1,One,p1,open,12.50,${day(20)}`,
    `d2,Two,p1,won,n/a,${day(20)}`,
    `d3,Three,p9,open,1,${day(20)}`,
  ]);
});
afterEach(async () => await small.close());

describe('a number in a file', () => {
  it('is a text as it is written where a text is wanted, and a number where a number is', async () => {
    await small.sync(mapping('tier'));
    const tiers = async (): Promise<unknown> =>
      (await small.store.db.select().from(partners)).map(({ tier }) => tier);
    expect(await tiers()).toEqual(['1.10', '1.2', null]);
    await small.sync(mapping('{ field: tier, as: number }'));
    expect(await tiers()).toEqual(['1.1', '1.2', null]);
    await small.sync(mapping('{ field: tier, split: { by: ., take: 1 } }'));
    expect(await tiers()).toEqual(['10', '2', null]);
  });
  it('is the same number to a condition, however it is written', async () => {
    const where = 'partner: { object: partners, where: { field: tier, is: 1.1 }, fields';
    const text = mapping('tier').replace('partner: { object: partners, fields', where);
    const { summary } = await small.sync(text);
    expect(summary.partners).toBe(1);
  });
});

describe('what is said of a folder', () => {
  it('speaks of files: faults of the mapping, the run, its findings and its quarantine', async () => {
    const session = await small.folder.open();
    const faults = [
      ...(await prepareMapping(session, mapping('level'), 'csv')).faults,
      ...(await prepareMapping(session, mapping('tier', 'sales'), 'csv')).faults,
    ];
    expect(faults.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(1);
    expect(faults.map(({ message, cure }) => `${message} ${cure}`).filter(foreign)).toEqual([]);
    await small.sync(mapping('tier'));
    await small.put('partners.csv', ['id,name', 'p1,Nord']);
    const outcome = await small.sync(mapping('tier'));
    expect(outcome.summary.paused).toHaveLength(1);
    expect(inFileWords(await summaryText(outcome))).not.toMatch(FOREIGN);
    const issues = await listIssues(small.store, 'files', 50);
    expect(issues.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['LEADS_TO_NOBODY', 'FIELD_GONE', 'type']),
    );
    expect(issues.map(({ message }) => message).filter(foreign)).toEqual([]);
  });
});
