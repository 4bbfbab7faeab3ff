import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isId, parseIdentityUrl, to18 } from '../../../connectors/salesforce/ids.ts';

const id15 = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'),
  minLength: 15,
  maxLength: 15,
});

describe('record ids', () => {
  it('match ids that Salesforce gave', () => {
    expect(to18('001dM00003kSQbV')).toBe('001dM00003kSQbVQAW');
    expect(to18('006dM00000Mw7Vt')).toBe('006dM00000Mw7VtQAJ');
    expect(to18('0014S000007Ny26')).toBe('0014S000007Ny26QAC');
    expect(to18('012000000000000')).toBe('012000000000000AAA');
  });
  it('stay themselves when they are 18 long, and ids that differ in case alone come out different without case', () => {
    fc.assert(
      fc.property(id15, (id) => {
        expect(to18(to18(id))).toBe(to18(id));
      }),
    );
    fc.assert(
      fc.property(id15, fc.nat(14), (id, at) => {
        const letter = id[at] ?? '';
        const flipped =
          letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
        fc.pre(flipped !== letter);
        expect(to18(id).toLowerCase()).not.toBe(
          to18(id.slice(0, at) + flipped + id.slice(at + 1)).toLowerCase(),
        );
      }),
    );
  });
  it('are told from other text', () => {
    expect(isId('001dM00003kSQbV')).toBe(true);
    for (const text of ['', '001', "001dM00003kSQb'", '001dM00003kSQbVQ', 'Ünïcödé12345678'])
      expect(isId(text)).toBe(false);
  });
  it('come out of an identity URL', () => {
    expect(
      parseIdentityUrl('https://login.salesforce.com/id/00D000000000001/005000000000002AAA'),
    ).toEqual({ orgId: '00D000000000001EAA', userId: '005000000000002AAA' });
    expect(parseIdentityUrl('https://evil.example/not-an-id')).toBeNull();
  });
});
