import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  documentOf,
  fileOf,
  rootOf,
} from '../../../../src/sandbox/salesforce/metadata-api/document.ts';
import {
  escapeXml,
  parseXml,
  XmlError,
} from '../../../../src/sandbox/salesforce/metadata-api/xml.ts';
import { unzip, zip, ZipError } from '../../../../src/sandbox/salesforce/metadata-api/zip.ts';

describe('zip', () => {
  const path = fc.stringMatching(/^[\wé-]{1,12}(\/[\wé .-]{0,11}\w)?$/);

  it('gives back what was packed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(path, fc.uint8Array({ maxLength: 300 }), { noNullPrototype: true }),
        (entries) => {
          const files = new Map(Object.entries(entries));
          const back = unzip(zip(files));
          expect([...back].map(([name, bytes]) => [name, [...bytes]])).toEqual(
            [...files].map(([name, bytes]) => [name, [...bytes]]),
          );
        },
      ),
    );
  });

  it('packs the same files to the same bytes', () => {
    const files = new Map([['a.txt', Buffer.from('a')]]);
    expect(zip(files)).toEqual(zip(files));
  });

  it('refuses what is no archive, and one whose content does not match its checksum', () => {
    expect(() => unzip(Buffer.from('not a zip at all, but long enough to look at'))).toThrow(
      ZipError,
    );
    const packed = Buffer.from(zip(new Map([['a.txt', Buffer.from('hello')]])));
    const other = deflateRawSync(Buffer.from('jello'));
    const at = packed.indexOf(deflateRawSync(Buffer.from('hello')));
    other.copy(packed, at);
    expect(() => unzip(packed)).toThrow(/checksum/);
  });

  it('never throws anything but ZipError on damaged bytes', () => {
    const whole = zip(
      new Map([
        ['a/b.txt', Buffer.from('hello '.repeat(20))],
        ['c', Buffer.alloc(0)],
      ]),
    );
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => {
        const damaged = Buffer.from(whole);
        damaged[at] = byte;
        try {
          unzip(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(ZipError);
        }
      }),
    );
  });
});

describe('xml', () => {
  it('escapes so that any text survives', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clean = text
          .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\r]/g, '')
          .replace(/[\uD800-\uDFFF\uFFFE\uFFFF]/gu, '');
        expect(parseXml(`<a>${escapeXml(clean)}</a>`).text).toBe(clean);
      }),
    );
  });

  it.each([
    '',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a x=1/>',
    '<p:a/>',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  ])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow(XmlError);
  });

  it('reads repeated elements as a list, booleans as booleans, labels as text', () => {
    const root = rootOf(
      Buffer.from('<T xmlns="u"><a>true</a><label>true</label><b>1</b><b>2</b><c><d>x</d></c></T>'),
      'T',
    );
    expect(documentOf(root)).toEqual({ a: true, label: 'true', b: ['1', '2'], c: { d: 'x' } });
  });

  it('writes files that read back the same', () => {
    const document = { fullName: 'A & B', list: [{ x: '1' }, { x: '<2>' }], flag: false };
    expect(documentOf(rootOf(fileOf('T', document), 'T'))).toEqual(document);
  });

  it('says where a file is wrong', () => {
    expect(() => rootOf(Buffer.from('<a>\n<b>\n</a>'), 'a')).toThrow(
      expect.objectContaining({ line: 3, message: expect.stringMatching(/^Error parsing file: /) }),
    );
    expect(() => rootOf(Buffer.from('<Layout/>'), 'CustomObject')).toThrow(
      'Error parsing file: Element Layout invalid at this location in type CustomObject',
    );
  });
});
