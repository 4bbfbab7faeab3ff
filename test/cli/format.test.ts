import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainJson } from '../../src/model/clean-text.ts';
import { harmless, money, printable, table } from '../../src/cli/format.ts';

// eslint-disable-next-line no-control-regex
const DANGEROUS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\u001b', '[', '2', 'J', '\r', '\n', '\u009b', '\u202e', '\u0007', 'm'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});

describe('what reaches a terminal', () => {
  it('holds no control character but line ends, bold and the redraw of a line', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = harmless(text)
          .replaceAll('\u001b[1m', '')
          .replaceAll('\u001b[22m', '')
          .replaceAll('\r\u001b[2K', '');
        expect(shown).not.toMatch(DANGEROUS);
      }),
    );
  });

  it('keeps bold and the redraw', () =>
    expect(harmless('\r\u001b[2K  \u001b[1mRun\u001b[22m\n')).toBe(
      '\r\u001b[2K  \u001b[1mRun\u001b[22m\n',
    ));

  it('JSON says the same, escaped', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const json = plainJson({ text, list: [text] });
        expect(JSON.parse(json)).toEqual({ text, list: [text] });
        expect(json).not.toMatch(DANGEROUS);
      }),
    );
  });

  it('a name is one line of bounded length', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const shown = printable(text, 20);
        expect(shown).not.toMatch(/\n/);
        expect(shown.length).toBeLessThanOrEqual(40);
      }),
    );
  });
});

describe('tables and amounts', () => {
  it('line up', () =>
    expect(
      table(
        ['a', 'n'],
        [
          ['x', '1'],
          ['yyy', '20'],
        ],
        ['left', 'right'],
      ),
    ).toBe('  a     n\n  ---  --\n  x     1\n  yyy  20\n'));
  it('amounts have separators', () => expect(money(-1_234_567.8, 'EUR')).toBe('-1,234,568 EUR'));
});
