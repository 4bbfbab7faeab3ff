import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  describeGlobal,
  describeObject,
} from '../../../../src/sandbox/salesforce/metadata/describe.ts';
import { newOrg } from './helpers.ts';

const BASE = '/services/data/v58.0';
const DATA = join(
  process.env['HEADWATER_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
  'salesforce-describe',
);
const RECORDED: Record<string, string> = {
  Account: 'Account.json',
  Contact: 'Contact.json',
  Lead: 'Lead.json',
  Opportunity: 'Opportunity.json',
  Event: 'Event.json',
  OpportunityContactRole: 'OpportunityContactRole.json',
  Campaign: 'Campaign_v42_grouparoo.json',
};

const describedShape = z.looseObject({ fields: z.array(z.looseObject({ name: z.string() })) });

/** Attributes in which a recording and an org of ours may differ, each with the reason. */
const ALLOWED: { field: RegExp; attributes: string[]; reason: string }[] = [
  {
    field: /^Event\.WhatId$/,
    attributes: ['referenceTo'],
    reason: 'the recorded org has many objects that ours does not',
  },
  {
    field: /^Event\.RecurrenceTimeZoneSidKey$/,
    attributes: ['picklistValues'],
    reason: 'a short list stands for 423 time zones',
  },
  {
    field: /^Event\.ActivityDate$/,
    attributes: ['aggregatable'],
    reason: 'no other recorded date is like it',
  },
];
const allowed = (field: string, attribute: string): boolean =>
  ALLOWED.some((entry) => entry.field.test(field) && entry.attributes.includes(attribute));

type Field = z.infer<typeof describedShape>['fields'][number];

const fieldDifferences = (object: string, original: Field, ours: Field): string[] =>
  Object.entries(original)
    .filter(
      ([attribute, value]) =>
        !allowed(`${object}.${ours.name}`, attribute) &&
        JSON.stringify(ours[attribute]) !== JSON.stringify(sorted(attribute, value)),
    )
    .map(
      ([attribute, value]) =>
        `${ours.name}.${attribute}: recorded ${JSON.stringify(value)?.slice(0, 80)}, ours ${JSON.stringify(ours[attribute])?.slice(0, 80)}`,
    );

describe('describe', () => {
  const { org } = newOrg();
  for (const [name, file] of Object.entries(RECORDED)) {
    const path = join(DATA, file);
    it.skipIf(!existsSync(path))(
      `${name}: every field that a recorded describe also has agrees with it (skipped where the recordings are absent)`,
      () => {
        const recorded = describedShape.parse(JSON.parse(readFileSync(path, 'utf8')));
        const ours = describedShape.parse(
          describeObject(org, org.admin, org.object(name) ?? org.objects()[0]!, BASE),
        );
        const differences: string[] = [];
        let compared = 0;
        for (const field of ours.fields) {
          const original = recorded.fields.find((one) => one.name === field.name);
          if (!original) continue;
          compared++;
          differences.push(...fieldDifferences(name, original, field));
        }
        expect(differences).toEqual([]);
        expect(compared).toBeGreaterThan(8);
      },
    );
  }

  it.skipIf(!existsSync(join(DATA, 'Opportunity.json')))(
    'has every key a recorded object and its fields have (skipped where the recordings are absent)',
    () => {
      const recorded = describedShape.parse(
        JSON.parse(readFileSync(join(DATA, 'Opportunity.json'), 'utf8')),
      );
      const ours = describedShape.parse(
        describeObject(org, org.admin, org.object('Opportunity')!, BASE),
      );
      expect(Object.keys(recorded).filter((key) => !(key in ours))).toEqual([]);
      expect(Object.keys(recorded.fields[0]!).filter((key) => !(key in ours.fields[0]!))).toEqual(
        [],
      );
    },
  );

  it('lists children by relationship, with what happens to them', () => {
    const account = describeObject(org, org.admin, org.object('Account')!, BASE);
    expect(account['childRelationships']).toContainEqual(
      expect.objectContaining({
        childSObject: 'Opportunity',
        field: 'AccountId',
        relationshipName: 'Opportunities',
        cascadeDelete: true,
      }),
    );
    expect(account['childRelationships']).toContainEqual(
      expect.objectContaining({
        childSObject: 'Account',
        field: 'ParentId',
        relationshipName: 'ChildAccounts',
        cascadeDelete: false,
      }),
    );
  });

  it('describes globally by name with addresses', () => {
    const global = describeGlobal(org, org.admin, BASE);
    const names = (global['sobjects'] as { name: string; urls: { describe: string } }[]).map(
      (entry) => entry.name,
    );
    expect(names).toEqual([...names].sort());
    expect(names).toContain('OpportunityHistory');
    expect(
      (global['sobjects'] as { name: string; urls: { describe: string } }[]).find(
        (entry) => entry.name === 'Task',
      )?.urls.describe,
    ).toBe(`${BASE}/sobjects/Task/describe`);
  });

  it('has no partner fields without partner relationship management, and currency fields only with several currencies', () => {
    const plain = newOrg({ prm: false }).org;
    expect(plain.object('Account')!.fields.some((field) => field.name === 'IsPartner')).toBe(false);
    expect(plain.object('CurrencyType')).toBeUndefined();
    const multi = newOrg({ multiCurrency: true, conversionRates: { EUR: 0.9 } }).org;
    expect(
      multi
        .object('Opportunity')!
        .fields.find((field) => field.name === 'CurrencyIsoCode')
        ?.picklist?.map((item) => item.value),
    ).toEqual(['USD', 'EUR']);
    expect(
      multi
        .query(
          multi.admin,
          'SELECT IsoCode, ConversionRate FROM CurrencyType ORDER BY IsoCode',
          false,
        )
        .slice(0, 9)
        .map((record) => record.values[0]![1]),
    ).toEqual(['EUR', 'USD']);
  });
});

/** Recorded pick list entries are compared in our key order. */
function sorted(attribute: string, value: unknown): unknown {
  if (attribute !== 'picklistValues' || !Array.isArray(value)) return value;
  return value.map(
    ({ active, defaultValue, label, validFor, value: code }: Record<string, unknown>) => ({
      active,
      defaultValue,
      label,
      validFor: validFor ?? null,
      value: code,
    }),
  );
}
