import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPlans } from '../../../src/mapping/plans/build.ts';
import { columnSign, goalCell } from '../../../src/mapping/plans/cells.ts';
import { recogniseColumns } from '../../../src/mapping/plans/columns.ts';
import { planPeriod } from '../../../src/mapping/plans/periods.ts';
import { readPlanCsv } from '../../../src/mapping/plans/read-csv.ts';
import { readPlanYaml } from '../../../src/mapping/plans/read-yaml.ts';

const PARTNERS = [
  { id: 'A1', accountId: null, name: 'Northwind', domain: 'northwind.example' },
  { id: 'P2', accountId: 'A2', name: 'Keystone Software', domain: null },
  { id: 'A3', accountId: null, name: 'Twin', domain: null },
  { id: 'A4', accountId: null, name: 'Twin', domain: null },
];
const SETTINGS = { fiscalYearStartMonth: 1, periods: [] };
const codes = (text: string): string[] => {
  const read = readPlanCsv(text);
  const built = buildPlans(read.plans, PARTNERS, SETTINGS);
  return [...read.findings, ...built.findings].map((one) => one.code);
};
const HEAD = 'Partner,Metric,Goal,Side,Period,Owner\n';

describe('columns of a spreadsheet of plans', () => {
  it('are recognised in five spellings of each', () => {
    const spellings = [
      ['Partner', 'Metric', 'Goal', 'Side', 'Period', 'Owner'],
      ['PARTNER NAME', 'KPI', 'Target value', 'Who', 'Quarter', 'Partner Manager'],
      ['account_name', 'indicator', 'goal_value', 'party', 'fiscal_year', 'channel_manager'],
      ['CompanyName'.replace('Name', ''), 'Measure', 'Quota', 'Whose', 'Timeframe', 'CAM'],
      ['Reseller', 'Goal type', 'Objective', 'Responsible side', 'Year', 'PAM'],
    ];
    for (const headers of spellings) {
      const { at, missing } = recogniseColumns(headers);
      expect(missing).toEqual([]);
      expect(at).toMatchObject({ partner: 0, metric: 1, goal: 2, side: 3, period: 4, owner: 5 });
    }
  });

  it.each([
    ['German', 'Händler;Kennzahl;Zielwert;Seite;Geschäftsjahr;Verantwortlich'],
    ['French', 'Partenaire;Indicateur;Objectif;Côté;Année;Responsable'],
    ['Spanish', 'Socio;Indicador;Objetivo;Lado;Año;Propietario'],
  ])('are recognised in %s', (_, header) => {
    const { at, ignored } = recogniseColumns(header.split(';'));
    expect(at).toEqual({ partner: 0, metric: 1, goal: 2, side: 3, period: 4, owner: 5 });
    expect(ignored).toEqual([]);
  });

  it('take Target for the goal beside a Metric, and for the metric beside a Goal', () => {
    expect(recogniseColumns(['Partner', 'Metric', 'Target']).at).toMatchObject({
      metric: 1,
      goal: 2,
    });
    expect(recogniseColumns(['Partner', 'Target', 'Goal']).at).toMatchObject({
      metric: 1,
      goal: 2,
    });
  });

  it.each([
    ['Partners', 'KPIs', 'Annual targets', 'Sides', 'Quarters', 'Owners'],
    ['Partner Name', 'KPI', 'FY26 Target (USD)', 'Who', 'Period', 'Account Manager'],
    ['Partner', 'Metric', 'Goal for 2026', 'Side', 'Fiscal year', 'Plan owner'],
  ])('are recognised with words beside the name: %s, %s, %s', (...headers) => {
    const { at, ignored } = recogniseColumns(headers);
    expect(at).toEqual({ partner: 0, metric: 1, goal: 2, side: 3, period: 4, owner: 5 });
    expect(ignored).toEqual([]);
  });

  it('with a word beside the name give way to those without', () => {
    const { at, ignored } = recogniseColumns(['Partner', 'Metric', 'Annual goal', 'Goal']);
    expect([at.goal, ignored]).toEqual([3, ['Annual goal']]);
  });

  it('that are missing are named with how to give them', () => {
    const { findings } = readPlanCsv('Partner,Words\nNorthwind,x\n');
    expect(findings.map((one) => one.code)).toEqual(['NO_COLUMN', 'NO_COLUMN']);
    expect(findings[0]!.cure).toContain('--column metric=');
  });
});

