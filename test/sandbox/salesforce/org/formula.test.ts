import { describe, expect, it } from 'vitest';
import { compileFormula } from '../../../../src/sandbox/salesforce/org/formula.ts';
import type { Value } from '../../../../src/sandbox/salesforce/org/formula-value.ts';

const NOW_MS = Date.parse('2026-05-01T12:00:00Z');
const CELLS: Record<string, Value> = {
  Amount: 100,
  Blank: null,
  Name: 'Acme',
  'Account.Name': 'Parent',
  Stage: 'Won',
  Closed: true,
  Due: { kind: 'date', ms: Date.parse('2026-04-21') },
};
const run = (source: string): Value =>
  compileFormula(source).run({
    field: (path) => CELLS[path.join('.')] ?? null,
    prior: () => 'Open',
    isNew: false,
    nowMs: NOW_MS,
  });

describe('formulas', () => {
  it.each<[string, Value]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['-2 ^ 2', 4],
    ['10 - 4 - 3', 3],
    ['Amount / 0', null],
    ['Blank + 5', 5],
    ['Amount * 1.5', 150],
    ['Name & " of " & Account.Name', 'Acme of Parent'],
    ['"a" & Blank', 'a'],
    ['IF(Amount >= 100, "big", "small")', 'big'],
    ['AND(Closed, NOT(Amount < 100))', true],
    ['OR(FALSE, Amount <> 100)', false],
    ['Closed && Amount = 100', true],
    ['ISPICKVAL(Stage, "Won")', true],
    ['TEXT(Stage)', 'Won'],
    ['TODAY() - Due', 10],
    ['Due < TODAY()', true],
    ['Blank < TODAY()', false],
    ['BLANKVALUE(Blank, "none")', 'none'],
    ['CASE(Stage, "Lost", 0, "Won", 1, 9)', 1],
    ['CASE(Stage, "Lost", 0, 9)', 9],
    ['ROUND(1.005, 2)', 1.01],
    ['MAX(1, Amount, 3)', 100],
    ['CONTAINS(Name, "cm")', true],
    ['LEFT(Name, 2)', 'Ac'],
    ['YEAR(Due)', 2026],
    ['ISCHANGED(Stage)', true],
    ['PRIORVALUE(Stage)', 'Open'],
    ['/* why */ 1', 1],
  ])('%s', (source, expected) => {
    expect(run(source)).toEqual(expected);
  });

  it.each(['1 +', 'FOO(1)', 'IF(1, 2)', '1 2', '"open', '#'])('refuses %s', (source) => {
    expect(() => compileFormula(source)).toThrow();
  });
});
