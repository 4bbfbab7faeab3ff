import { describe, expect, test } from 'vitest';
import { checkMapping } from '../../src/mapping/check/check.ts';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import { around, checked, lines, parsed, SALESFORCE } from './fixtures/document.ts';
import { lookup, org, withFields } from './fixtures/org.ts';

const serious = (found: string[]): string[] => found.filter((line) => !line.startsWith('note'));

test.each([[org()], [org({ custom: true })]])(
  'the mapping that ships has only notes in an org with or without the custom objects',
  (of) => {
    expect(serious(checked(SALESFORCE, of))).toEqual([]);
  },
);

test('what is optional and missing is noted once, and fields to create are listed', () => {
  const notes = checked(SALESFORCE);
  expect(notes.filter((line) => line.includes('`PartnerAccountId`'))).toHaveLength(1);
  expect(notes.find((line) => line.includes('CurrencyType'))).toMatch(
    /^note \d+:13 entities\.rate\.object \| The org has no object `CurrencyType`; the optional rate source is left out/,
  );
  expect(notes.find((line) => line.includes('HW_Deal_Health__c'))).toMatch(
    /headwater field deploy/,
  );
  expect(notes.find((line) => line.includes('can be a registration'))).toBeDefined();
});

const FAULTY = `version: 1
crm: salesforce
settings: { timeZone: Mars/Olympus, reportingCurrency: eur }
entities:
  partner:
    object: Account
    where: { all: [{ field: Type, in: [Channel Partner, Technology Partner] }, { field: Industry }] }
    pull: [{ field: Description, op: eq, value: x }, { field: Type, op: in, value: x }]
    keep: [Naem]
    fields:
      nam: Name
      type: { field: Type, map: { Technology Partners: t }, otherwise: reject }
      tier: Teir__c
      region: Owner.Regoin
      ownerId: OwnerId.Name
      parentId: Name.Id
      signedOn: AnnualRevenue
      onboardedOn: { field: Industry, as: number }
  account:
    object: Acount
    fields: { name: Name }
  deal:
    object: Opportunity
    fields:
      name: Name
      stage: StageName
      createdAt: { field: CreatedDate, zone: Nowhere/City }
      crmProbability: Probability
      amount: { field: Amount, divideBy: 0 }
      source: { field: LeadSource, parse: '(?=a)b' }
      registeredAt: { value: soon }
stages:
  - { key: Prospectin, order: 1, closed: false, won: false }
  - { key: Closed_Won, order: 2, closed: false, won: true }
  - { key: Closed_Won, order: 3, closed: true, won: true }
dealPartner:
  - { by: role, roles: [Resseller] }
  - by: campaign
write:
  - object: Account
    entity: partner
    fields:
      HW_A__c: { value: partner.scor }
      HW_B__c: { value: deal.health }
      Name: { value: partner.score }
      CreatedDate: { value: partner.event }
      AnnualRevenue: { value: partner.forecast }
  - object: Opportunity
    entity: deal
    fields:
      ExpectedRevenue: { value: deal.winProbability }
      Age__c: { value: deal.evidence }
      Product__c: { value: deal.reasons }
  - object: Account
    entity: partner
    fields: { AnnualRevenue: { value: partner.winRate } }
  - object: Campain
    entity: deal
    fields: {}
`;

