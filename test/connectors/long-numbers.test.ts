import { expect, test } from 'vitest';
import { canonical as hubspot } from '../../connectors/hubspot/values.ts';
import { canonical as salesforce } from '../../connectors/salesforce/values.ts';
import { canonical as csv } from '../../connectors/csv/values.ts';
import type { CrmField } from '../../src/model/connector.ts';

const field = (type: CrmField['type'], nativeType: string): CrmField =>
  ({ name: 'f', type, nativeType, referenceTo: [] }) as unknown as CrmField;
const LONG = '123456789012345678';

test('a number of eighteen digits comes as the text that it is', () => {
  expect(hubspot(field('number', 'number'), LONG)).toBe(LONG);
  expect(hubspot(field('number', 'number'), `-${LONG}`)).toBe(`-${LONG}`);
  expect(csv('number', LONG, undefined)).toBe(LONG);
  expect(salesforce(field('text', 'anyType'), LONG)).toBe(LONG);
});
test('one that a number holds stays a number', () => {
  expect(hubspot(field('number', 'number'), '1234567890123456')).toBe(1234567890123456);
  expect(csv('integer', '1234567890', undefined)).toBe(1234567890);
  expect(salesforce(field('text', 'anyType'), '1.50')).toBe('1.5');
});
