import { describe, expect, test } from 'vitest';
import { parseMapping } from '../../src/mapping/document/parse.ts';
import { healthSettingsSchema } from '../../src/model/partner-health.ts';
import { PAGES } from '../../src/mapping/document/size.ts';
import { lines, SALESFORCE } from './fixtures/document.ts';

const faultsOf = (text: string): string[] => lines(parseMapping(text).faults);

test('the mapping that ships has no fault, and every place can be found', () => {
  const { document, faults, locate } = parseMapping(SALESFORCE);
  expect(faults).toEqual([]);
  expect(document?.settings).toEqual({
    timeZone: 'UTC',
    language: 'en',
    fiscalYearStartMonth: 1,
    reportingCurrency: 'USD',
    staleDays: 21,
    horizonDays: 180,
    value: { discount: 0.1 },
    classes: { reviewAfterDays: 90 },
    health: healthSettingsSchema.parse({}),
    profile: { partnersPerManager: 15 },
    return: { margins: {} },
    routing: { territories: [], exclusions: [] },
    tiers: {
      ...{ band: 0.1, dwellDays: 28, graceDays: 90, warnDays: 60 },
      ladders: [
        {
          name: 'partners',
          rungs: [
            { name: 'registered', requires: [], benefits: [] },
            {
              name: 'silver',
              requires: [{ measure: 'wonYear', atLeast: 100_000 }],
              benefits: [],
            },
            {
              name: 'gold',
              requires: [
                { measure: 'wonYear', atLeast: 400_000 },
                { measure: 'dealsYear', atLeast: 5 },
              ],
              benefits: ['a named sales engineer', 'development funds'],
              ours: 60,
            },
          ],
        },
      ],
    },
    credit: {
      duplicateDays: 180,
      conflictDays: 10,
      leadDays: 365,
      pendingCounts: false,
      protectionDays: 365,
      share: 'split',
      sourceGraceDays: 1,
    },
  });
  const rows = SALESFORCE.split('\n');
  const { line, column, exact } = locate(['entities', 'activity', 1, 'fields', 'kind']);
  expect([rows[line - 1]?.slice(column - 1), exact]).toEqual(['kind: { value: meeting }', true]);
  expect(rows[locate(['entities', 'partner', 'where', 'any', 1, 'in', 2]).line - 1]).toContain(
    'Installation Partner',
  );
  expect(locate(['entities', 'deal', 'nope', 'deeper'])).toEqual({
    ...locate(['entities', 'deal']),
    exact: false,
  });
});

test('all faults of shape at once, each at its place, with its cure', () => {
  expect(
    faultsOf(`version: 2
crm: salesforce
settngs: {}
settings: { staleDays: zero, horizonDays: 5, reportingCurrency: EURO }
entities:
  partnr: { object: Account, fields: {} }
  partner:
    object: Account
    optional: yes
    where: { any: [{ feild: Type, is: a }, { field: X, si: 4 }, 7] }
    fields:
      name: { feild: Name }
      tier: 5
      type: { field: A, value: b }
      region: { field: B, mapp: {} }
      ownerId: { coalesce: [A, { fild: B }] }
  deal: [ { objct: Opportunity, fields: { name: Name } } ]
dealPartner: [ { by: filed }, { by: role, rolez: [] } ]
write: [ { object: A, entity: partners, fields: { X__c: { value: 5, owner: me } } } ]
`),
  ).toEqual([
    'error 1:10 version | `version` is the number 2, which is not allowed. | Did you mean `1`?',
    'error 3:1 settngs | Unknown key `settngs`. | Did you mean `settings`?',
    'error 4:24 settings.staleDays | `staleDays` must be a number, and this is the text "zero". | It says: Days without qualifying activity after which an open deal counts as stalled.',
    'error 4:43 settings.horizonDays | `horizonDays` is too small: at least 7. | It says: Within this many days of registration a deal should be won.',
    'error 4:65 settings.reportingCurrency | `reportingCurrency` is too long: at most 3. | Write a shorter or smaller one.',
    'error 6:3 entities.partnr | Unknown key `partnr`. | Did you mean `partner`?',
    'error 9:15 entities.partner.optional | `optional` must be true or false, and this is the text "yes". | It says: Left out without a fault where the org has no such object.',
    'error 10:22 entities.partner.where.any[0].feild | Unknown key `feild`. | Did you mean `field`?',
    'error 10:56 entities.partner.where.any[1].si | Unknown key `si`. | Did you mean `is`?',
    'error 10:65 entities.partner.where.any[2] | `2` must be a block, and this is the number 7. | Check the indentation and the quotes.',
    'error 12:7 entities.partner.fields.name | `name` needs exactly one of field, value, coalesce. | Keep one of them: the field to read, a constant, or a list of which the first filled one counts.',
    'error 12:15 entities.partner.fields.name.feild | Unknown key `feild`. | Did you mean `field`?',
    'error 13:13 entities.partner.fields.tier | `tier` must be text or a block, and this is the number 5. | It says: Tier in the partner program (text).',
    'error 14:7 entities.partner.fields.type | `type` needs exactly one of field, value, coalesce. | Keep one of them: the field to read, a constant, or a list of which the first filled one counts.',
    'error 15:27 entities.partner.fields.region.mapp | Unknown key `mapp`. | Did you mean `map`?',
    'error 16:32 entities.partner.fields.ownerId.coalesce[1] | `1` needs exactly one of field, value, coalesce. | Keep one of them: the field to read, a constant, or a list of which the first filled one counts.',
    'error 16:34 entities.partner.fields.ownerId.coalesce[1].fild | Unknown key `fild`. | Did you mean `field`?',
    'error 17:11 entities.deal[0].object | `object` is missing. | It says: CRM object (API name).',
    'error 17:13 entities.deal[0].objct | Unknown key `objct`. | Did you mean `object`?',
    'error 18:22 dealPartner[0].by | `by` is the text "filed", which is not allowed. | Did you mean `field`?',
    'error 18:43 dealPartner[1].rolez | Unknown key `rolez`. | Did you mean `roles`?',
    'error 19:31 write[0].entity | `entity` is the text "partners", which is not allowed. | Did you mean `partner`?',
    'error 19:66 write[0].fields.X__c.value | `value` must be text, and this is the number 5. | It says: A Headwater output, such as partner.score.',
    'error 19:76 write[0].fields.X__c.owner | `owner` is the text "me", which is not allowed. | Known: headwater, shared.',
  ]);
});

