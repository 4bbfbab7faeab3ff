import { describe, expect, test } from 'vitest';
import { HeadwaterError } from '../../src/model/error.ts';
import { compileMapping } from '../../src/mapping/compile/compile.ts';
import { objectsToDescribe } from '../../src/mapping/document/objects.ts';
import { previewRows } from '../../src/mapping/check/preview.ts';
import { around, compiled, parsed, SALESFORCE } from './fixtures/document.ts';
import { lookup, org, row, withFields } from './fixtures/org.ts';

const CHANNEL = 'Channel Partner / Reseller';
const account = {
  Name: 'Acme',
  Type: CHANNEL,
  BillingCountry: 'DE',
  OwnerId: '005A',
  ParentId: null,
  Industry: 'Software',
  CreatedDate: '2024-01-02T03:04:05.000Z',
};
const deal = {
  Name: 'Acme renewal',
  AccountId: '001A',
  CampaignId: null,
  OwnerId: '005A',
  StageName: 'Prospecting',
  Amount: 1200.5,
  CloseDate: '2026-06-30',
  CreatedDate: '2026-01-02T03:04:05.000Z',
  Probability: 10,
  LeadSource: 'Web',
  Registered_At__c: '2026-01-05T00:00:00.000Z',
  Registration_Status__c: 'Approved',
  Product__c: 'Core',
};

