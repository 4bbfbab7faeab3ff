import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDealScores } from '../../../src/store/results.ts';
import { listFindings } from '../../../src/store/findings.ts';
import { day, openSmall, type Small } from './small.ts';

const mapping = (told = ''): string => `
version: 1
crm: csv
stages:
  - { key: Open, order: 1, closed: false, won: false }
  - { key: Offer Sent, order: 2, closed: false, won: false }
  - { key: Closed Won, order: 3, closed: true, won: true }
  - { key: Closed Lost, order: 4, closed: true, won: false }
entities:
  partner: { object: partners, fields: { name: name } }
  deal:
    object: deals
    fields: { name: name, partnerId: partner_id, stage: stage, amount: amount, createdAt: created_at${told} }
  dealEvent:
    object: events
    optional: true
    fields: { dealId: deal_id, at: at, stage: stage }
write: []
`;

let small: Small;
beforeEach(async () => {
  small = await openSmall();
  await small.put('partners.csv', ['id,name', 'p1,Nord', 'p2,Süd']);
});
afterEach(async () => await small.close());

const deals = (rows: string[]): string[] => [
  'id,name,partner_id,stage,amount,created_at,over,success',
  ...Array.from(
    { length: 20 },
    (_, n) =>
      `k${n},Known ${n},p1,${n % 2 === 0 ? 'Closed Won' : 'Open'},${1000 + n},${day(300 - n)},${n % 2 === 0},${n % 2 === 0}`,
  ),
  ...rows,
];

describe('a stage that nobody lists', () => {
  it('keeps its deals out of score and forecast, is counted, and named in run and status', async () => {
    await small.put('deals.csv', deals([]));
    const before = (await small.sync(mapping())).summary;
    await small.put(
      'deals.csv',
      deals([
        `u1,Gone 1,p1,Cancelled,9000,${day(700)},,`,
        `u2,Gone 2,p1,Cancelled,9000,${day(710)},,`,
      ]),
    );
    const { summary } = await small.sync(mapping());
    expect(summary.unlistedStages).toEqual([
      {
        object: 'deals',
        stage: 'Cancelled',
        deals: 2,
        unknown: 2,
        events: 0,
        examples: ['u1', 'u2'],
      },
    ]);
    expect([summary.deals, summary.forecast?.openDeals]).toEqual([
      before.deals,
      before.forecast?.openDeals,
    ]);
    expect(await findDealScores(small.store, 'files', 'u1')).toEqual([]);
    expect(await listFindings(small.store, 'files')).toMatchObject([
      { object: 'deals', id: 'Cancelled', code: 'UNLISTED_STAGE' },
    ]);
  });

  it('is what the file says of the deal itself, and then no trouble', async () => {
    await small.put(
      'deals.csv',
      deals([
        `u1,Lost,p1,Cancelled,9000,${day(200)},true,false`,
        `u2,Alive,p1,In Legal,9000,${day(20)},false,false`,
        `u3,Unsaid,p1,On Hold,9000,${day(20)},,`,
      ]),
    );
    const { summary } = await small.sync(mapping(', closed: over, won: success'));
    expect(summary.unlistedStages.map(({ stage, unknown }) => [stage, unknown])).toEqual([
      ['On Hold', 1],
    ]);
    expect(await findDealScores(small.store, 'files', 'u2')).toHaveLength(1);
    for (const id of ['u1', 'u3'])
      expect(await findDealScores(small.store, 'files', id), id).toEqual([]);
  });

  it('in the history only is counted too', async () => {
    await small.put('deals.csv', deals([]));
    await small.put('events.csv', [
      'id,deal_id,at,stage',
      `e1,k0,${day(290)},Triage`,
      `e2,k0,${day(280)},Closed Won`,
      `e3,k1,${day(290)},TRIAGE `,
    ]);
    const { summary } = await small.sync(mapping());
    expect(summary.unlistedStages).toMatchObject([{ deals: 0, unknown: 0, events: 2 }]);
  });

  it('is listed after all when it differs by letter case or white space alone', async () => {
    await small.put(
      'deals.csv',
      deals([
        `u1,Case,p2,closed won,9000,${day(200)},,`,
        `u2,Space,p2,"Closed\u00a0 Won ",9000,${day(200)},,`,
        `u3,Wide,p2,"offer sent\u200b",9000,${day(20)},,`,
      ]),
    );
    const { summary } = await small.sync(mapping());
    expect(summary.unlistedStages).toEqual([]);
    expect(await findDealScores(small.store, 'files', 'u3')).toHaveLength(1);
    expect(await findDealScores(small.store, 'files', 'u1')).toEqual([]);
  });
});

describe('a listed stage of which the CRM says otherwise', () => {
  const told = ', closed: over, won: success';
  it('counts as listed, and is counted and named in run and status', async () => {
    await small.put(
      'deals.csv',
      deals([
        `u1,Gone 1,p1,offer sent,9000,${day(700)},true,false`,
        `u2,Gone 2,p1,Offer Sent,9000,${day(710)},true,false`,
        `u3,Signed,p1,Offer Sent,9000,${day(20)},false,false`,
        `u4,Unsaid,p1,Offer Sent,9000,${day(20)},true,`,
      ]),
    );
    const { summary } = await small.sync(mapping(told));
    expect(summary.contradictedStages).toEqual([
      {
        ...{ object: 'deals', stage: 'Offer Sent', deals: 1, listed: 'open', said: 'lost' },
        examples: ['u2'],
      },
      {
        ...{ object: 'deals', stage: 'offer sent', deals: 1, listed: 'open', said: 'lost' },
        examples: ['u1'],
      },
    ]);
    const findings = await listFindings(small.store, 'files');
    expect(findings.map(({ code }) => code)).toEqual(['STAGE_CONTRADICTS', 'STAGE_CONTRADICTS']);
    expect(findings[0]?.message).toMatch(/lists the stage "Offer Sent" as open.*1 deal.*is lost/);
  });

  it('is no trouble once the list says the same', async () => {
    await small.put('deals.csv', deals([`u1,Gone 1,p1,Offer Sent,9000,${day(700)},true,false`]));
    const lost = mapping(told).replace(
      'Offer Sent, order: 2, closed: false',
      'Offer Sent, order: 2, closed: true',
    );
    const { summary } = await small.sync(lost);
    expect(summary.contradictedStages).toEqual([]);
    expect(await listFindings(small.store, 'files')).toEqual([]);
  });
});
