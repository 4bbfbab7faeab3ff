/** An org's own words in ours: what can be told is mapped, and each word is asked once at most. */
import { expect, test } from 'vitest';
import type { CrmField, CrmObject } from '../../../src/model/connector.ts';
import { gather } from '../../../src/mapping/suggest/gather.ts';
import { decisionRule, metricRule } from '../../../src/mapping/suggest/word-maps.ts';
import { parsed, SALESFORCE } from '../fixtures/document.ts';
import { org, withFields } from '../fixtures/org.ts';

const objects = withFields(org(), 'Account', 'Word:picklist(x)');
const object: CrmObject = objects.get('Account')!;
const evidence = gather({
  crm: 'salesforce',
  base: parsed(SALESFORCE),
  objects: [...objects.values()],
  samples: new Map(),
  counts: new Map(),
});
const withWords = (words: string[]): CrmField => ({
  ...object.fields.find(({ name }) => name === 'Word')!,
  options: words.map((value) => ({ value, label: value, active: true })),
});

test('words of metrics that are known need nothing; likely ones are mapped and asked; others only asked', () => {
  const field = withWords([
    'won_amount',
    'Wins',
    'ARR signed',
    'Meetings kept up',
    'Net promoter score',
  ]);
  expect(metricRule(evidence, object, field)).toEqual({
    rule: {
      field: 'Word',
      map: { 'ARR signed': 'won_amount', 'Meetings kept up': 'joint_meetings' },
    },
    questions: [
      'Is "ARR signed" won_amount?',
      'Is "Meetings kept up" joint_meetings?',
      expect.stringMatching(/^Which metric is "Net promoter score"\?/),
    ].map((text) => expect.objectContaining({ entity: 'target', field: 'metric', text })),
  });
  expect(metricRule(evidence, object, withWords(['won_amount', 'registrations']))).toEqual({
    rule: 'Word',
    questions: [],
  });
});

test('decisions on registrations in our words; what cannot be told waits', () => {
  const field = withWords(['Accepted', 'Turned down (denied)', 'In review', 'Lapsed', 'Odd']);
  expect(decisionRule(evidence, object, field)).toEqual({
    field: 'Word',
    map: {
      Accepted: 'approved',
      'Turned down (denied)': 'rejected',
      'In review': 'pending',
      Lapsed: 'expired',
    },
    otherwise: 'pending',
  });
});
