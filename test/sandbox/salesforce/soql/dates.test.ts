import { describe, expect, it } from 'vitest';
import {
  dayStartMs,
  isoDay,
  localDay,
  parseDay,
} from '../../../../src/sandbox/salesforce/soql/calendar.ts';
import { daySpan } from '../../../../src/sandbox/salesforce/soql/date-literals.ts';
import { NOW_MS, SmallWorld } from './small-world.ts';

const settings = { nowMs: NOW_MS, timeZone: 'UTC', fiscalYearStartMonth: 2 };

describe('named ranges, on Sunday 22 November 2026 with a fiscal year from February', () => {
  it.each([
    ['YESTERDAY', '2026-11-21', '2026-11-22'],
    ['tomorrow', '2026-11-23', '2026-11-24'],
    ['LAST_WEEK', '2026-11-15', '2026-11-22'],
    ['NEXT_WEEK', '2026-11-29', '2026-12-06'],
    ['THIS_MONTH', '2026-11-01', '2026-12-01'],
    ['LAST_90_DAYS', '2026-08-24', '2026-11-23'],
    ['NEXT_90_DAYS', '2026-11-23', '2027-02-21'],
    ['LAST_N_DAYS:0', '2026-11-22', '2026-11-23'],
    ['LAST_N_WEEKS:2', '2026-11-08', '2026-11-22'],
    ['N_WEEKS_AGO:2', '2026-11-08', '2026-11-15'],
    ['LAST_N_MONTHS:11', '2025-12-01', '2026-11-01'],
    ['N_MONTHS_AGO:1', '2026-10-01', '2026-11-01'],
    ['LAST_QUARTER', '2026-07-01', '2026-10-01'],
    ['NEXT_N_QUARTERS:2', '2027-01-01', '2027-07-01'],
    ['N_QUARTERS_AGO:4', '2025-10-01', '2026-01-01'],
    ['LAST_N_YEARS:2', '2024-01-01', '2026-01-01'],
    ['NEXT_YEAR', '2027-01-01', '2028-01-01'],
    ['THIS_FISCAL_QUARTER', '2026-11-01', '2027-02-01'],
    ['LAST_N_FISCAL_QUARTERS:1', '2026-08-01', '2026-11-01'],
    ['THIS_FISCAL_YEAR', '2026-02-01', '2027-02-01'],
    ['N_FISCAL_YEARS_AGO:1', '2025-02-01', '2026-02-01'],
  ])('%s', (literal, from, to) => {
    const span = daySpan(literal, settings);
    expect([isoDay(span?.from ?? 0), isoDay(span?.to ?? 0)]).toEqual([from, to]);
  });
  it('is null for a name that is none', () =>
    expect([daySpan('LAST_FORTNIGHT', settings), daySpan('LAST_N_DAYS', settings)]).toEqual([
      null,
      null,
    ]));
});

