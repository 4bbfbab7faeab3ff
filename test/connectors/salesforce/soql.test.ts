import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  soqlInstant,
  soqlLiteral,
  soqlName,
  soqlStatement,
  soqlString,
  soqlTerm,
} from '../../../connectors/salesforce/soql.ts';
import { field } from './support/field.ts';

/**
 * An independent reader of a SOQL string literal: null when the literal does not end exactly at the
 * end of the text.
 */
function unescape(literal: string): string | null {
  const back: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
  if (literal[0] !== "'") return null;
  let out = '';
  for (let at = 1; at < literal.length; at++) {
    const character = literal[at];
    if (character === "'") return at === literal.length - 1 ? out : null;
    if (character === '\\') {
      at++;
      const next = literal[at] ?? '';
      out += back[next] ?? next;
    } else out += character;
  }
  return null;
}

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\\', "'", '"', '\n', '\r', '\t', '\b', '\f', '%', '_', ')', ' OR '),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
  ),
});

describe('SOQL string literals', () => {
  it('give any text back to an independent reader, and never end early', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(unescape(soqlString(text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });
  it('escape every reserved character', () => {
    expect(soqlString('\\ \' " \n \r \t \b \f')).toBe("'\\\\ \\' \\\" \\n \\r \\t \\b \\f'");
    expect(soqlString("x' OR Name != '")).toBe("'x\\' OR Name != \\''");
    expect(soqlString("\\' OR 1=1 --")).toBe("'\\\\\\' OR 1=1 --'");
  });
});

describe('literals by field type', () => {
  it('print what each type asks for', () => {
    expect(soqlLiteral(field('datetime'), '2026-05-01T09:25:37+02:00')).toBe(
      '2026-05-01T07:25:37Z',
    );
    expect(soqlLiteral(field('date'), '2026-05-01')).toBe('2026-05-01');
    expect(soqlLiteral(field('money'), '12.50')).toBe('12.5');
    expect(soqlLiteral(field('number'), 1e21)).toBe('1000000000000000000000');
    expect(soqlLiteral(field('boolean'), true)).toBe('true');
    expect(soqlLiteral(field('reference'), '001dM00003kSQbV')).toBe("'001dM00003kSQbVQAW'");
    expect(soqlLiteral(field('text'), 5)).toBe("'5'");
    expect(soqlLiteral(field('text'), null)).toBe('null');
  });
  it.each([
    ['date', '2026-05-01T00:00:00Z'],
    ['datetime', '2026-05-01'],
    ['number', '12 OR Id != null'],
    ['boolean', 'true OR Id != null'],
    ['reference', "x' OR Id != ''"],
    ['text', 'x'.repeat(4001)],
  ] as const)('refuse what does not fit a %s', (type, value) => {
    expect(() => soqlLiteral(field(type), value)).toThrow(
      expect.objectContaining({ kind: 'config', cure: expect.any(String) }),
    );
  });
  it('round a bound between two seconds up, for a lower and an upper end alike', () => {
    const second = Date.UTC(2026, 4, 1, 7, 25, 37);
    fc.assert(
      fc.property(
        fc.integer({ min: -5, max: 5 }),
        fc.integer({ min: 0, max: 9999 }),
        (stampSeconds, boundMs) => {
          const stamp = second + stampSeconds * 1000;
          const bound = second + boundMs;
          expect(stamp >= Date.parse(soqlInstant(bound))).toBe(stamp >= bound);
        },
      ),
    );
  });
});

describe('statements', () => {
  it('refuse names that are none', () => {
    for (const name of [
      'Id FROM Account',
      'Name,Id',
      "Na'me",
      '1st',
      'a.b.c.d.e.f.g',
      '',
      'Name--',
    ])
      expect(() => soqlName(name)).toThrow(expect.objectContaining({ kind: 'config' }));
    expect(soqlName('Account.Parent.Region__c')).toBe('Account.Parent.Region__c');
    expect(() =>
      soqlStatement({ select: ['Id', 'Name FROM User'], from: 'Account', where: [] }),
    ).toThrow(/no Salesforce API name/);
  });
  it('build lists that mean what they say, nulls and empty ones too', () => {
    expect(
      soqlTerm('F__c', field('text'), { field: 'F__c', op: 'in', values: ['a', "b'", null] }),
    ).toBe("(F__c IN ('a','b\\'') OR F__c = null)");
    expect(
      soqlTerm('F__c', field('text'), { field: 'F__c', op: 'notIn', values: ['a', null] }),
    ).toBe("(F__c NOT IN ('a') AND F__c != null)");
    expect(soqlTerm('F__c', field('text'), { field: 'F__c', op: 'in', values: [] })).toBe(
      'Id = null',
    );
    expect(soqlTerm('F__c', field('text'), { field: 'F__c', op: 'notIn', values: [] })).toBe(
      'Id != null',
    );
  });
  it('refuse to filter on what Salesforce cannot filter', () => {
    expect(() =>
      soqlTerm(
        'Description',
        { ...field('longtext', 'textarea'), filterable: false },
        { field: 'Description', op: 'notNull' },
      ),
    ).toThrow(/cannot filter on Description/);
  });
});