describe('the Salesforce mapping', () => {
  const mapping = compiled(SALESFORCE, org({ custom: true }));
  const prm = compiled(
    SALESFORCE,
    withFields(
      withFields(org(), 'Account', 'IsPartner:boolean'),
      'Opportunity',
      'PartnerAccountId:reference(Account>PartnerAccount)',
      'CurrencyIsoCode:text',
    ),
  );

  test('a partner account is a partner and an account', () => {
    const { rows, rejects } = mapping.mapRow(row('Account', account));
    expect(rejects).toEqual([]);
    expect(rows.map(({ entity, deleted }) => [entity, deleted])).toEqual([
      ['partner', false],
      ['account', false],
    ]);
    expect(rows[0]?.values).toEqual({
      name: 'Acme',
      accountId: null,
      domain: null,
      type: 'reseller',
      tier: null,
      region: 'DE',
      ownerId: '005A',
      parentId: null,
      signedOn: null,
      onboardedOn: null,
    });
  });

  test('an account that stops being a partner leaves as partner and stays as account', () => {
    const { rows } = mapping.mapRow(row('Account', { ...account, Type: 'Customer - Direct' }));
    expect(rows.map(({ entity, deleted }) => [entity, deleted])).toEqual([
      ['partner', true],
      ['account', false],
    ]);
    expect(Object.keys(rows[0]?.values ?? {})).toEqual(
      Object.keys(mapping.mapRow(row('Account', account)).rows[0]?.values ?? {}),
    );
  });

  test('the PRM flag counts where the org has it', () => {
    expect(
      prm.mapRow(row('Account', { ...account, Type: null, IsPartner: true })).rows[0],
    ).toMatchObject({ entity: 'partner', deleted: false });
    expect(
      prm.mapRow(row('Account', { ...account, Type: null, IsPartner: false })).rows[0],
    ).toMatchObject({ entity: 'partner', deleted: true });
  });

  test('a deal, with and without PRM and currencies', () => {
    expect(mapping.mapRow(row('Opportunity', deal)).rows[0]?.values).toEqual({
      name: 'Acme renewal',
      accountId: '001A',
      partnerId: null,
      campaignId: null,
      ownerId: '005A',
      stage: 'Prospecting',
      amount: 1200.5,
      currency: null,
      competitor: null,
      closeDate: '2026-06-30',
      createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      closed: null,
      won: null,
      closedAt: null,
      registeredAt: Date.UTC(2026, 0, 5),
      registrationStatus: 'Approved',
      product: 'Core',
      crmProbability: 0.1,
      source: 'Web',
    });
    const rows = prm.mapRow(
      row('Opportunity', { ...deal, PartnerAccountId: '001P', CurrencyIsoCode: 'EUR' }),
    ).rows;
    expect(rows[0]?.values).toMatchObject({ partnerId: '001P', currency: 'EUR' });
    expect(rows[1]).toMatchObject({
      entity: 'registration',
      deleted: false,
      values: {
        partnerId: '001P',
        dealId: rows[0]?.id,
        status: 'approved',
        submittedAt: Date.UTC(2026, 0, 5),
      },
    });
  });

  test.each([[0], [-500], [null]])(
    'a deal with the amount %s and no close date passes',
    (amount) => {
      const { rows, rejects } = mapping.mapRow(
        row('Opportunity', { ...deal, Amount: amount, CloseDate: null }),
      );
      expect(rejects).toEqual([]);
      expect(rows[0]?.values).toMatchObject({ amount, closeDate: null });
    },
  );

  test('activities: what is open is none, calls and meetings with the buyer qualify', () => {
    const task = {
      AccountId: null,
      WhatId: '0060000000000AAAAA',
      WhoId: null,
      OwnerId: '005A',
      CreatedById: '005B',
      TaskSubtype: 'Call',
      IsClosed: true,
      CompletedDateTime: '2026-02-01T10:00:00.000Z',
      ActivityDate: '2026-01-31',
      CreatedDate: '2026-01-01T00:00:00.000Z',
      CallDurationInSeconds: 90,
    };
    const activity = (fields: object) =>
      mapping
        .mapRow(row('Task', { ...task, ...fields }))
        .rows.find(({ entity }) => entity === 'activity');
    expect(activity({})?.values).toEqual({
      dealId: '0060000000000AAAAA',
      accountId: null,
      ownerId: '005A',
      byId: '005B',
      contactId: null,
      kind: 'call',
      at: Date.UTC(2026, 1, 1, 10),
      qualifying: true,
      durationMinutes: 1.5,
    });
    expect(activity({ IsClosed: false })?.deleted).toBe(true);
    expect(
      activity({ TaskSubtype: 'Email', WhatId: '0010000000000AAAAA', CompletedDateTime: null })
        ?.values,
    ).toMatchObject({
      dealId: null,
      accountId: '0010000000000AAAAA',
      kind: 'email',
      qualifying: false,
      at: Date.UTC(2026, 0, 31),
    });
    const event = {
      AccountId: '001A',
      WhatId: null,
      WhoId: '003X',
      OwnerId: '005A',
      CreatedById: '005B',
      IsChild: false,
      StartDateTime: '2026-02-01T10:00:00.000Z',
      ActivityDate: '2026-02-01',
      DurationInMinutes: 30,
    };
    expect(mapping.mapRow(row('Event', event)).rows[0]?.values).toMatchObject({
      kind: 'meeting',
      qualifying: true,
    });
    expect(mapping.mapRow(row('Event', { ...event, WhoId: null })).rows[0]?.values).toMatchObject({
      qualifying: false,
    });
    expect(mapping.mapRow(row('Event', { ...event, IsChild: true })).rows[0]?.deleted).toBe(true);
  });

  test('stages keep percents as shares', () => {
    const stage = {
      ApiName: 'Closed_Won',
      MasterLabel: 'Closed Won',
      SortOrder: 9,
      IsClosed: true,
      IsWon: true,
      DefaultProbability: 100,
      IsActive: true,
    };
    expect(mapping.mapRow(row('OpportunityStage', stage)).rows[0]?.values).toEqual({
      key: 'Closed_Won',
      label: 'Closed Won',
      pipeline: null,
      order: 9,
      closed: true,
      won: true,
      probability: 1,
      active: true,
    });
  });

  test('streams join all sources of an object, in a stable order, without the id and without what the org lacks', () => {
    const opportunity = mapping.streams.find(({ object }) => object === 'Opportunity');
    expect(opportunity).toEqual({
      object: 'Opportunity',
      fields: [...Object.keys(deal)].sort(),
      where: [],
      associations: [],
      history: [],
      includeDeleted: true,
      entities: ['deal', 'registration'],
    });
    expect(mapping.streams.map(({ object }) => object)).not.toContain('CurrencyType');
    expect(prm.streams.find(({ object }) => object === 'Opportunity')?.fields).toContain(
      'PartnerAccountId',
    );
  });

  test('writes carry the shape of the field, and the CRM field once it is there', () => {
    const [partner] = mapping.writes;
    expect(partner?.fields[0]).toEqual({
      field: 'HW_Partner_Score__c',
      output: 'partner.score',
      threshold: 1,
      owner: 'headwater',
      whenGone: 'clear',
      crmField: null,
      spec: {
        object: 'Account',
        name: 'HW_Partner_Score__c',
        label: 'Partner score',
        type: 'number',
        precision: 5,
        scale: 1,
        description: expect.stringContaining('Chance'),
      },
    });
    const there = compiled(SALESFORCE, withFields(org(), 'Account', 'HW_Partner_Score__c:number'));
    expect(there.writes[0]?.fields[0]?.crmField).toEqual({
      type: 'number',
      precision: 18,
      scale: 2,
      length: null,
    });
  });
});