describe('periods', () => {
  it.each([
    ['2026', 1, '2026-01-01', '2026-12-31'],
    ['FY2027', 4, '2026-04-01', '2027-03-31'],
    ['FY27', 1, '2027-01-01', '2027-12-31'],
    ['2026 Q4', 1, '2026-10-01', '2026-12-31'],
    ['Q4/26', 1, '2026-10-01', '2026-12-31'],
    ['FY2027 Q1', 4, '2026-04-01', '2026-06-30'],
    ['H2 2026', 1, '2026-07-01', '2026-12-31'],
    ['2026-02', 1, '2026-02-01', '2026-02-28'],
    ['Février 2024', 1, '2024-02-01', '2024-02-29'],
    ['2026-07-01..2026-12-31', 1, '2026-07-01', '2026-12-31'],
    ['T2 2026', 1, '2026-04-01', '2026-06-30'],
    ['2026 S1', 1, '2026-01-01', '2026-06-30'],
  ])('%s with a year from month %i', (text, month, startOn, endOn) => {
    expect(planPeriod(text, month)).toMatchObject({ startOn, endOn });
  });

  it.each(['Q5 2026', '2026-13', '2026-02-30..2026-03-01', 'soon', ''])('%s is none', (text) => {
    expect(planPeriod(text, 1)).toBeNull();
  });

  it('of a 4-4-5 calendar are taken by their name', () => {
    const listed = [{ label: 'P4', startOn: '2026-04-05', endOn: '2026-05-02' }];
    expect(planPeriod('p4', 1, listed)).toBe(listed[0]);
    const named = [{ label: 'Période 4', startOn: '2026-04-05', endOn: '2026-05-02' }];
    expect(planPeriod('PERIODE  4', 1, named)).toBe(named[0]);
  });
});

describe('numbers', () => {
  it('are read by what the column proves, and a doubt is said', () => {
    expect(columnSign(['1.250', '12,50'])).toBe(',');
    expect(goalCell('1.250', ',')).toMatchObject({ value: 1250 });
    expect(columnSign(['1.250', '999'])).toBeNull();
    expect(goalCell('1.250', null)).toEqual({ kind: 'doubtful' });
    expect(goalCell('€ 50k', null)).toMatchObject({ value: 50_000, currency: 'EUR' });
    expect(goalCell('80%', null)).toMatchObject({ value: 0.8, percent: true });
    expect(goalCell('1 250 000', null)).toMatchObject({ value: 1_250_000 });
    expect(goalCell('=SUM(A1)', null)).toEqual({ kind: 'formula' });
    expect(goalCell('-5', null)).toMatchObject({ value: -5 });
  });

  it('come back as they were written, in either notation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 1, max: 99 }), (n, c) => {
        const cents = String(c).padStart(2, '0');
        const group = (mark: string): string => String(n).replaceAll(/\B(?=(\d{3})+(?!\d))/g, mark);
        const value = Number(`${n}.${cents}`);
        expect(goalCell(`${group(',')}.${cents}`, '.')).toMatchObject({ value });
        expect(goalCell(`${group('.')},${cents}`, ',')).toMatchObject({ value });
      }),
    );
  });
});

