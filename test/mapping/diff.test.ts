import { describe, expect, test } from 'vitest';
import type { CrmRow } from '../../src/model/connector.ts';
import { compileMapping } from '../../src/mapping/compile/compile.ts';
import { diffMappings, newlyRead } from '../../src/mapping/check/diff.ts';
import { RowDiff } from '../../src/mapping/check/diff-rows.ts';
import { localDescribe, see, type SeenFields } from '../../src/mapping/check/local-describe.ts';
import { parsed, SALESFORCE } from './fixtures/document.ts';
import { row } from './fixtures/org.ts';

const edited = (...changes: [string, string][]) =>
  parsed(
    changes.reduce((text, [from, to]) => {
      if (!text.includes(from)) throw new Error(`no ${from}`);
      return text.replace(from, to);
    }, SALESFORCE),
  );

describe('what changes, in words', () => {
  test('nothing between a mapping and itself, whatever its order and comments', () => {
    const document = parsed(SALESFORCE);
    const { version, crm, settings, entities, ...rest } = document;
    const turned = {
      ...rest,
      entities: Object.fromEntries(Object.entries(entities).reverse()),
      settings,
      crm,
      version,
    } as typeof document;
    expect(diffMappings(document, turned)).toEqual([]);
    expect(newlyRead(document, turned)).toEqual([]);
  });

  test('names every place once, with both sides', () => {
    const changes = diffMappings(
      parsed(SALESFORCE),
      edited(
        ['staleDays: 21', 'staleDays: 30'],
        ['region: BillingCountry', 'region: { coalesce: [Region__c, BillingCountry] }'],
        ['startOn: Start_Date__c', 'startOn: Begin__c'],
        ['      weight: Weight__c\n', ''],
        ['object: Partner_Fund__c', 'object: MDF__c'],
        ['  - by: accountParent', '  - by: campaign'],
        [
          'HW_Plan_Health__c: { value: partner.planHealth }',
          'HW_Plan_Health__c: { value: partner.planHealth, threshold: 5 }',
        ],
        ['{ field: IsClosed, is: true }', '{ field: Status, is: Completed }'],
      ),
    );
    expect(
      changes.map(({ area, kind, path, text }) => `${area} ${kind} ${path} | ${text}`),
    ).toEqual([
      'settings changed settings.staleDays | staleDays: 21 becomes 30',
      'entities changed entities.partner.fields.region | partner.region: BillingCountry becomes { coalesce: [ Region__c, BillingCountry ] }',
      'entities changed entities.activity[0].where | which rows of Task count as activity: { field: IsClosed, is: true } becomes { field: Status, is: Completed }',
      'entities changed entities.plan.fields.startOn | plan.startOn: Start_Date__c becomes Begin__c',
      'entities removed entities.target.fields.weight | target.weight: no longer Weight__c',
      'entities changed entities.cost.object | cost comes from another object: Partner_Fund__c becomes MDF__c',
      expect.stringContaining('dealPartner changed dealPartner | how a deal gets its partner:'),
      'write changed write.Account.HW_Plan_Health__c | what is written into Account.HW_Plan_Health__c: { entity: partner, value: partner.planHealth, owner: headwater } becomes { entity: partner, value: partner.planHealth, threshold: 5, owner: headwater }',
    ]);
  });

  test('of several sources of an entity, one gone is one gone', () => {
    const from = SALESFORCE.indexOf('    - object: Event\n');
    const to = SALESFORCE.indexOf(
      '  # ------------------------------------------------------------------ Joint plans',
    );
    const without = parsed(SALESFORCE.slice(0, from) + SALESFORCE.slice(to));
    expect(diffMappings(parsed(SALESFORCE), without).map(({ text }) => text)).toEqual([
      'activity: no longer from Event',
    ]);
    expect(diffMappings(without, parsed(SALESFORCE)).map(({ text }) => text)).toEqual([
      'activity: now also from Event',
    ]);
  });

  test('what has to be read first', () => {
    expect(
      newlyRead(
        parsed(SALESFORCE),
        edited(
          ['startOn: Start_Date__c', 'startOn: Begin__c'],
          ['ownerId: OwnerId\n      parentId', 'ownerId: Manager__r.User__c\n      parentId'],
        ),
      ),
    ).toEqual(['Account.Manager__r.User__c', 'Partner_Plan__c.Begin__c']);
  });
});