describe('rows that are gone or unknown', () => {
  const mapping = compiled(SALESFORCE);

  test('a deleted row is a tombstone of all it could be, even with nothing in it', () => {
    const { rows, rejects } = mapping.mapRow(row('Account', {}, { deleted: true }));
    expect(rejects).toEqual([]);
    expect(rows.map(({ entity, deleted }) => [entity, deleted])).toEqual([
      ['partner', true],
      ['account', true],
    ]);
  });

  test('a merged row names the survivor', () => {
    const { rows } = mapping.mapRow(
      row('Account', account, { deleted: true, mergedIntoId: '001W' }),
    );
    expect(
      rows.map(({ mergedIntoId, deleted, values }) => [mergedIntoId, deleted, values['name']]),
    ).toEqual([
      ['001W', true, 'Acme'],
      ['001W', true, 'Acme'],
    ]);
  });

  test('a field that was never read refuses the row: unknown is not empty', () => {
    const { Type: _type, ...without } = account;
    const { rows, rejects } = mapping.mapRow(row('Account', without));
    expect(rows.map(({ entity }) => entity)).toEqual(['account']);
    expect(rejects).toEqual([
      {
        entity: 'partner',
        object: 'Account',
        id: '001000000000001AAA',
        field: 'where',
        code: 'missing',
        message:
          'partner.where: `Type` has not been read for this record yet; a full sync reads it',
      },
    ]);
  });

  test('all faults of a row are told, and other entities of the row pass', () => {
    const { rows, rejects } = mapping.mapRow(
      row('Opportunity', { ...deal, Name: '', Amount: 'much', CloseDate: 'soon' }),
    );
    expect(rejects.map(({ field, code }) => [field, code])).toEqual([
      ['name', 'missing'],
      ['amount', 'type'],
      ['closeDate', 'type'],
    ]);
    expect(rejects[0]?.message).toBe('deal.name: is empty, and a deal needs it');
    expect(rows.map(({ entity }) => entity)).toEqual(['registration']);
  });

  test('rows of other objects map to nothing', () => {
    expect(mapping.mapRow(row('Invoice', {}))).toEqual({ rows: [], rejects: [] });
  });
});

