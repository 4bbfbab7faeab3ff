/** Files as large as somebody might send, which take seconds to read. */
import { describe, expect, it } from 'vitest';
import { buildPlans } from '../../../src/mapping/plans/build.ts';
import { readPlanCsv } from '../../../src/mapping/plans/read-csv.ts';

const PARTNER = { id: 'A1', accountId: null, name: 'Northwind', domain: 'northwind.example' };

describe('a spreadsheet of plans', () => {
  it('of fifty thousand targets is read whole', () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `A${i},won,${i + 1},,2026,`);
    const read = readPlanCsv(`Partner,Metric,Goal,Side,Period,Owner\n${rows.join('\n')}`);
    expect(read.plans).toHaveLength(50_000);
    expect(read.findings).toEqual([]);
  });

  it.each([
    ['one plan', (i: number) => `Northwind,won,${i},2026,${i}`, 'TOO_LARGE'],
    ['metrics that nobody knows', (i: number) => `A${i},zzz${i},1,2026,`, 'UNKNOWN_PARTNER'],
  ])('of fifty thousand targets for %s has a stated end', (_, rowOf, code) => {
    const rows = Array.from({ length: 50_000 }, (__, i) => rowOf(i + 1));
    const read = readPlanCsv(`Partner,Metric,Goal,Period,Above\n${rows.join('\n')}`);
    const many = Array.from({ length: 5000 }, (__, i) => ({ ...PARTNER, id: `B${i}` }));
    const { plans, findings } = buildPlans(read.plans, many, {
      ...{ fiscalYearStartMonth: 1, periods: [] },
    });
    expect(plans).toEqual([]);
    expect([...read.findings, ...findings].map((one) => one.code)).toContain(code);
  });
});
