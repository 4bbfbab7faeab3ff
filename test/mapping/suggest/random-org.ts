import type { Row } from '../../../src/sandbox/salesforce/org-types.ts';
import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import { anew, METRIC_WORDS, randomWords, STATUS_WORDS, type Words } from './random-words.ts';
import { intended, liveRows, type Vocabulary } from './renamed-org.ts';

/** A Salesforce org in which no word of the channel is one that anybody of ours has seen. */

const OBJECTS: Record<string, string[]> = {
  Partner_Plan__c: ['Partner__c', 'Start_Date__c', 'End_Date__c', 'Status__c'],
  Plan_Target__c: ['Plan__c', 'Side__c', 'Metric__c', 'Goal__c', 'Weight__c', 'Counts_From__c'],
  Plan_Milestone__c: ['Plan__c', 'Side__c', 'Due_On__c', 'Done_On__c'],
  Partner_Certification__c: ['Partner__c', 'Contact__c', 'Issued_On__c', 'Expires_On__c'],
  Partner_Fund__c: ['Partner__c', 'Kind__c', 'Amount__c', 'Spent_On__c'],
  Partner_Signal__c: ['Partner__c', 'Kind__c', 'At__c', 'Value__c'],
};
const STANDARD: Record<string, string[]> = {
  Account: ['Partner_Tier__c', 'Partner_Since__c', 'Onboarded_On__c'],
  Opportunity: [
    'Registered_At__c',
    'Registration_Status__c',
    'Registration_Decided_At__c',
    'Protected_Until__c',
    'Product__c',
  ],
  Campaign: ['Partner__c'],
};
const KINDS = ['Channel Partner / Reseller', 'Technology Partner', 'Installation Partner'];

const PLAIN = {
  nillable: true,
  createable: true,
  updateable: true,
  filterable: true,
  sortable: true,
  groupable: true,
  permissionable: true,
  defaultedOnCreate: false,
  custom: true,
} as const;

const api = (word: string): string => `${word[0]!.toUpperCase()}${word.slice(1)}__c`;
const named = (words: Words, fields: string[]): Record<string, [string, string]> =>
  Object.fromEntries(fields.map((field) => [field, [api(words.word()), words.word()]]));

/**
 * The partner's lookup on deals and a checkbox or a picklist of the org's own, with look-alikes.
 */
function ownMarks(
  words: Words,
  [mark, partner, rival]: [string, string, string],
  yes: string,
  onlyPartners: boolean,
) {
  const checkbox = !onlyPartners && words.stream.chance(0.5);
  const no = onlyPartners ? null : 'Qq';
  return {
    checkbox,
    extra: (org: SandboxOrg, grant: (object: string, field: string) => void): void => {
      const make = (object: string, field: Parameters<typeof org.createField>[1]): void => {
        const made = org.createField(object, field);
        if (!made.ok) throw new Error(JSON.stringify(made.faults));
        grant(object, field.name);
      };
      const lookup = (name: string): Parameters<typeof org.createField>[1] => ({
        ...PLAIN,
        name,
        label: name,
        type: 'reference',
        referenceTo: ['Account'],
      });
      make('Account', {
        ...PLAIN,
        name: mark,
        label: mark,
        ...(checkbox
          ? { type: 'boolean', nillable: false, defaultedOnCreate: true }
          : {
              type: 'picklist',
              picklist: [yes, 'Qq'].map((value) => ({
                value,
                label: value,
                active: true,
                defaultValue: false,
              })),
            }),
      } as Parameters<typeof org.createField>[1]);
      make('Opportunity', { ...lookup(partner), childRelationshipName: 'ByPartner' });
      make('Opportunity', { ...lookup(rival), childRelationshipName: 'ByRival' });
      const set = (object: string, id: unknown, values: Row, at: unknown): void => {
        const saved = org.update(org.admin, object, String(id), values, {
          seeding: true,
          atMs: Number(at),
        });
        if (!saved.ok) throw new Error(JSON.stringify(saved.faults));
      };
      for (const row of liveRows(org, 'Account')) {
        const is = KINDS.includes(String(row['Type']));
        const value = checkbox ? is : is ? yes : no;
        set('Account', row['Id'], { [mark]: value, Type: 'Other' }, row['LastModifiedDate']);
      }
      const others = liveRows(org, 'Account').filter(
        (row) => row[mark] === false || (row[mark] ?? null) === no,
      );
      liveRows(org, 'Opportunity').forEach((row, index) => {
        if (index % 3 === 0)
          set(
            'Opportunity',
            row['Id'],
            { [rival]: others[index % others.length]?.['Id'] ?? null },
            row['LastModifiedDate'],
          );
      });
      for (const row of liveRows(org, 'Partner'))
        if (row['OpportunityId'] && row['IsPrimary'] === true)
          set(
            'Opportunity',
            row['OpportunityId'],
            { [partner]: row['AccountToId'] ?? null },
            row['CreatedDate'],
          );
    },
  };
}

