import { describe, expect, it } from 'vitest';
import type { CrmField } from '../../src/model/connector.ts';
import { isMask } from '../../src/mapping/compile/masked.ts';

const encrypted = { name: 'Secret__c', masked: true } as CrmField;

describe('masks of encrypted fields', () => {
  it.each([
    '********',
    '*',
    '****tone',
    '*2345',
    'XXXX',
    'XXX-XX-1234',
    'XXXXX-123A',
    '****-****-****-9876',
    '** ** ** ** 7',
  ])('%s hides a value', (value) => {
    expect(isMask(encrypted, value)).toBe(true);
    expect(isMask({ ...encrypted, masked: false }, value)).toBe(false);
  });

  it.each([
    '',
    'Gold',
    'XL',
    'XXL Partners',
    'XX-12',
    '5 ***** hotel',
    '123-45-6789',
    '*starred words',
  ])('%s is a value', (value) => {
    expect(isMask(encrypted, value)).toBe(false);
  });
});
