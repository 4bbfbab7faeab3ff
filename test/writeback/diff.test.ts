import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmValue } from '../../src/model/connector.ts';
import type { CompiledWrite, CompiledWriteField } from '../../src/model/mapping.ts';
import { OUTPUTS } from '../../src/model/outputs.ts';
import { clearRecord, diffRecord, HELD } from '../../src/writeback/diff.ts';
import { atPrecision, sameValue, roundHalfAway } from '../../src/writeback/precision.ts';
import { reasonsText } from '../../src/model/language/reasons-text.ts';

const field = (
  name: string,
  output: keyof typeof OUTPUTS,
  change: Partial<CompiledWriteField> = {},
): CompiledWriteField => ({
  field: name,
  output,
  threshold: OUTPUTS[output].threshold,
  owner: 'headwater',
  whenGone: 'clear',
  spec: { object: 'Account', name, label: name, type: OUTPUTS[output].type, description: '' },
  crmField:
    OUTPUTS[output].type === 'number'
      ? { type: 'number', precision: 5, scale: 1, length: null }
      : { type: 'text', precision: null, scale: null, length: 100 },
  ...change,
});
const write = (...fields: CompiledWriteField[]): CompiledWrite => ({
  object: 'Account',
  entity: 'partner',
  fields,
});
const never = (): undefined => undefined;
const ours = (value: CrmValue) => () => ({ value, writtenMs: 1 });