/** `onlyPartners`: what marks a partner is a picklist that no other company has filled. */
export function randomOrg(
  shipped: string,
  seed: number,
  onlyPartners = false,
): { vocabulary: Vocabulary; wanted: string } {
  const words = randomWords(seed);
  const sides = anew(words, ['partner', 'vendor']);
  const metrics = words.stream.chance(0.5) ? anew(words, METRIC_WORDS) : {};
  const status = anew(words, STATUS_WORDS);
  const [mark, partner, rival] = [api(words.word()), api(words.word()), api(words.word())];
  const yes = words.word();
  const own = ownMarks(words, [mark, partner, rival], yes, onlyPartners);
  const marks = onlyPartners
    ? `{ field: ${mark}, set: true }`
    : own.checkbox
      ? `{ field: ${mark}, is: true }`
      : `{ field: ${mark}, in: [${yes}] }`;
  const vocabulary: Vocabulary = {
    objects: Object.fromEntries(
      Object.entries(OBJECTS).map(([name, fields]) => [
        name,
        { name: api(words.word()), label: words.word(), fields: named(words, fields) },
      ]),
    ),
    standard: Object.fromEntries(
      Object.entries(STANDARD).map(([name, fields]) => [name, named(words, fields)]),
    ),
    values: {
      'Plan_Target__c.Side__c': sides,
      'Plan_Milestone__c.Side__c': sides,
      'Plan_Target__c.Metric__c': metrics,
      'Opportunity.Registration_Status__c': status,
      'Account.Partner_Tier__c': anew(words, ['Registered', 'Silver', 'Gold']),
      'Partner_Plan__c.Status__c': anew(words, ['Draft', 'Active', 'Closed']),
    },
    extra: own.extra,
  };
  const map = (from: Record<string, string>, other = (word: string) => word): string =>
    `{ ${Object.entries(from)
      .map(([ours, theirs]) => `${theirs}: ${other(ours)}`)
      .join(', ')} }`;
  const side = `, map: ${map(sides)} }`;
  const wanted = intended(shipped, vocabulary, [
    [
      /where:\n      any:[\s\S]*?    fields:\n      name: Name\n      type:/,
      `where: ${marks}\n    fields:\n      name: Name\n      type:`,
    ],
    ['partnerId: { field: PartnerAccountId, optional: true }', `partnerId: ${partner}`],
    ['{ field: PartnerAccountId, optional: true, set: true }', `{ field: ${partner}, set: true }`],
    [
      'partnerId: { field: PartnerAccountId, optional: true }\n        dealId: Id',
      `partnerId: ${partner}\n        dealId: Id`,
    ],
    [/side: (\w+)\n      # A KPI/, `side: { field: $1${side}\n      # A KPI`],
    [/side: (\w+)\n      dueOn/, `side: { field: $1${side}\n      dueOn`],
    [
      /map: \{ Submitted: pending, Approved: approved, Rejected: rejected, Expired: expired \}/,
      `map: ${map(status, (word) => (word === 'Submitted' ? 'pending' : word.toLowerCase()))}`,
    ],
    ...(Object.keys(metrics).length === 0
      ? []
      : [[/metric: (\w+)\n/, `metric: { field: $1, map: ${map(metrics)} }\n`] as [RegExp, string]]),
  ]);
  return { vocabulary, wanted };
}
