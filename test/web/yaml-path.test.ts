import { describe, expect, it } from 'vitest';
import { keyOn, pathAt } from '../../src/web/parts/yaml-path.ts';

const TEXT = `version: 1
settings:
  # a comment: with a colon
  language: en
entities:
  partner:
    object: Account
    where:
      any:
        - { field: Type, in: [Reseller] }
        - field: Tier
          is: gold
    fields:
      name: { field: Name, req
  deal:
    - object: Opportunity
      fields:
        name: Name

write:
  - object: Account
    fields:
      Score__c:
        value: partner.score`.split('\n');

const at = (line: number, column = 0): string =>
  pathAt((one) => TEXT[one - 1] ?? '', line, column).join(' ');

describe('where a place of a YAML text stands', () => {
  it.each<[line: number, column: number, path: string]>([
    [1, 0, ''],
    [4, 2, 'settings'],
    [7, 4, 'entities partner'],
    [10, 12, 'entities partner where any []'],
    [12, 10, 'entities partner where any []'],
    [14, 30, 'entities partner fields name'],
    [18, 8, 'entities deal [] fields'],
    [19, 0, ''],
    [19, 8, 'entities deal [] fields'],
    [24, 8, 'write [] fields Score__c'],
  ])('line %i, column %i is in "%s"', (line, column, path) => {
    expect(at(line, column)).toBe(path);
  });

  it.each<[before: string, path: string]>([
    ['where: { any: [{ field: a }, {', 'where any []'],
    ['where: { in: [a, b], not: {', 'where not'],
    ['where: { in: [a, b], ', 'where'],
    ['name: { field: Name }', ''],
  ])('behind `%s` on one line is in "%s"', (before, path) => {
    expect(pathAt(() => before, 1, before.length).join(' ')).toBe(path);
  });

  it('knows the key of a line, quoted or behind a dash, and none of a comment', () => {
    expect(['- object: A', '  "a b": 1', '# x: 1', '', "'c': d"].map(keyOn)).toEqual([
      ...['object', 'a b', null, null, 'c'],
    ]);
  });
});