describe('diffRecord', () => {
  it('writes a first value at the precision of the field', () => {
    const diff = diffRecord(
      write(field('Score', 'partner.score')),
      { 'partner.score': 61.26 },
      { Score: null },
      never,
    );
    expect(diff).toEqual({
      changes: [{ field: 'Score', from: null, to: 61.3 }],
      held: [],
      unchanged: 0,
    });
  });

  it('shows what waits for a field that is not there as the field will hold it', () => {
    const to = { crmField: null };
    const plan = write(field('Score', 'partner.score', to), field('Gap', 'partner.gap', to));
    const values = { 'partner.score': 61.2649, 'partner.gap': 4921.011426 };
    expect(diffRecord(plan, values, {}, never).held).toEqual([
      { field: 'Score', from: null, to: 61.3, reason: HELD.unread },
      { field: 'Gap', from: null, to: 4921, reason: HELD.unread },
    ]);
  });

  it('leaves a change below the threshold alone, and writes one at it', () => {
    const plan = write(field('Score', 'partner.score'));
    expect(diffRecord(plan, { 'partner.score': 60.9 }, { Score: 60 }, never).changes).toEqual([]);
    expect(diffRecord(plan, { 'partner.score': 61 }, { Score: 60 }, never).changes).toEqual([
      { field: 'Score', from: 60, to: 61 },
    ]);
  });

  it('gives up on a field whose value is put back after every write, until another is due', () => {
    const plan = write(field('Score', 'partner.score'));
    const diff = (restored: number, wanted: number, standing: CrmValue = 40) =>
      diffRecord(plan, { 'partner.score': wanted }, { Score: standing }, () => ({
        ...{ value: 60, writtenMs: 1, restored },
      }));
    expect(diff(1, 60).changes).toHaveLength(1);
    expect(diff(2, 60)).toMatchObject({ changes: [], held: [{ reason: HELD.putBack }] });
    // Near enough to be the same value again.
    expect(diff(2, 60.5).held).toHaveLength(1);
    expect(diff(2, 75).changes).toHaveLength(1);
    // What we wrote stands: nobody has put anything back.
    expect(diff(2, 75, 60).changes).toHaveLength(1);
  });

  it('fills an empty shared field that it never wrote, and leaves a full one to its owner', () => {
    const plan = write(field('Score', 'partner.score', { owner: 'shared' }));
    const diff = (standing: CrmValue) =>
      diffRecord(plan, { 'partner.score': 60 }, { Score: standing }, never);
    expect(diff(null).changes).toEqual([{ field: 'Score', from: null, to: 60 }]);
    expect(diff(40)).toMatchObject({ changes: [], held: [{ reason: HELD.foreign }] });
  });

  it('uses a relative threshold for money', () => {
    const plan = write(
      field('Forecast', 'partner.forecast', {
        crmField: { type: 'number', precision: 18, scale: 0, length: null },
      }),
    );
    expect(
      diffRecord(plan, { 'partner.forecast': 101_900 }, { Forecast: 100_000 }, never).changes,
    ).toEqual([]);
    expect(
      diffRecord(plan, { 'partner.forecast': 102_100 }, { Forecast: 100_000 }, never).changes,
    ).toHaveLength(1);
  });

  it('moves a companion text only with its leader, or into an empty field', () => {
    const plan = write(field('Score', 'partner.score'), field('Reasons', 'partner.reasons'));
    expect(
      diffRecord(
        plan,
        { 'partner.score': 60.2, 'partner.reasons': 'new' },
        { Score: 60, Reasons: 'old' },
        never,
      ).changes,
    ).toEqual([]);
    expect(
      diffRecord(
        plan,
        { 'partner.score': 70, 'partner.reasons': 'new' },
        { Score: 60, Reasons: 'old' },
        never,
      ).changes.map((change) => change.field),
    ).toEqual(['Score', 'Reasons']);
    expect(
      diffRecord(
        plan,
        { 'partner.score': 60.2, 'partner.reasons': 'new' },
        { Score: 60, Reasons: null },
        never,
      ).changes.map((change) => change.field),
    ).toEqual(['Reasons']);
  });

  it('brings up a companion that was left behind when its number was written, once', () => {
    const plan = write(field('Score', 'partner.score'), field('Reasons', 'partner.reasons'));
    const at = (score: number, reasons: number) => (name: string) => ({
      value: null,
      writtenMs: name === 'Score' ? score : reasons,
    });
    const [values, current] = [
      { 'partner.score': 60, 'partner.reasons': 'new' },
      { Score: 60, Reasons: 'old' },
    ];
    expect(
      diffRecord(plan, values, current, at(2, 1)).changes.map((change) => change.field),
    ).toEqual(['Reasons']);
    expect(diffRecord(plan, values, current, at(2, 2)).changes).toEqual([]);
    expect(diffRecord(plan, values, current, at(2, 3)).changes).toEqual([]);
  });

  it('takes back what we wrote and nobody changed, where the mapping says so', () => {
    const plan = write(
      field('Score', 'partner.score'),
      field('Low', 'partner.scoreLow', { whenGone: 'keep' }),
      field('High', 'partner.scoreHigh'),
      field('Event', 'partner.event'),
      field('Next', 'partner.nextAction', { crmField: null }),
    );
    const wrote: Record<string, CrmValue> = { Score: 60, Low: 50, High: 70, Event: '', Next: 'x' };
    const clear = clearRecord(
      plan,
      { Score: 60, Low: 50, High: 71, Event: null, Next: 'x' },
      (name) => ({ value: wrote[name]!, writtenMs: 1 }),
    );
    expect(clear.changes).toEqual([{ field: 'Score', from: 60, to: null }]);
    expect(clearRecord(plan, { Score: 60 }, never).changes).toEqual([]);
  });

  it("holds a human's value in a shared field and overwrites it in an owned one", () => {
    const shared = write(field('Score', 'partner.score', { owner: 'shared' }));
    expect(diffRecord(shared, { 'partner.score': 61 }, { Score: 99 }, ours(60)).held).toEqual([
      { field: 'Score', from: 99, to: 61, reason: HELD.human },
    ]);
    expect(diffRecord(shared, { 'partner.score': 61 }, { Score: 99 }, never).held[0]?.reason).toBe(
      HELD.foreign,
    );
    expect(
      diffRecord(shared, { 'partner.score': 61 }, { Score: 60 }, ours(60)).changes,
    ).toHaveLength(1);
    expect(
      diffRecord(
        write(field('Score', 'partner.score')),
        { 'partner.score': 61 },
        { Score: 99 },
        ours(60),
      ).changes,
    ).toHaveLength(1);
  });

  it('takes what set-up left of our value for no person’s, in a shared field', () => {
    const shared = write(field('Score', 'partner.score', { owner: 'shared' }));
    const last = () => ({ value: 60.4, writtenMs: 5 });
    const values = { 'partner.score': 71 };
    const moves = (from: number | null) =>
      diffRecord(shared, values, { Score: from }, last).changes.length;
    expect([moves(null), moves(7), moves(60.4)]).toEqual([0, 0, 1]);
    // Nobody has saved the record since 60.4 was seen there.
    const stood = () => ({ ...last(), untouched: true });
    expect(diffRecord(shared, values, { Score: null }, stood).changes).toHaveLength(1);
    expect(diffRecord(shared, values, { Score: null }, stood).held).toEqual([]);
    // What a field of fewer decimals leaves of 60.4.
    const coarse = { ...shared.fields[0]!, crmField: { ...shared.fields[0]!.crmField!, scale: 0 } };
    expect(
      diffRecord({ ...shared, fields: [coarse] }, values, { Score: 60 }, last).changes,
    ).toHaveLength(1);
  });

  it('holds what it cannot read and what does not fit, and cuts nothing', () => {
    expect(
      diffRecord(write(field('Score', 'partner.score')), { 'partner.score': 61 }, {}, never).held[0]
        ?.reason,
    ).toBe(HELD.unread);
    expect(
      diffRecord(
        write(field('Score', 'partner.score', { crmField: null })),
        { 'partner.score': 61 },
        { Score: null },
        never,
      ).held[0]?.reason,
    ).toBe(HELD.unread);
    expect(
      diffRecord(
        write(field('Event', 'partner.event')),
        { 'partner.event': 'x'.repeat(101) },
        { Event: null },
        never,
      ).held[0]?.reason,
    ).toBe(HELD.size);
    expect(
      diffRecord(
        write(field('Score', 'partner.score')),
        { 'partner.score': 123_456 },
        { Score: null },
        never,
      ).held[0]?.reason,
    ).toBe(HELD.size);
  });

  it('has nothing more to do after its changes are applied', () => {
    const value = fc.oneof(fc.double({ min: -5000, max: 5000, noNaN: true }), fc.constant(null));
    const texts = fc.oneof(fc.string({ maxLength: 90 }), fc.constant(null));
    fc.assert(
      fc.property(value, value, texts, texts, (wanted, held, reasons, heldReasons) => {
        const plan = write(field('Score', 'partner.score'), field('Reasons', 'partner.reasons'));
        const values = { 'partner.score': wanted, 'partner.reasons': reasons };
        const current: Record<string, CrmValue> = {
          Score: held === null ? null : roundHalfAway(held, 1),
          Reasons: heldReasons,
        };
        for (const change of diffRecord(plan, values, current, never).changes)
          current[change.field] = change.to;
        expect(diffRecord(plan, values, current, never).changes).toEqual([]);
      }),
    );
  });
});

