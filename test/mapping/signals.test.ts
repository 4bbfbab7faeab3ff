/** Signals from outside the CRM: what may be kept, what is refused, and why. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildSignals } from '../../src/mapping/signals/build.ts';
import { readSignalCsv } from '../../src/mapping/signals/read-csv.ts';
import { signalKinds, type SignalInput } from '../../src/model/signals.ts';

const PARTNERS = [
  { id: 'P1', accountId: 'A1', name: 'Northwind', domain: 'https://www.northwind.example/de' },
  { id: 'A2', accountId: null, name: 'Twin', domain: 'twin.co.uk' },
  { id: 'A3', accountId: null, name: 'Twin', domain: 'gmail.com' },
];
const SETTINGS = {
  kinds: signalKinds({ labs: { unit: 'hours' } }),
  timeZone: 'Europe/Berlin',
  nowMs: Date.parse('2026-11-29T12:00:00Z'),
};
const one: SignalInput = { key: 'k', partner: 'A1', kind: 'login', at: '2026-11-01', value: 3 };
const take = (...input: Partial<SignalInput>[]) =>
  buildSignals(
    input.map((changed) => ({ ...one, ...changed })),
    PARTNERS,
    SETTINGS,
  );

describe('a signal', () => {
  it.each(['A1', 'P1', ' northwind ', 'northwind.example', 'ann@mail.northwind.example'])(
    'finds its partner by %s',
    (partner) => {
      expect(take({ partner }).signals).toEqual([
        {
          key: 'k',
          partnerId: 'A1',
          kind: 'portal_login',
          atMs: Date.parse('2026-10-31T23:00:00Z'),
          value: 3,
        },
      ]);
    },
  );

  it.each([
    [{ partner: 'Nobody' }, 'UNKNOWN_PARTNER'],
    [{ partner: 'someone@gmail.com' }, 'UNKNOWN_PARTNER'],
    [{ partner: 'Twin' }, 'PARTNER_TWICE'],
    [{ kind: 'logn' }, 'UNKNOWN_KIND'],
    [{ at: '2026-02-30' }, 'NOT_A_DATE'],
    [{ at: 'yesterday' }, 'NOT_A_DATE'],
    [{ at: '1970-01-01' }, 'NOT_A_DATE'],
    [{ at: '2026-12-24' }, 'FUTURE'],
    [{ unit: 'hours' }, 'UNIT'],
    [{ kind: 'labs', unit: 'count' }, 'UNIT'],
    [{ kind: 'psat', value: 101 }, 'RANGE'],
    [{ kind: 'learning path', value: 45 }, 'RANGE'],
    [{ value: -1 }, 'RANGE'],
    [{ value: Number.NaN }, 'RANGE'],
    [{ kind: 'labs', value: undefined }, 'NO_VALUE'],
  ] as [Partial<SignalInput>, string][])('of %o is refused as %s', (changed, code) => {
    const { signals, refused } = take(changed);
    expect(signals).toEqual([]);
    expect(refused.map((fault) => fault.code)).toEqual([code]);
    expect(refused[0]!.cure).not.toBe('');
  });

  it('counts once without a value, and its kind goes by any of its words', () => {
    const { signals } = take({ value: undefined }, { key: 'l', kind: 'Portal log-ins' });
    expect(signals.map(({ kind, value }) => [kind, value])).toEqual([
      ['portal_login', 1],
      ['portal_login', 3],
    ]);
  });

  it('sent twice is one, and two under one key are none', () => {
    expect(take({}, {}).signals).toHaveLength(1);
    const { signals, refused } = take({}, { value: 4 });
    expect([signals.length, refused[0]?.code]).toEqual([0, 'KEY_TWICE']);
  });
});

it('property: the order in which signals come changes nothing', () => {
  const input = fc.record({
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    partner: fc.constantFrom('A1', 'Twin', 'nobody', 'twin.co.uk'),
    kind: fc.constantFrom('login', 'psat', 'what'),
    at: fc.constantFrom('2026-11-01', '2027-01-01', 'x'),
    value: fc.constantFrom(0, 1, 0.1, 500),
  });
  fc.assert(
    fc.property(fc.array(input), (sent) => {
      const shuffled = [...sent].reverse();
      expect(buildSignals(shuffled, PARTNERS, SETTINGS)).toEqual(
        buildSignals(sent, PARTNERS, SETTINGS),
      );
    }),
  );
});

describe('a spreadsheet of signals', () => {
  it('is read by what its columns are called, and equal rows are several signals', () => {
    const text =
      'Company;Event Type;Completed on;Count\nA1;training;2026-11-01;1,5\nA1;training;2026-11-01;1,5\n';
    const { signals, findings } = readSignalCsv(text);
    expect(findings).toEqual([]);
    expect(signals.map(({ kind, value }) => [kind, value])).toEqual([
      ['training', 1.5],
      ['training', 1.5],
    ]);
    expect(new Set(signals.map(({ key }) => key)).size).toBe(2);
    expect(readSignalCsv(text)).toEqual(readSignalCsv(text));
  });

  it.each([
    ['partner,kind\nA1,login\n', 'NO_COLUMN', 1],
    ['', 'EMPTY_FILE', 1],
    ['partner,kind,at\nA1,,2026-11-01\n', 'EMPTY', 2],
    ['partner,kind,at,value\nA1,login,2026-11-01,many\n', 'VALUE_TEXT', 2],
    ['partner,kind,at,value\nA1,login,2026-11-01,"1,250"\n', 'VALUE_DOUBT', 2],
    ['partner,kind,at\n"A1,login,2026-11-01\n', 'CSV', 2],
  ])('%j is a finding %s', (text, code, line) => {
    const { signals, findings } = readSignalCsv(text);
    expect(signals).toEqual([]);
    expect(findings.map((one) => [one.code, one.line])).toEqual([[code, line]]);
  });
});
