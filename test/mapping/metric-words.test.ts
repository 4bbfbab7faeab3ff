import { expect, test } from 'vitest';
import { checked, SALESFORCE } from './fixtures/document.ts';
import { org, withFields } from './fixtures/org.ts';

const words = (...list: string[]): ReturnType<typeof org> =>
  withFields(org({ custom: true }), 'Plan_Target__c', `Metric__c:picklist(${list.join('|')})`);
const said = (text: string, of: ReturnType<typeof org>): string[] =>
  checked(text, of).filter((line) => line.includes('no metric that can be counted'));

test("an org's own words for our metrics need no mapping", () => {
  expect(said(SALESFORCE, words('Booked ARR', 'Deal regs', 'SQLs', 'Joint meetings'))).toEqual([]);
});

test('a word that means none of them is named, with the nearest id and all ids', () => {
  const [warning, ...more] = said(SALESFORCE, words('Booked ARR', 'Won amuont', 'Happiness'));
  expect(more).toEqual([]);
  expect(warning).toMatch(
    /^warning \d+:\d+ entities\.target\.fields\.metric \| `Won amuont`, `Happiness` are no metric/,
  );
  expect(warning).toContain('Won amuont: won_amount');
  expect(warning).toContain('Known: registrations, won_amount');
});

test('a word that the mapping turns into one of ours is known', () => {
  const mapped = SALESFORCE.replace(
    'metric: Metric__c',
    'metric: { field: Metric__c, map: { Happiness: won_deals } }',
  );
  expect(said(mapped, words('Happiness'))).toEqual([]);
  const wrong = SALESFORCE.replace(
    'metric: Metric__c',
    'metric: { field: Metric__c, map: { Happiness: won_dreams } }',
  );
  expect(said(wrong, words('Happiness'))).toHaveLength(1);
});