describe("the user's time zone", () => {
  it('today starts at local midnight, on days of 23 and 25 hours too', () => {
    const zone = 'America/Los_Angeles';
    expect(localDay(NOW_MS, zone)).toBe(parseDay('2026-11-21'));
    const hours = (day: string): number =>
      (dayStartMs((parseDay(day) ?? 0) + 1, zone) - dayStartMs(parseDay(day) ?? 0, zone)) /
      3_600_000;
    expect([hours('2026-03-08'), hours('2026-11-01'), hours('2026-11-21')]).toEqual([23, 25, 24]);
    expect(new Date(dayStartMs(parseDay('2026-11-21') ?? 0, 'Asia/Kolkata')).toISOString()).toBe(
      '2026-11-20T18:30:00.000Z',
    );
  });
  it('decides what TODAY and HOUR_IN_DAY(convertTimezone()) mean', () => {
    const world = new SmallWorld({ timeZone: 'America/Los_Angeles' });
    // The local day began 19.5 hours ago, to the second.
    [-1171, -1170, -211, 1].forEach((minutes, n) =>
      world.add('Account', n, { Name: `m${minutes}`, CreatedDate: NOW_MS + minutes * 60_000 }),
    );
    expect(world.column('SELECT Name FROM Account WHERE CreatedDate = TODAY')).toEqual([
      'm-1170',
      'm-211',
      'm1',
    ]);
    expect(
      world.rows(
        'SELECT HOUR_IN_DAY(CreatedDate) utc, HOUR_IN_DAY(convertTimezone(CreatedDate)) here FROM Account GROUP BY HOUR_IN_DAY(CreatedDate), HOUR_IN_DAY(convertTimezone(CreatedDate))',
      ),
    ).toContainEqual({ utc: 3, here: 19 });
    expect(
      world.rows(
        'SELECT DAY_ONLY(convertTimezone(CreatedDate)) d, COUNT(Id) n FROM Account GROUP BY DAY_ONLY(convertTimezone(CreatedDate))',
      ),
    ).toEqual([
      { d: '2026-11-20', n: 1 },
      { d: '2026-11-21', n: 3 },
    ]);
  });
  it('date functions filter', () => {
    const world = new SmallWorld();
    ['2026-01-31', '2026-08-09', null].forEach((CloseDate, n) =>
      world.add('Opportunity', n, { Name: `o${n}`, CloseDate }),
    );
    const names = (where: string): unknown[] =>
      world.column(`SELECT Name FROM Opportunity WHERE ${where}`);
    expect([
      names('CALENDAR_QUARTER(CloseDate) = 3'),
      names('DAY_IN_WEEK(CloseDate) = 1'),
      names('WEEK_IN_YEAR(CloseDate) = 5'),
      names('FISCAL_MONTH(CloseDate) = 10'),
      names('DAY_IN_YEAR(CloseDate) < 100'),
    ]).toEqual([['o1'], ['o1'], ['o0'], ['o0'], ['o0']]);
  });
  it('takes offsets in date-time literals', () => {
    const world = new SmallWorld();
    world.add('Account', 1, { Name: 'x', CreatedDate: Date.UTC(2026, 4, 1, 10) });
    expect(
      world.column('SELECT Name FROM Account WHERE CreatedDate = 2026-05-01T12:00:00+02:00'),
    ).toEqual(['x']);
    expect(
      world.column('SELECT Name FROM Account WHERE CreatedDate < 2026-05-01T10:00:00.000Z'),
    ).toEqual([]);
  });
});

describe('several currencies', () => {
  const world = new SmallWorld({ multiCurrency: true, userCurrency: 'EUR' });
  world.add('Opportunity', 1, { Name: 'us', Amount: 100, CurrencyIsoCode: 'USD' });
  world.add('Opportunity', 2, { Name: 'eu', Amount: 80, CurrencyIsoCode: 'EUR' });
  it('compares currency literals by value, plain numbers by face', () => {
    expect(world.column('SELECT Name FROM Opportunity WHERE Amount > USD120')).toEqual(['eu']);
    expect(world.column('SELECT Name FROM Opportunity WHERE Amount > 90')).toEqual(['us']);
    expect(world.column('SELECT Name FROM Opportunity WHERE Amount = EUR50')).toEqual(['us']);
    expect(world.fault('SELECT Name FROM Opportunity WHERE Amount > XXX1').errorCode).toBe(
      'INVALID_FIELD',
    );
    expect(world.fault('SELECT Name FROM Opportunity WHERE Probability > USD1').message).toContain(
      'must be of type percent',
    );
  });
  it("converts to the user's currency and formats", () => {
    expect(
      world.rows(
        'SELECT Amount, convertCurrency(Amount) mine, FORMAT(Amount) text FROM Opportunity ORDER BY Amount DESC',
      ),
    ).toEqual([
      { Amount: 100, mine: 50, text: 'USD 100.00' },
      { Amount: 80, mine: 80, text: 'EUR 80.00' },
    ]);
  });
});
