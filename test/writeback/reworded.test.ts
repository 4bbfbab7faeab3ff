import { describe, expect, it } from 'vitest';
import { reworded } from '../../src/writeback/reworded.ts';

describe('a text in other words', () => {
  const first = 'Wins more than 900,000 by the end of December';

  it('is the same sentence with other figures, names and months: no', () => {
    expect(reworded(first, 'Wins more than 1,250,000 by the end of March')).toBe(false);
    expect(reworded('call Ann at Plant Nord today', 'call Bob at Plant Sued today')).toBe(false);
  });

  it('is the sentence in another language: yes', () => {
    expect(reworded(first, 'Gewinnt mehr als 900,000 bis zum Ende des Dezembers')).toBe(true);
  });

  it('shares half of the words of the shorter one: yes; one more: no', () => {
    expect(reworded('aa bb cc dd', 'aa bb xx yy')).toBe(true);
    expect(reworded('aa bb cc dd', 'aa bb cc yy')).toBe(false);
    // Of the shorter one, whichever it is.
    expect(reworded('aa bb cc dd ee ff', 'aa bb cc dd')).toBe(false);
    expect(reworded('aa bb cc dd', 'aa bb cc dd ee ff')).toBe(false);
  });

  it('is recognised from three words on, and from words alone', () => {
    expect(reworded('aa bb cc', 'xx yy zz')).toBe(true);
    expect(reworded('aa bb', 'xx yy')).toBe(false);
    // Letters by themselves, names and figures are no words.
    expect(reworded('aa bb Cc d 9', 'xx yy Zz w 8')).toBe(false);
  });

  it('is recognised by the first line: reasons below it come and go', () => {
    expect(reworded('aa bb cc\nxx yy zz', 'aa bb cc\nuu vv ww')).toBe(false);
  });

  it('is none where there was nothing or is nothing', () => {
    for (const [from, to] of [
      ['', first],
      [first, ''],
      [null, first],
      [first, null],
      [5, first],
    ] as const)
      expect(reworded(from, to)).toBe(false);
  });
});