const ROWS: CrmRow[] = [
  row(
    'Account',
    {
      Name: 'A',
      Type: 'Technology Partner',
      BillingCountry: 'DE',
      OwnerId: 'u1',
      ParentId: null,
      Industry: null,
      CreatedDate: null,
    },
    { id: 'a1' },
  ),
  row(
    'Account',
    {
      Name: 'B',
      Type: 'Customer - Direct',
      BillingCountry: 'FR',
      OwnerId: 'u1',
      ParentId: null,
      Industry: null,
      CreatedDate: null,
    },
    { id: 'a2' },
  ),
  row(
    'Account',
    {
      Name: 'C',
      Type: 'Reseller',
      BillingCountry: null,
      OwnerId: 'u1',
      ParentId: null,
      Industry: null,
      CreatedDate: null,
    },
    { id: 'a3' },
  ),
  row(
    'Account',
    {
      Name: 'D',
      Type: 'Technology Partner',
      BillingCountry: 'IT',
      OwnerId: 'u1',
      ParentId: null,
      Industry: null,
      CreatedDate: null,
    },
    { id: 'a4', deleted: true },
  ),
  row(
    'Partner_Plan__c',
    {
      Partner__c: 'a1',
      Name: 'P',
      Start_Date__c: '2026-01-01',
      End_Date__c: '2026-12-31',
      Status__c: 'Active',
    },
    { id: 'p1' },
  ),
];

function diffRows(
  before: ReturnType<typeof parsed>,
  after: ReturnType<typeof parsed>,
  rows: CrmRow[] = ROWS,
) {
  const seen = new Map<string, SeenFields>();
  see(seen, rows);
  const describeLocal = localDescribe(seen, [before, after]);
  const diff = new RowDiff(
    compileMapping(before, describeLocal),
    compileMapping(after, describeLocal),
  );
  diff.add(rows);
  return diff.result();
}

describe('what changes, in rows of the local copy', () => {
  const shipped = parsed(SALESFORCE);

  test('the same mapping changes none', () =>
    expect(diffRows(shipped, parsed(SALESFORCE))).toEqual({ rows: 5, different: 0, entities: [] }));

  test('a field, a filter, and rows that stop or begin to be one; deleted rows are left alone', () => {
    const { different, entities } = diffRows(
      shipped,
      edited(
        ['region: BillingCountry', 'region: { field: BillingCountry, map: { DE: Germany } }'],
        ['in: [Channel Partner / Reseller, Technology', 'in: [Reseller, Technology'],
      ),
    );
    expect(different).toBe(2);
    expect(entities).toEqual([
      {
        entity: 'partner',
        same: 0,
        changed: 1,
        added: 1,
        removed: 0,
        refused: 0,
        refusal: null,
        fields: { region: 1 },
        examples: ['a1', 'a3'],
      },
    ]);
    expect(
      diffRows(
        shipped,
        edited([
          'in: [Channel Partner / Reseller, Technology',
          'in: [Channel Partner / Reseller, Technical',
        ]),
      ).entities,
    ).toMatchObject([{ entity: 'partner', removed: 1, examples: ['a1'] }]);
  });

  test('a field that was never read refuses its rows until it is; an optional one is simply empty', () => {
    const { entities } = diffRows(shipped, edited(['startOn: Start_Date__c', 'startOn: Begin__c']));
    expect(entities).toMatchObject([
      {
        entity: 'plan',
        refused: 1,
        removed: 0,
        refusal: expect.stringContaining('`Begin__c` has not been read'),
      },
    ]);
    expect(
      diffRows(
        shipped,
        edited([
          'tier: { field: Partner_Tier__c, optional: true }',
          'tier: { field: Level__c, optional: true }',
        ]),
      ).different,
    ).toBe(0);
  });

  test('paths through references and several values in a cell are read as the copy has them', () => {
    const rows = [
      ...ROWS,
      row(
        'Account',
        {
          Name: 'E',
          Type: 'Technology Partner',
          BillingCountry: 'DE',
          OwnerId: 'u',
          ParentId: null,
          Industry: null,
          CreatedDate: null,
          'Owner.Name': 'Ann',
          Roles__c: 'sell;service',
        },
        { id: 'a5' },
      ),
    ];
    const before = edited(
      [
        'ownerId: OwnerId\n      parentId',
        'ownerId: { coalesce: [Owner.Name, OwnerId] }\n      parentId',
      ],
      [
        '{ field: IsPartner, optional: true, is: true }',
        '{ field: Roles__c, optional: true, contains: sell }',
      ],
    );
    const after = edited(
      [
        'ownerId: OwnerId\n      parentId',
        'ownerId: { coalesce: [{ field: Owner.Name, optional: true }, OwnerId] }\n      parentId',
      ],
      [
        '{ field: IsPartner, optional: true, is: true }',
        '{ field: Roles__c, optional: true, contains: sel }',
      ],
    );
    const [partner] = diffRows(shipped, before, rows).entities;
    expect(partner).toMatchObject({ entity: 'partner', changed: 1, fields: { ownerId: 1 } });
    expect(diffRows(before, after, [rows.at(-1)!]).entities).toEqual([]);
  });
});
