import fc from 'fast-check';
import { expect, it } from 'vitest';
import { guarded, unguarded } from '../../../connectors/csv/cells.ts';
import { isFormula } from '../../../src/model/clean-text.ts';

const texts = fc
  .array(fc.constantFrom("'", '=', '+', '-', '@', ' ', '\t', '1', 'a', '%'), { maxLength: 8 })
  .map((parts) => parts.join(''));

it('a written cell is never a formula, and is read as what was written', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => {
      expect(isFormula(guarded(text))).toBe(false);
      expect(unguarded(guarded(text))).toBe(text);
    }),
  );
  expect([guarded('=1+1'), guarded("'=1"), guarded('-5'), guarded("it's")]).toEqual([
    "'=1+1",
    "''=1",
    '-5',
    "it's",
  ]);
});
