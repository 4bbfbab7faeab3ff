import { describe, expect, it } from 'vitest';
import type { JudgedStatement } from '../../../src/model/record.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { optimismByPartner } from '../../../src/predict/record/optimism.ts';
import { DUE_MS, statement } from './statements.ts';

const quarter = (subjectId: string, n: number, over: Partial<JudgedStatement>): JudgedStatement => {
  const dueMs = DUE_MS - 91 * n * DAY_MS;
  const said = { saidMs: dueMs - 40 * DAY_MS, fromMs: dueMs - 91 * DAY_MS, dueMs };
  const money = { mean: 100, low: 50, middle: 100, high: 150, beside: { crm: 200 } };
  return statement({
    kind: 'partner-forecast',
    subjectId,
    chance: null,
    ...said,
    ...money,
    ...over,
  });
};

describe('optimism by partner', () => {
  it('holds what was expected of all its quarters against what they brought, and the CRM so too', () => {
    const found = optimismByPartner([
      quarter('p1', 0, { amount: 50 }),
      quarter('p1', 1, { amount: 110 }),
      quarter('p2', 0, { amount: 500 }),
    ]);
    expect(found.map((one) => one.partnerId)).toEqual(['p2', 'p1']);
    expect(found[1]).toMatchObject({ windows: 2, held: 2, said: 200, brought: 160, crm: 400 });
    expect(found[1]!.optimism).toBeCloseTo(0.25, 12);
    expect(found[1]!.crmOptimism).toBeCloseTo(1.5, 12);
    expect(found[0]).toMatchObject({ held: 0, optimism: -0.8 });
  });

  it('counts a quarter once, however often it was spoken of', () => {
    const again = quarter('p1', 0, { amount: 50, mean: 300, saidMs: DUE_MS - 10 * DAY_MS });
    const [one] = optimismByPartner([quarter('p1', 0, { amount: 50 }), again]);
    expect(one).toMatchObject({ windows: 1, said: 200, brought: 50 });
  });

  it('says when it rests on little, and gives no share of nothing', () => {
    const many = Array.from({ length: 6 }, (_, n) => quarter('p1', n, { amount: 0 }));
    expect(optimismByPartner(many)[0]).toMatchObject({ optimism: null, littleEvidence: false });
    expect(optimismByPartner(many.slice(1))[0]!.littleEvidence).toBe(true);
  });

  it('leaves out what was decided when it was said', () => {
    expect(optimismByPartner([quarter('p1', 0, { amount: 100, low: 100, high: 100 })])).toEqual([]);
  });
});