describe('conditions', () => {
  const ORG = org();
  const passes = (
    where: string,
    fields: Record<string, string | number | boolean | null>,
  ): boolean | undefined => {
    const mapping = compiled(
      around(`object: Account\nwhere: ${where}\nfields: { name: Name }`),
      ORG,
    );
    const mapped = mapping.mapRow(
      row('Account', {
        Name: 'Acme',
        Type: null,
        AnnualRevenue: null,
        Interests__c: null,
        ...fields,
      }),
    ).rows[0];
    return mapped && !mapped.deleted;
  };
  test.each<[string, Record<string, string | number | boolean | null>, boolean]>([
    ['{ field: Type, is: Other }', { Type: 'Other' }, true],
    ['{ field: Type, is: null }', { Type: '' }, true],
    ['{ field: Type, set: false }', { Type: null }, true],
    ['{ field: Type, set: true }', { Type: null }, false],
    ['{ field: Type, in: [A, B] }', { Type: 'B' }, true],
    ['{ field: AnnualRevenue, in: ["5"] }', { AnnualRevenue: 5 }, true],
    ['{ field: Type, startsWith: Ch }', { Type: 'Channel' }, true],
    ['{ field: Type, contains: Partner }', { Type: 'A Partner B' }, true],
    ['{ field: Interests__c, contains: a }', { Interests__c: 'b;ab' }, false],
    ['{ field: Interests__c, contains: a }', { Interests__c: 'b;a' }, true],
    ['{ field: AnnualRevenue, atLeast: 5, atMost: 9 }', { AnnualRevenue: 9 }, true],
    ['{ field: AnnualRevenue, atLeast: 5, atMost: 9 }', { AnnualRevenue: 9.5 }, false],
    ['{ field: AnnualRevenue, atLeast: -5 }', { AnnualRevenue: null }, false],
    ['{ field: Nope, optional: true, set: false }', {}, false],
    ['{ not: { field: Nope, optional: true, set: true } }', {}, true],
    ['{ all: [{ field: Type, set: true }, { not: { field: Type, is: A } }] }', { Type: 'B' }, true],
    ['{ any: [{ field: Type, is: A }, { field: Name, is: Acme }] }', { Type: 'B' }, true],
  ])('%s of %o', (where, fields, wanted) => {
    expect(passes(where, fields)).toBe(wanted);
  });

  test('an unread field does not matter where another part decides', () => {
    const mapping = compiled(
      around(
        'object: Account\nwhere: { any: [{ field: Type, is: A }, { field: Name, is: Acme }] }\nfields: { name: Name }',
      ),
    );
    expect(mapping.mapRow(row('Account', { Name: 'Acme' })).rows[0]).toMatchObject({
      entity: 'partner',
      deleted: false,
    });
    expect(mapping.mapRow(row('Account', { Name: 'Other' })).rejects[0]).toMatchObject({
      entity: 'partner',
      field: 'where',
    });
  });
});

describe('several sources', () => {
  test('of one object: the first that holds maps; a shared pull goes to the CRM, a differing one is applied here', () => {
    const text = (second: string): string =>
      around(
        `- object: Account\n  pull: [{ field: Type, op: eq, value: A }]\n  fields: { name: Name, tier: { value: first } }\n- object: Account\n  pull: [{ field: Type, op: eq, value: ${second} }]\n  fields: { name: Name, tier: { value: second } }`,
      );
    const differing = compiled(text('B'));
    expect(differing.streams[0]).toMatchObject({
      object: 'Account',
      where: [],
      fields: ['Name', 'Type'],
    });
    const tier = (type: string): unknown =>
      differing
        .mapRow(row('Account', { Name: 'x', Type: type }))
        .rows.map(({ deleted, values }) => [deleted, values['tier']]);
    expect([tier('A'), tier('B'), tier('C')]).toEqual([
      [[false, 'first']],
      [[false, 'second']],
      [[true, null]],
    ]);
    expect(compiled(text('A')).streams[0]).toMatchObject({
      where: [{ field: 'Type', op: 'eq', value: 'A' }],
      fields: ['Name'],
    });
  });
});

