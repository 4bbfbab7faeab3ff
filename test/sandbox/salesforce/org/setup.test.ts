/** Features behind switches, and what an administrator sets up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validForOf } from '../../../../src/sandbox/salesforce/org/dependencies.ts';
import type { Row } from '../../../../src/sandbox/salesforce/org-types.ts';
import { deal, faultsOf, idOf, make, newOrg, rowOf, rows } from './helpers.ts';

const names = (options: Parameters<typeof newOrg>[0]): string[] =>
  newOrg(options)
    .org.objects()
    .map((object) => object.name);

type Org = ReturnType<typeof newOrg>['org'];

/** The four roll-ups of an account, counted again from its live opportunities. */
function expectRolledUp(org: Org, account: string): void {
  const amounts = rows(org, 'Opportunity')
    .filter((row) => row['AccountId'] === account && row['IsDeleted'] !== true)
    .map((row) => row['Amount'] ?? null);
  const known = amounts.filter((amount) => amount !== null).map(Number);
  const ends = known.length === 0 ? [null, null] : [Math.min(...known), Math.max(...known)];
  const seen = rowOf(org, account);
  expect([seen['R_count__c'], seen['R_sum__c']]).toEqual([
    amounts.length,
    known.reduce((a, b) => a + b, 0),
  ]);
  expect([seen['R_min__c'] ?? null, seen['R_max__c'] ?? null]).toEqual(ends);
}

describe('objects behind switches', () => {
  it.each([
    [
      { prm: true },
      { prm: false },
      [
        'ChannelProgram',
        'ChannelProgramLevel',
        'ChannelProgramMember',
        'PartnerMarketingBudget',
        'PartnerFundAllocation',
        'PartnerFundRequest',
        'PartnerFundClaim',
      ],
    ],
    [
      { teams: true },
      {},
      ['OpportunityTeamMember', 'AccountTeamMember', 'OpportunitySplit', 'OpportunitySplitType'],
    ],
    [{ quotes: true }, {}, ['Quote', 'Order']],
    [{ sharedActivities: true }, {}, ['TaskRelation']],
    [{ multiCurrency: true }, {}, ['CurrencyType', 'DatedConversionRate']],
  ])('%j, and not with %j: %j', (on, off, objects) => {
    expect(names(on)).toEqual(expect.arrayContaining(objects));
    expect(names(off).filter((name) => objects.includes(name))).toEqual([]);
  });

  it('relates a task to its people and things', () => {
    const { org } = newOrg({ sharedActivities: true });
    const account = make(org, 'Account', { Name: 'A' });
    const contact = make(org, 'Contact', { LastName: 'C', AccountId: account });
    const task = make(org, 'Task', { Subject: 'x', WhatId: account, WhoId: contact });
    const seen = () =>
      rows(org, 'TaskRelation').map((row) => [row['RelationId'], row['IsWhat'], row['AccountId']]);
    expect(seen()).toEqual([
      [contact, false, account],
      [account, true, account],
    ]);
    idOf(org.update(org.admin, 'Task', task, { WhoId: null }));
    expect(seen()).toEqual([[account, true, account]]);
  });

  it("names a partner account's programme and level", () => {
    const { org } = newOrg();
    const account = make(org, 'Account', { Name: 'P' });
    const ProgramId = make(org, 'ChannelProgram', { Name: 'Resellers' });
    const level = (Name: string, Rank: number): string =>
      make(org, 'ChannelProgramLevel', { Name, Rank, ProgramId });
    const [silver, gold] = [level('Silver', 1), level('Gold', 2)];
    const member = make(org, 'ChannelProgramMember', {
      PartnerId: account,
      ProgramId,
      LevelId: silver,
    });
    expect(rowOf(org, account)).toMatchObject({
      ChannelProgramName: 'Resellers',
      ChannelProgramLevelName: 'Silver',
    });
    idOf(org.update(org.admin, 'ChannelProgramMember', member, { LevelId: gold }));
    expect(rowOf(org, account)).toMatchObject({ ChannelProgramLevelName: 'Gold' });
    idOf(org.remove(org.admin, member));
    expect(rowOf(org, account)).toMatchObject({
      ChannelProgramName: null,
      ChannelProgramLevelName: null,
    });
  });

  it('sums claims up on their fund request', () => {
    const { org } = newOrg();
    const account = make(org, 'Account', { Name: 'P' });
    const request = make(org, 'PartnerFundRequest', {
      Title: 'Fair',
      ChannelPartnerId: account,
      RequestedAmount: 500,
    });
    const claim = (Amount: number, Status: string): string =>
      make(org, 'PartnerFundClaim', {
        Title: 'Bill',
        ChannelPartnerId: account,
        RequestId: request,
        Amount,
        Status,
      });
    claim(100, 'Paid');
    const approved = claim(40, 'Approved');
    claim(7, 'Draft');
    expect(rowOf(org, request)).toMatchObject({ TotalApprovedFcs: 140, TotalReimbursedFcs: 100 });
    idOf(org.remove(org.admin, approved));
    expect(rowOf(org, request)).toMatchObject({ TotalApprovedFcs: 100 });
  });
});

