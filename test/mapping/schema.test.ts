import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { jsonSchema } from '../../src/mapping/document/schema.ts';
import { keysAt } from '../../src/model/json-node.ts';
import { SALESFORCE } from './fixtures/document.ts';

const committed = readFileSync(
  new URL('../../mappings/mapping.schema.json', import.meta.url),
  'utf8',
);

test('the committed schema is the current one (else: node tools/mapping-schema.ts)', () => {
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
});

test('editors accept the mapping that ships and refuse what the engine refuses', () => {
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(committed) as object);
  const document = parse(SALESFORCE) as {
    entities: { partner: { fields: Record<string, unknown> } };
    write: { fields: Record<string, unknown> }[];
  };
  expect(validate(document)).toBe(true);
  expect(validate({ ...document, bogus: 1 })).toBe(false);
  document.entities.partner.fields['nme'] = 'Name';
  expect(validate(document)).toBe(false);
});

test('entity fields and outputs are listed for completion', () => {
  expect(keysAt(jsonSchema(), ['entities', 'partner', 'fields'])).toContain('onboardedOn');
  expect(committed).toContain('"const": "partner.planHealth"');
});

test('the mapping that ships names its schema for the editor', () => {
  expect(SALESFORCE.split('\n')[0]).toBe('# yaml-language-server: $schema=./mapping.schema.json');
});