describe('compiling', () => {
  const base = around(
    'object: Account\nfields: { name: Name, tier: { field: Tier__c, optional: true } }',
  );

  test('stages by hand become stage rows and replace stage sources', () => {
    const text = `${SALESFORCE}\nstages: [{ key: Open, order: 1, closed: false, won: false, probability: 0.2 }]`;
    const mapping = compiled(text);
    expect(mapping.fixedStages).toEqual([
      {
        entity: 'stage',
        object: 'mapping',
        id: 'Open',
        values: {
          key: 'Open',
          label: 'Open',
          order: 1,
          closed: false,
          won: false,
          probability: 0.2,
          active: true,
        },
        stampMs: 0,
        deleted: false,
        mergedIntoId: null,
      },
    ]);
    expect(mapping.streams.map(({ object }) => object)).not.toContain('OpportunityStage');
  });

  test('the version follows what rows could map to, and nothing else', () => {
    const version = compiled(base).version;
    expect(
      compiled(
        base.replace(
          'crm: salesforce',
          'write: [{ object: Account, entity: partner, fields: { X__c: { value: partner.score } } }]\ncrm: salesforce',
        ),
      ).version,
    ).toBe(version);
    expect(
      compiled(
        base.replace(
          'name: Name, tier: { field: Tier__c, optional: true }',
          'tier: { optional: true, field: Tier__c }, name: Name',
        ),
      ).version,
    ).toBe(version);
    expect(compiled(base, withFields(org(), 'Account', 'Other__c:text')).version).toBe(version);
    expect(compiled(base, withFields(org(), 'Account', 'Tier__c:text')).version).not.toBe(version);
    expect(compiled(base.replace('Tier__c', 'Level__c')).version).not.toBe(version);
    expect(
      compiled(
        around(
          'object: Account\nfields: { name: Name, tier: { field: Tier__c, optional: true } }',
          'settings: { timeZone: Asia/Tokyo }',
        ),
      ).version,
    ).not.toBe(version);
  });

  test.each([
    [around('object: Acount\nfields: { name: Name }'), /no object `Acount`/],
    [around('object: Account\nfields: { name: Nam }'), /no field `Nam`/],
    [
      around('object: Account\nfields: { name: { field: Name, parse: "(a)\\\\1" } }'),
      /back-reference/,
    ],
    [
      around('object: Account\nfields: { name: Name }', 'settings: { timeZone: Mars/Olympus }'),
      /Mars\/Olympus/,
    ],
  ])('refuses what would read wrongly', (text, message) => {
    const compile = (): unknown => compileMapping(parsed(text), lookup(org()));
    expect(compile).toThrow(HeadwaterError);
    expect(compile).toThrow(message);
  });
});

test('the objects to describe are found round by round, through paths too', () => {
  const document = parsed(
    around(
      'object: Opportunity\nfields: { name: Account.Owner.Name }',
      'write: [{ object: Campaign, entity: deal, fields: {} }]',
    ),
  );
  const known = new Map();
  const rounds: string[][] = [];
  for (
    let next = objectsToDescribe(document, known);
    next.length > 0;
    next = objectsToDescribe(document, known)
  ) {
    rounds.push(next);
    for (const name of next) known.set(name, org().get(name) ?? null);
  }
  expect(rounds).toEqual([['Campaign', 'Opportunity'], ['Account'], ['User']]);
});

test('a preview shows records before and after, with what was refused', () => {
  const mapping = compiled(SALESFORCE);
  const [first, second, third] = previewRows(mapping, [
    row('Account', account),
    row('Opportunity', { ...deal, Amount: 'x' }),
    row('Account', account, { deleted: true }),
  ]);
  expect(first?.before).toEqual(account);
  expect(first?.after.map(({ entity, outcome }) => [entity, outcome])).toEqual([
    ['partner', 'mapped'],
    ['account', 'mapped'],
  ]);
  expect(second?.after).toContainEqual({
    entity: 'deal',
    outcome: 'refused',
    values: {},
    reasons: [
      'deal.amount: `Amount` holds "x", which is no amount of money; correct it in the CRM',
    ],
  });
  expect(third?.after.map(({ outcome }) => outcome)).toEqual(['deleted', 'deleted']);
});
