/** Customers of a partner beside direct ones: within an industry, with n. */
import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/model/customer-value.ts';
import { customerValue } from '../../../src/predict/score/customer-value.ts';

const customers = (n: number, industry: string | null, firstYear: number, again = false) =>
  Array.from(
    { length: n },
    (_, i): Customer => ({
      ...{ partnerId: 'P', industry, again, unknown: 0 },
      firstYear: firstYear * (i % 2 === 0 ? 0.8 : 1.2),
    }),
  );
const DIRECT = [...customers(20, 'Banks', 100_000, true), ...customers(20, 'Shops', 10_000)];

describe('customers of a partner', () => {
  it('are compared within their industries: shops with shops', () => {
    const found = customerValue(customers(10, 'Shops', 10_000), DIRECT)!;
    expect(found.ratio!.mean).toBeCloseTo(1, 2);
    expect(found).toMatchObject({ n: 10, alone: 0, direct: 20, again: 0, directAgain: 0 });
    expect(customerValue(customers(10, 'Banks', 200_000), DIRECT)!.ratio!.low).toBeGreaterThan(1.5);
  });
  it('of an industry without direct ones are compared with nobody, and counted', () => {
    const found = customerValue(
      [...customers(4, 'Banks', 100_000), ...customers(7, 'Farms', 5e6)],
      DIRECT,
    )!;
    expect(found).toMatchObject({ n: 4, alone: 7, directAgain: 1 });
    expect(found.ratio!.mean).toBeCloseTo(1, 2);
    expect(customerValue(customers(7, 'Farms', 1), DIRECT)).toMatchObject({ n: 0, ratio: null });
  });
  it('are too few for a ratio below three, and nothing without any', () => {
    expect(customerValue(customers(2, 'Banks', 1), DIRECT)!.ratio).toBeNull();
    expect(customerValue(customers(9, 'Banks', 1), DIRECT.slice(0, 2))!.ratio).toBeNull();
    expect(customerValue([], DIRECT)).toBeNull();
    expect(customerValue(customers(9, null, 5), customers(9, null, 5))!.ratio!.mean).toBe(1);
  });
});
