import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText, htmlText, spreadsheetCell } from '../../src/model/clean-text.ts';

const hostile = fc.string({ unit: 'binary', maxLength: 60 });

describe('text on its way out', () => {
  it('drives no terminal, turns no direction and hides nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(cleanText(text)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
        expect(cleanText(text)).not.toMatch(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/);
        expect(cleanText(text).isWellFormed()).toBe(true);
        expect(cleanLine(text)).not.toMatch(/[\n\t]/);
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
    expect(cleanText('\u202Egnp.exe\u0007')).toBe(' gnp.exe ');
  });

  it('leaves ordinary words alone, in any script', () => {
    const words = 'D’Angelo & Figli — São Tomé, Ærø, 東京, الرياض 👩‍💻 🇩🇪';
    expect(cleanLine(words)).toBe(words);
  });

  it('is no markup in a page', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(htmlText(text)).not.toMatch(/[<>"']/);
        expect(htmlText(text)).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
      }),
    );
    expect(htmlText('<img onerror=x>')).toBe('&lt;img onerror=x&gt;');
  });

  it('is no formula in a spreadsheet, and a number stays one', () => {
    for (const formula of ['=1+1', '@SUM(A1)', '+cmd|x', '-1+2', ' =1', '\t=1', '\u202e=1'])
      expect(spreadsheetCell(formula)).toMatch(/^'/);
    for (const plain of ['-5', '+3.5', '12,000', 'Acme', '-12.5%'])
      expect(spreadsheetCell(plain)).toBe(plain);
  });
});
