import { describe, expect, it } from 'vitest';
import {
  fileSecretFault,
  parseAllowedSecrets,
  secretNameFault,
} from '../../src/model/secret-names.ts';

const ALLOWED = parseAllowedSecrets('acme: SF_KEY, SF_SECRET; beta: HS_TOKEN HEADWATER_KEY\n x-y:');

describe('a variable that a pushed connection names', () => {
  it.each<[string, string, string[], boolean]>([
    ['acme', 'ACME_KEY', [], true],
    ['acme', 'SF_KEY', [], true],
    ['acme', 'HS_TOKEN', [], false],
    ['beta', 'HS_TOKEN', [], true],
    ['acme', 'PATH', [], false],
    ['acme', 'acme_KEY', [], false],
    ['acme', 'ACME', [], false],
    ['acme', 'ACMEX_KEY', [], false],
    ['acme', 'XACME_KEY', [], false],
    ['acme', ' ACME_KEY', [], false],
    ['beta', 'HEADWATER_KEY', [], false],
    ['acme', 'headwater_tokens', [], false],
    ['headwater', 'HEADWATER_SECRET', [], false],
    ['acme', 'constructor', [], false],
    ['acme', '__proto__', [], false],
    ['acme', 'ACME_EU_KEY', [], true],
    ['acme', 'ACME_EU_KEY', ['acme-eu'], false],
    ['acme-eu', 'ACME_EU_KEY', ['acme', 'acme-eu-west'], true],
    ['acme-eu', 'ACME_EU_WEST_KEY', ['acme', 'acme-eu-west'], false],
    ['x', 'X_Y_KEY', [], false],
    ['acme', 'ACME_EU', ['acme-eu'], true],
  ])('of %s: %s beside %j: %s', (id, name, known, fine) => {
    expect(secretNameFault(id, name, ALLOWED, known) === null).toBe(fine);
  });

  it('says whose it is', () => {
    expect(secretNameFault('acme', 'ACME_EU_KEY', ALLOWED, ['acme-eu'])?.message).toContain(
      'is that of the connection "acme-eu"',
    );
  });
});

it.each([
  ['HEADWATER_KEY', false],
  ['Headwater_Old_Keys', false],
  ['HEADWATER_TOKEN', false],
  ['HEADWATER_TOKENS', false],
  ['HEADWATER_SIGNALS_SECRET', false],
  ['HEADWATER_PRIVATE_KEY', true],
  ['SF_KEY', true],
])('a document in a file may name %s: %s', (name, fine) => {
  expect(fileSecretFault(name) === null).toBe(fine);
});