test('duplicate keys are faults, and the rest of the document is still looked at', () => {
  const { document, faults } = parseMapping('version: 1\ncrm: a\ncrm: b\nentities: {}\nfoo: 1\n');
  expect(document).toBeNull();
  expect(lines(faults)).toEqual([
    'error 3:1  | This key is there twice. | Remove one of the two, or write a list where several are meant.',
    'error 5:1 foo | Unknown key `foo`. | Known: $schema, version, crm, settings, stages, entities, dealPartner, playbook, write.',
  ]);
});

describe('text that is no mapping', () => {
  const laughs = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`).join('\n')}`;
  test.each<[string, string, RegExp]>([
    ['nothing', '', /1:1 .*The mapping is empty/],
    ['a list', '- a', /must be a block, and this is a list/],
    ['an open list', 'version: 1\nstages: [', /2:9 .*\[ opened here is never closed/],
    ['tabs', 'entities:\n\tpartner: x', /2:1 .*Tabs.*Indent with spaces/],
    ['a colon too many', 'crm: a: b', /1:6 .*Nested mappings/],
    ['exponential aliases', laughs, /Excessive alias count/],
    ['an unknown alias', 'crm: *x', /alias/i],
    ['forty levels', '{a: '.repeat(60), /nested more than 40 levels/],
    ['depth that would end the parser', '['.repeat(200_000), /nested/],
    ['one long word', 'x'.repeat(131_072), /must be a block, and this is the text "x{60}…"/],
    [
      'more than is read',
      'x'.repeat(PAGES.characters + 1),
      /262145 characters, and at most 262144 are read/,
    ],
    ['inherited names', '__proto__: 1\nconstructor: 2', /Unknown key `__proto__`/],
    ['a key that is a list', '? [a]\n: b', /keys must be strings/],
  ])('%s', (_what, text, wanted) => {
    const { document, faults } = parseMapping(text);
    expect(document).toBeNull();
    expect(lines(faults).join('\n')).toMatch(wanted);
    for (const { message } of faults) expect(message.length).toBeLessThan(400);
  });

  test('anchors within reason are fine', () => {
    const { document } = parseMapping(
      'version: 1\ncrm: a\nentities:\n  partner: { object: A, fields: &f { name: Name } }\n  account: { object: A, fields: *f }\n',
    );
    expect(document?.entities.account).toEqual({ object: 'A', fields: { name: 'Name' } });
  });
});

describe('a slip of form is one fault, at the place to be mended', () => {
  const lineOf = (part: string): number =>
    SALESFORCE.slice(0, SALESFORCE.indexOf(part)).split('\n').length;
  const broken = (from: string, to: string): string => {
    expect(SALESFORCE).toContain(from);
    return SALESFORCE.replace(from, () => to);
  };
  const TIER = 'tier: { field: Partner_Tier__c, optional: true }';
  const REGISTERED = 'registeredAt: { field: Registered_At__c, optional: true }';

  test.each([
    [
      'a bracket left open',
      broken(TIER, TIER.slice(0, -2)),
      lineOf(TIER),
      'The bracket { opened here is never closed.',
    ],
    [
      'a list left open',
      broken('keep: [Industry, CreatedDate]', 'keep: [Industry, CreatedDate'),
      lineOf('keep: [Industry'),
      'The bracket [ opened here is never closed.',
    ],
    [
      'a bracket too many',
      broken(REGISTERED, `${REGISTERED}}`),
      lineOf(REGISTERED),
      'The document ends here',
    ],
    [
      'a quote left open',
      broken("parse: '^006\\w+$' }", "parse: '^006\\w+$ }"),
      lineOf("parse: '^006"),
      'Missing closing',
    ],
    [
      'a line indented wrongly',
      broken('      region: BillingCountry', '     region: BillingCountry'),
      lineOf('region: BillingCountry'),
      'must start at the same column',
    ],
  ])('%s', (_name, text, line, message) => {
    const { faults, document, salvaged } = parseMapping(text);
    expect([faults.length, faults[0]?.line, document, salvaged]).toEqual([1, line, null, null]);
    expect(faults[0]?.message).toContain(message);
    expect(faults[0]?.cure).not.toBe('');
  });

  test('two slips far apart are two faults; a double key hides none', () => {
    const evidence = 'HW_Win_Evidence__c: { value: deal.evidence }';
    const text = broken(TIER, TIER.slice(0, -2))
      .replace(evidence, () => evidence.slice(0, -2))
      .replace('crm: salesforce', 'crm: salesforce\ncrm: salesforce');
    expect(parseMapping(text).faults.map(({ line }) => line)).toEqual([
      lineOf('crm: salesforce') + 1,
      lineOf(TIER) + 1,
      lineOf(evidence) + 1,
    ]);
  });
});