describe('a file of plans', () => {
  it('gives one plan a partner and period, with the targets of both sides', () => {
    const read = readPlanCsv(
      `\uFEFFPartner;KPI;Goal;Side;Quarter\r\nKeystone Software;Booked ARR;1.250.000;;2026\r\nkeystone software;Deal reg response time;48;us;2026\r\n`,
    );
    const { plans, findings } = buildPlans(read.plans, PARTNERS, SETTINGS);
    expect([...read.findings, ...findings]).toEqual([]);
    expect(plans).toHaveLength(1);
    expect(plans[0]!.partnerId).toBe('A2');
    expect(plans[0]!.plan.targets.map((one) => [one.side, one.metric, one.goal])).toEqual([
      ['partner', 'won_amount', 1_250_000],
      ['vendor', 'decision_hours', 48],
    ]);
  });

  it.each([
    ['Northwind,won,,,2026,', 'EMPTY_GOAL'],
    ['Northwind,won,=1+1,,2026,', 'FORMULA'],
    ['Northwind,won,1.250,,2026,', 'GOAL_DOUBT'],
    ['Northwind,won,5,nobody,2026,', 'SIDE'],
    ['Nobody Ltd,won,5,,2026,', 'UNKNOWN_PARTNER'],
    ['Twin,won,5,,2026,', 'PARTNER_TWICE'],
    ['Northwind,happiness,5,,2026,', 'UNKNOWN_METRIC'],
    ['Northwind,won,5,,Q9,', 'PERIOD'],
    ['Northwind,won,5,,2026-12-31..2026-01-01,', 'ENDS_BEFORE'],
    ['Northwind,won,€5,,2026,\nNorthwind,wins,$5,,2026,', 'TWO_CURRENCIES'],
    ['Northwind,won,5,,2026,\nNorthwind,bookings,6,,2026,', 'TARGET_TWICE'],
    ['Northwind,"won,5,,2026,', 'CSV'],
    [`${'N'.repeat(300)},won,5,,2026,`, 'SHAPE'],
    [Array.from({ length: 201 }, () => 'Northwind,won,5,,2026,').join('\n'), 'TOO_LARGE'],
  ])('says what is wrong with %s', (row, code) => {
    expect(codes(HEAD + row)).toContain(code);
  });

  it.each([
    ['=SUM(A1:A9)', 'won'],
    ['+cmd|calc!A0', 'won'],
    ['-SUM(A1)', 'won'],
    ['@SUM(A1)', 'won'],
    ['Dana', '=1+1'],
  ])('takes no row with a formula, whichever cell it is in: %s', (owner, metric) => {
    const read = readPlanCsv(
      `Partner,Metric,Goal,Period,Owner\nNorthwind,${metric},5,2026,${owner}`,
    );
    expect(read.plans).toEqual([]);
    expect(read.findings).toMatchObject([{ code: 'FORMULA', line: 2 }]);
  });

  it('takes a dash before words, or a number below zero, for what it is', () => {
    const read = readPlanCsv('Partner,Metric,Goal,Period,Label\nNorthwind,won,-5,2026,- Won (all)');
    expect(read.findings).toEqual([]);
    expect(read.plans[0]!.targets[0]).toMatchObject({ goal: -5, label: '- Won (all)' });
  });

  it.each([
    ['2027-01-01', '2027-12-31', ['2027-01-01', '2027-12-31']],
    ['1.2.2027', '30.4.2027', ['2027-02-01', '2027-04-30']],
    ['01/02/2027', '30/04/2027', ['2027-02-01', '2027-04-30']],
    ['02/01/2027', '04/30/2027', ['2027-02-01', '2027-04-30']],
    ['1/1/2027', '2/2/2027', ['2027-01-01', '2027-02-02']],
    ['1/2/2027', '3/4/2027', 'DAY_DOUBT'],
    ['2027-02-30', '2027-12-31', 'DAY'],
    ['32/01/2027', '2027-12-31', 'DAY'],
    ['2027-01-01', '', 'PERIOD'],
    ['2027-12-31', '2027-01-01', 'ENDS_BEFORE'],
  ])('reads the days %s to %s by what the file proves', (from, to, expected) => {
    const read = readPlanCsv(`Partner,Metric,Goal,From,To\nNorthwind,won,5,${from},${to}`);
    const { plans, findings } = buildPlans(read.plans, PARTNERS, SETTINGS);
    const found = [...read.findings, ...findings];
    expect(found.map(({ line }) => line)).toEqual(plans.length > 0 ? [] : [2]);
    if (typeof expected === 'string') expect(found[0]!.code).toBe(expected);
    else expect([plans[0]!.plan.startOn, plans[0]!.plan.endOn]).toEqual(expected);
  });

  it('says the line and column of a doubt', () => {
    const { findings } = readPlanCsv(`${HEAD}Northwind,won,5,,2026,\nNorthwind,wins,soon,,2026,\n`);
    expect(findings[0]).toMatchObject({ line: 3, column: 3, code: 'GOAL_TEXT' });
  });

  it.each([
    ['Northwind,qualified leads,5 / month,2026', 60],
    ['Northwind,qualified leads,5 per month,2026 Q4', 15],
    ['Northwind,qualified leads per month,5,H1 2026', 30],
    ['Northwind,qualified leads,5 pro Monat,2026-02-15..2026-03-31', 7.5],
    ['Northwind,won,EUR 50k a quarter,2026', 200_000],
    ['Northwind,decision hours,48 / month,2026', 48],
    ['Northwind,certified people,4 / year,2026', 4],
  ])('takes a goal for each month as that of the period: %s', (row, goal) => {
    const read = readPlanCsv(`Partner,Metric,Goal,Period\n${row}\n`);
    const { plans, findings } = buildPlans(read.plans, PARTNERS, SETTINGS);
    expect([...read.findings, ...findings]).toEqual([]);
    expect(plans[0]!.plan.targets.map((target) => target.goal)).toEqual([goal]);
  });

  it('says of each target on which line it is wrong, and the metric that is nearest', () => {
    const rows = ['won,5', 'Certified people,3 / month', 'Signed revenue,5', 'Bookinsg,5'];
    const text = rows.map((row) => `Northwind,${row},2026`).join('\n');
    const read = readPlanCsv(`Partner,Metric,Goal,Period\n${text}\n`);
    const { findings } = buildPlans(read.plans, PARTNERS, SETTINGS);
    expect(findings.map(({ line, code }) => `${line} ${code}`)).toEqual([
      ...['3 GOAL_PER', '4 UNKNOWN_METRIC', '5 UNKNOWN_METRIC'],
    ]);
    for (const { cure } of findings.slice(1)) expect(cure).toContain('Did you mean won_amount?');
  });

  it('in YAML says where the shape is broken', () => {
    const text =
      'version: 1\nplans:\n  - partner: Northwind\n    period: "2026"\n    targets:\n      - { metric: won_amount, gaol: 5 }\n';
    const { findings } = readPlanYaml(text);
    expect(findings.length).toBeGreaterThan(0);
    expect(findings[0]!.line).toBe(6);
  });
});