test('every fault of a mapping at once, in the order of the lines', () => {
  const found = checked(FAULTY);
  expect(found).toMatchSnapshot();
  const numbers = found.map((line) => Number(/ (\d+):/.exec(line)?.[1]));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test('faults of shape and of substance are told together', () => {
  const found = checked(around('object: Account\noptinal: true\nfields: { name: Nmae }'));
  expect(found[0]).toContain('Unknown key `optinal`');
  expect(found.find((line) => line.includes('`Nmae`'))).toMatch(
    /entities\.partner\.fields\.name \| `Account` has no field `Nmae`\. \| Did you mean `Name`\? If it exists, it is hidden from the connected user: grant/,
  );
});

describe('what must be there', () => {
  const errors = (text: string, of = org()): string =>
    checked(text, of)
      .filter((line) => line.startsWith('error'))
      .join('\n');
  test('partners, deals, stages and a way from one to the other', () => {
    const found = errors('version: 1\ncrm: salesforce\nentities: {}\n');
    for (const entity of ['partner', 'deal', 'stage'])
      expect(found).toContain(`no source of ${entity} rows`);
    expect(found).toContain('No deal would have a partner');
  });
  test('a partner condition that can never hold', () => {
    expect(
      errors(
        around(
          'object: Account\nwhere: { field: IsPartner, optional: true, is: true }\nfields: { name: Name }',
        ),
      ),
    ).toContain('No partner can come from this org');
  });
  test('a required field, filled by something the org has', () => {
    expect(errors(around('object: Account\nfields: { tier: Type }'))).toContain(
      'A partner needs `name`, and nothing fills it.',
    );
    expect(
      errors(around('object: Account\nfields: { name: { field: Alias__c, optional: true } }')),
    ).toContain('every row would be refused');
    expect(
      errors(
        around(
          'object: Account\nfields: { name: { field: Alias__c, optional: true, default: none } }',
        ),
      ),
    ).not.toContain('needs `name`');
  });
});

describe('write targets', () => {
  const write = (field: string, value: string, word?: string): string[] => {
    const of = word === undefined ? org() : withFields(org(), 'Account', word);
    const text = around(
      'object: Account\nfields: { name: Name }',
      `write: [{ object: Account, entity: partner, fields: { ${field}: { value: ${value} } } }]`,
    );
    return lines(checkMapping(parsed(text), parseMapping(text).locate, lookup(of))).filter((line) =>
      line.includes(' write'),
    );
  };
  test.each<[string, string, string | undefined, RegExp | null]>([
    ['X__c', 'partner.score', 'X__c:number', null],
    ['X__c', 'partner.score', undefined, /^note .*Not yet in `Account`.*field deploy/],
    [
      'X__c',
      'partner.score',
      'X__c:text',
      /^error .*is a text field, and a number would be written/,
    ],
    ['X__c', 'partner.score', 'X__c:number!', /^error .*may not change/],
    ['X__c', 'partner.score', 'X__c:number=', /^error .*formula or calculated/],
    ['X__c', 'partner.event', 'X__c:text', null],
    ['X__c', 'partner.reasons', 'X__c:text', /^error .*text field, and a longtext/],
    ['X__c', 'partner.reasons', 'X__c:longtext', /^warning .*only together with `partner.score`/],
    ['X__c', 'partner.forecast', 'X__c:money', null],
    [
      'X__c',
      'partner.score',
      'X__c:percent',
      /^error .*holds 3 digits before the point, and 4 are needed/,
    ],
    [
      'X__c',
      'partner.scores',
      'X__c:number',
      /^error .*no output `partner.scores`.*Did you mean `partner.score`/,
    ],
    ['X__c', 'toString', 'X__c:number', /^error .*no output `toString`/],
  ])('%s: %s into %s', (field, value, word, wanted) => {
    const found = write(field, value, word);
    if (wanted === null) expect(found).toEqual([]);
    else expect(found.join('\n')).toMatch(wanted);
  });
});

test('hostile names stay short in messages', () => {
  for (const line of checked(
    around(`object: Account\nfields: { name: ${'N'.repeat(131_072)}, ${'x'.repeat(1000)}: Name }`),
  ))
    expect(line.length).toBeLessThan(1500);
});

test.each([
  ['a value', 'name: Name', 'name: Where__c'],
  ['kept', 'fields:', 'keep: [Where__c]\n    fields:'],
  ['optional', 'name: Name', 'name: { field: Where__c, optional: true }'],
])('a field without a single value is an error where it is %s', (_, from, to) => {
  const text = `version: 1
crm: salesforce
entities:
  partner:
    object: Account
    fields:
      name: Name
`.replace(from, to);
  expect(serious(checked(text, withFields(org(), 'Account', 'Where__c:other')))).toContainEqual(
    expect.stringMatching(
      /^error \d+:\d+ .*`Where__c` of `Account` is a other field, which has no single value/,
    ),
  );
});