describe('precision', () => {
  it('rounds half away from zero on decimal digits', () => {
    expect([
      roundHalfAway(1.005, 2),
      roundHalfAway(-2.5, 0),
      roundHalfAway(2.45, 1),
      roundHalfAway(0, 2),
      roundHalfAway(-0.01, 1),
    ]).toEqual([1.01, -3, 2.5, 0, 0]);
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
        fc.integer({ min: 0, max: 4 }),
        (value, scale) => {
          const once = roundHalfAway(value, scale);
          expect(roundHalfAway(once, scale)).toBe(once);
        },
      ),
    );
  });

  it('refuses what is not finite', () =>
    expect(
      atPrecision(NaN, { type: 'number', precision: 5, scale: 1, length: null }),
    ).toBeUndefined());
});

describe('reasonsText', () => {
  const reasons = Array.from({ length: 12 }, (_, i) => ({
    code: `r${i}`,
    points: i % 2 === 0 ? i + 0.5 : -i,
    text: `reason number ${i} in plain words`,
  }));
  it('puts the strongest first and sums what does not fit, so that the points still add up', () => {
    const speech = { language: 'en', currency: 'EUR', today: '2026-11-10' } as const;
    const text = reasonsText(
      { headline: 'Chance: 50%', against: '44.5% usually', total: 50, base: 44.5, reasons },
      speech,
      260,
    );
    expect(text.length).toBeLessThanOrEqual(260);
    const lines = text.split('\n');
    expect(lines[lines.indexOf('Lowers it:') + 1]).toMatch(/^-11\.0 reason number 11/);
    expect(lines[lines.indexOf('Raises it:') + 1]).toMatch(/^\+10\.5 reason number 10/);
    expect(lines.at(-1)).toBe('= 50.0%, as of 10 November');
    const shown = lines
      .filter((line) => /^[+-]/.test(line))
      .reduce((sum, line) => sum + Number.parseFloat(line), 0);
    expect(shown).toBeCloseTo(
      reasons.reduce((sum, reason) => sum + reason.points, 0),
      6,
    );
  });
});

describe('sameValue', () => {
  it.each([
    ['one\ntwo', 'one\r\ntwo'],
    ['one\ntwo', 'one\rtwo'],
    ['one', 'one \n'],
    ['', null],
    [' ', null],
  ])('%j is %j as a CRM gives it back', (ours, kept) => {
    expect(sameValue(ours, kept)).toBe(true);
    expect(sameValue(kept, ours)).toBe(true);
  });
  it.each([
    ['one\ntwo', 'one two'],
    ['one', 'One'],
    ['0', null],
    [0, null],
    ['1', 1],
  ])('%j is not %j', (left, right) => expect(sameValue(left, right)).toBe(false));
});

describe('a number that the field has no room for', () => {
  const field = { type: 'number', precision: 5, scale: 2, length: null };

  it('does not fit when it is one digit too long, before rounding or after it', () => {
    expect(atPrecision(999.99, field)).toBe(999.99);
    expect(atPrecision(-999.99, field)).toBe(-999.99);
    for (const long of [1000, -1000, 999.995, 9999.99])
      expect(atPrecision(long, field)).toBeUndefined();
    expect(atPrecision(99_999, { ...field, scale: null })).toBe(99_999);
    expect(atPrecision(100_000, { ...field, scale: null })).toBeUndefined();
  });
});
