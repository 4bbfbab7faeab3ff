import { describe, expect, test } from 'vitest';
import { salesforce } from '../../../connectors/salesforce/index.ts';
import { sampleOrg } from '../../../src/sync/read/sample-org.ts';
import { suggestMapping, type SuggestInput } from '../../../src/mapping/suggest/index.ts';
import type { CrmSession } from '../../../src/model/connector.ts';
import { startSandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import { prepareMapping } from '../../../src/sync/run/prepare.ts';
import { testDeps } from '../../connectors/salesforce/support/deps.ts';
import { parsed, SALESFORCE } from '../fixtures/document.ts';
import { countEdits } from './edits.ts';
import { intended, renamedSeeder } from './renamed-org.ts';
import { ALLIANCE_WORDS, DEALER_WORDS, RESELLER_WORDS } from './vocabularies.ts';

/** More edits than this, and an admin would rather start from the shipped mapping. */
const MOST_EDITS = 0;
/** Without one row to look at, so many. */
const MOST_BLIND = 5;
const NOW_MS = Date.UTC(2026, 9, 22, 12);

async function onOrg(
  options: SandboxOptions,
  work: (session: CrmSession, input: SuggestInput) => Promise<void>,
): Promise<void> {
  const sandbox = await startSandbox({
    partners: 12,
    deals: 150,
    nowMs: NOW_MS,
    ticking: false,
    ...options,
  });
  const session = await salesforce.open(
    { auth: 'access-token', instanceUrl: sandbox.url },
    { accessToken: sandbox.accessToken },
    testDeps({ nowMs: () => NOW_MS }),
  );
  try {
    await work(session, await sampleOrg(session, 'salesforce', parsed(SALESFORCE), () => {}));
  } finally {
    await session.close();
    await sandbox.close();
  }
}

const ORGS: [name: string, options: SandboxOptions, wanted: string][] = [
  ['the generated org', {}, SALESFORCE],
  [
    'the generated org without PRM, with several currencies',
    { prm: false, multiCurrency: true },
    SALESFORCE,
  ],
  [
    'an org of resellers with other names',
    { prm: false, seeder: renamedSeeder(RESELLER_WORDS) },
    intended(SALESFORCE, RESELLER_WORDS, [
      [
        'side: Party__c\n      # A KPI',
        'side: { field: Party__c, map: { Them: partner, Us: vendor } }\n      # A KPI',
      ],
      [
        'side: Party__c\n      dueOn',
        'side: { field: Party__c, map: { Them: partner, Us: vendor } }\n      dueOn',
      ],
    ]),
  ],
  [
    'a maker with dealers, terse API names and telling labels',
    { prm: false, seeder: renamedSeeder(DEALER_WORDS) },
    intended(SALESFORCE, DEALER_WORDS, [
      [
        'side: Resp__c\n      # A KPI',
        'side: { field: Resp__c, map: { Dealer: partner, Manufacturer: vendor } }\n      # A KPI',
      ],
      [
        'side: Resp__c\n      dueOn',
        'side: { field: Resp__c, map: { Dealer: partner, Manufacturer: vendor } }\n      dueOn',
      ],
    ]),
  ],
  [
    'an alliance team with prefixed names, its own checkbox and its own lookup on deals',
    { prm: false, seeder: renamedSeeder(ALLIANCE_WORDS) },
    intended(SALESFORCE, ALLIANCE_WORDS, [
      [
        '{ field: IsPartner, optional: true, is: true }',
        '{ field: ALX_Alliance_Partner__c, is: true }',
      ],
      [
        'partnerId: { field: PartnerAccountId, optional: true }',
        'partnerId: ALX_Sourced_By_Alliance__c',
      ],
      [
        '{ field: PartnerAccountId, optional: true, set: true }',
        '{ field: ALX_Sourced_By_Alliance__c, set: true }',
      ],
      [
        'partnerId: { field: PartnerAccountId, optional: true }\n        dealId: Id',
        'partnerId: ALX_Sourced_By_Alliance__c\n        dealId: Id',
      ],
      // Who only referred a deal is a role beside its partner.
      [
        '  dealPartner:\n    object: OpportunityPartner\n    optional: true\n    fields:\n      dealId: OpportunityId\n      partnerId: AccountToId\n      role: Role\n      primary: IsPrimary\n      # A partner put on a deal after it was won earns nothing.\n      createdAt: CreatedDate\n',
        '  dealPartner:\n    - object: OpportunityPartner\n      fields: { dealId: OpportunityId, partnerId: AccountToId, role: Role, primary: IsPrimary, createdAt: CreatedDate }\n    - object: Opportunity\n      where: { field: ALX_Referred_By__c, set: true }\n      fields: { dealId: Id, partnerId: ALX_Referred_By__c, role: { value: Referred By Partner }, primary: { value: false } }\n',
      ],
      [
        'side: ALX_Owed_By__c',
        'side: { field: ALX_Owed_By__c, map: { Alliance: partner, Our side: vendor } }',
      ],
      [
        'side: ALX_Responsible__c',
        'side: { field: ALX_Responsible__c, map: { Alliance: partner, Our side: vendor } }',
      ],
    ]),
  ],
];

describe.each(ORGS)('%s', (_name, options, wanted) => {
  test(`a draft is at most ${MOST_EDITS} edits from the intended mapping, and passes the check`, async () => {
    await onOrg(options, async (session, input) => {
      const { yaml } = suggestMapping(input);
      const { faults } = await prepareMapping(session, yaml, 'salesforce');
      expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
      const edits = await countEdits(session, yaml, wanted);
      expect(edits.count, edits.words.join('\n')).toBeLessThanOrEqual(MOST_EDITS);
    });
  });
});

describe('the draft', () => {
  test('the count of edits sees what differs: the shipped mapping is far from an org with other names', async () => {
    await onOrg({ prm: false, seeder: renamedSeeder(RESELLER_WORDS) }, async (session) => {
      const wanted = ORGS[2]![2];
      const { count, words } = await countEdits(
        session,
        SALESFORCE.replace(/object: (\w+__c)/g, 'object: Absent_$1'),
        wanted,
      );
      expect(count).toBeGreaterThan(30);
      expect(words).toEqual(
        expect.arrayContaining([
          'plan.startOn',
          'target.goal',
          'partner.tier',
          'campaign.partnerId',
          'deal.registeredAt',
        ]),
      );
      expect(
        (await countEdits(session, wanted.replace('endOn: Finish__c', 'endOn: Begin__c'), wanted))
          .words,
      ).toEqual(['plan.endOn']);
    });
  });

  test('is the same bytes whatever the order of objects, fields and rows; a label cannot break out of its comment; other possibilities are named', async () => {
    await onOrg({ prm: false, seeder: renamedSeeder(ALLIANCE_WORDS) }, async (session, input) => {
      const { yaml, explanations } = suggestMapping(input);
      const turned = {
        ...input,
        objects: input.objects
          .toReversed()
          .map((object) => ({ ...object, fields: object.fields.toReversed() })),
        samples: new Map(
          [...input.samples].reverse().map(([name, rows]) => [name, rows.toReversed()]),
        ),
      };
      expect(suggestMapping(turned).yaml).toBe(yaml);
      expect(yaml).toContain('# high confidence');
      expect(
        explanations.find(({ entity, field }) => entity === 'deal' && field === 'partnerId'),
      ).toMatchObject({ choice: 'ALX_Sourced_By_Alliance__c' });
      expect(yaml).not.toContain('ALX_Competitor__c');
      // Who only referred a deal is a role beside its partner, not its partner.
      const { document: draft } = await prepareMapping(session, yaml, 'salesforce');
      expect(
        [draft?.entities.dealPartner].flat().find((source) => source?.object === 'Opportunity'),
      ).toMatchObject({
        where: { field: 'ALX_Referred_By__c', set: true },
        fields: { partnerId: 'ALX_Referred_By__c', role: { value: 'Referred By Partner' } },
      });

      const hostile = {
        ...input,
        objects: input.objects.map((object) => ({
          ...object,
          label: `${object.label}\nwrite: []\u2028crm: x`,
          fields: object.fields.map((field) => ({
            ...field,
            label: `${field.label}\n  evil: true`,
          })),
        })),
      };
      const { document } = await prepareMapping(
        session,
        suggestMapping(hostile).yaml,
        'salesforce',
      );
      expect(document?.write).toHaveLength(2);
      expect(document?.crm).toBe('salesforce');
    });
  });

  test('without one row to sample it goes by names and types; where nothing marks a partner it says so, and nobody is one', async () => {
    await onOrg({}, async (session, input) => {
      const blind = suggestMapping({ ...input, samples: new Map(), counts: new Map() });
      expect(
        (await prepareMapping(session, blind.yaml, 'salesforce')).faults.filter(
          ({ severity }) => severity === 'error',
        ),
      ).toEqual([]);
      expect((await countEdits(session, blind.yaml, SALESFORCE)).count).toBeLessThanOrEqual(
        MOST_BLIND,
      );

      const without = (...names: string[]) =>
        suggestMapping({
          ...input,
          objects: input.objects.map((object) =>
            object.name !== 'Account'
              ? object
              : { ...object, fields: object.fields.filter(({ name }) => !names.includes(name)) },
          ),
        });
      const words = ['IsPartner', 'Type', 'AccountSource'];
      // Only partners have a tier, and plans and registrations say who they are.
      expect(without(...words).yaml).toContain('where: { field: Partner_Tier__c, set: true }');
      const unmarked = without(...words, 'Partner_Tier__c');
      expect(
        unmarked.explanations.find(({ entity, field }) => entity === 'partner' && field === null),
      ).toMatchObject({ confidence: 'low' });
      const { compiled } = await prepareMapping(session, unmarked.yaml, 'salesforce');
      expect(compiled).not.toBeNull();
      expect(unmarked.yaml).toContain('PUT THE NAME OF A PARTNER HERE');
    });
  });
});