describe('set-up', () => {
  it('makes record types, takes the first as the default, and refuses those of another object', () => {
    const { org } = newOrg();
    const [first, second, other] = org
      .setup([
        { op: 'recordType', object: 'Opportunity', developerName: 'Channel', label: 'Channel' },
        { op: 'recordType', object: 'Opportunity', developerName: 'Direct', label: 'Direct' },
        { op: 'recordType', object: 'Account', developerName: 'Partner', label: 'Partner' },
      ])
      .map((outcome) => (outcome.ok ? (outcome.id ?? '') : ''));
    expect(rowOf(org, deal(org))['RecordTypeId']).toBe(first);
    expect(rowOf(org, deal(org, { RecordTypeId: second ?? null }))['RecordTypeId']).toBe(second);
    expect(
      faultsOf(
        org.insert(org.admin, 'Opportunity', {
          Name: 'x',
          StageName: 'Prospecting',
          CloseDate: '2026-06-30',
          RecordTypeId: other ?? null,
        }),
      )[0]?.errorCode,
    ).toBe('INVALID_CROSS_REFERENCE_KEY');
  });

  it('lets a picklist depend on another, with the bits of validFor', () => {
    const { org } = newOrg();
    org.setup([
      {
        op: 'picklistDependency',
        object: 'Account',
        controller: 'Type',
        field: 'Rating',
        values: { Prospect: ['Hot', 'Cold'], Other: ['Cold'] },
      },
    ]);
    const rating = org.object('Account')?.fields.find((field) => field.name === 'Rating');
    // Seven types: Prospect is the first bit, Other the seventh.
    expect(rating).toMatchObject({
      controllerName: 'Type',
      picklist: [
        { value: 'Hot', validFor: 'gA==' },
        { value: 'Warm', validFor: 'AA==' },
        { value: 'Cold', validFor: 'gg==' },
      ],
    });
    const account = make(org, 'Account', { Name: 'A', Type: 'Prospect', Rating: 'Hot' });
    for (const fields of [{ Rating: 'Warm' }, { Type: 'Other' }] as Row[])
      expect(faultsOf(org.update(org.admin, 'Account', account, fields))[0]?.errorCode).toBe(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      );
    idOf(org.update(org.admin, 'Account', account, { Type: 'Other', Rating: 'Cold' }));
  });

  it('property: a bit of validFor for each place and no other', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 63 })), (places) => {
        const bytes = atob(validForOf(places, 64));
        const found = Array.from({ length: 64 }, (_, place) => place).filter(
          (place) => (bytes.charCodeAt(place >> 3) & (0x80 >> (place % 8))) !== 0,
        );
        expect(found).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it('property: a roll-up is what its children say, whatever happens to them', () => {
    const step = fc.record({
      of: fc.nat(2),
      to: fc.nat(2),
      act: fc.constantFrom('insert', 'update', 'move', 'delete', 'undelete', 'merge'),
      amount: fc.option(fc.integer({ min: 0, max: 1000 })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { org } = newOrg();
        const accounts = ['A', 'B'].map((Name) => make(org, 'Account', { Name }));
        org.setup(
          ['count', 'sum', 'min', 'max'].map((operation) => ({
            op: 'rollup',
            object: 'Account',
            field: `R_${operation}__c`,
            child: 'Opportunity',
            link: 'AccountId',
            operation,
            ...(operation === 'count' ? {} : { of: 'Amount' }),
          })),
        );
        accounts.push(make(org, 'Account', { Name: 'made after its roll-ups' }));
        const deals: string[] = [];
        for (const { of, to, act, amount } of steps) {
          const id = deals[(amount ?? of) % Math.max(1, deals.length)] ?? '';
          const [from, into] = [accounts[of], accounts[to]];
          const acts = {
            insert: () => {
              const made = org.insert(org.admin, 'Opportunity', {
                Name: 'D',
                StageName: 'Prospecting',
                CloseDate: '2026-06-30',
                Amount: amount,
                AccountId: from ?? null,
              });
              if (made.ok) deals.push(made.id);
            },
            update: () => org.update(org.admin, 'Opportunity', id, { Amount: amount }),
            move: () => org.update(org.admin, 'Opportunity', id, { AccountId: into ?? null }),
            delete: () => org.remove(org.admin, id),
            undelete: () => org.undelete(org.admin, id),
            merge: () => org.merge(org.admin, from ?? '', [into ?? '']),
          };
          acts[act]();
        }
        for (const account of accounts.filter((id) => org.find(id) !== undefined))
          expectRolledUp(org, account);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses what it does not understand', () => {
    const { org } = newOrg();
    expect(() => org.setup([{ op: 'gremlin' }])).toThrow();
    expect(() =>
      org.setup([{ op: 'duplicateRule', object: 'Account', name: 'x', fields: ['Nope'] }]),
    ).toThrow('no field Nope');
    expect(() =>
      org.setup([
        { op: 'validationRule', object: 'Account', name: 'x', formula: '(((', message: 'm' },
      ]),
    ).toThrow();
    expect(() => org.setup([{ op: 'lock', id: '001000000000000AAA' }])).toThrow('no record');
  });
});

describe('statements that clients send', () => {
  it('follow the owner of anything to the profile, name parents after FROM, and format aggregates', () => {
    const { org } = newOrg();
    const account = make(org, 'Account', { Name: "c.Account's" });
    make(org, 'Contact', { LastName: 'C', AccountId: account });
    deal(org, { Amount: 1234.5 });
    make(org, 'Lead', { LastName: 'L', Company: 'X' });
    const first = (soql: string): unknown =>
      org.query(org.admin, soql, false).slice(0, 1)[0]?.values;
    expect(first('SELECT Owner.Profile.Name FROM Opportunity')).toEqual(
      first('SELECT Owner.Profile.Name FROM Lead'),
    );
    expect(JSON.stringify(first('SELECT Owner.Profile.Name FROM Lead'))).toContain(
      'System Administrator',
    );
    expect(
      org.query(
        org.admin,
        "SELECT c.LastName, a.Name, o.Name FROM Contact c, c.Account a, a.Owner o WHERE a.Name = 'c.Account\\'s' AND o.IsActive = true",
        false,
      ).totalSize,
    ).toBe(1);
    expect(() => org.query(org.admin, 'SELECT c.Id FROM Contact c, x.Account a', false)).toThrow();
    expect(first('SELECT FORMAT(MAX(Amount)) most FROM Opportunity')).toEqual([
      ['most', '$1,234.50'],
    ]);
  });
});
