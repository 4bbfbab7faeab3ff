import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/model/language/languages.ts';
import { say } from '../../../src/model/language/say.ts';
import type { MeasureContext } from '../../../src/model/facts.ts';
import { scorePartner, speechOf } from '../../../src/predict/index.ts';
import { DAY_MS } from '../../../src/predict/math/time.ts';
import { dealValues, partnerValues } from '../../../src/writeback/values.ts';
import { AS_OF, contextAt, dealOf, partnerOf, poolOf, world } from '../../properties/world.ts';

const context = contextAt();
const pool = poolOf(world(3), context);
const decided = (n: number, product: string, won: number): ReturnType<typeof dealOf>[] =>
  Array.from({ length: n }, (_, i) =>
    dealOf(
      `${product}${i}`,
      AS_OF - (200 + 30 * i) * DAY_MS,
      [
        [20, 'Qualified'],
        [60, i < won ? 'Closed Won' : 'Closed Lost'],
      ],
      { partnerId: 'x', accountId: `${product}${i}`, amount: 5000 + 900 * i, product },
    ),
  );
const open = dealOf('o', AS_OF - 30 * DAY_MS, [[2, 'Qualified']], { partnerId: 'x', product: 'C' });
const few = partnerOf('x', [...decided(3, 'A', 3), open]);
const many = partnerOf('x', [...decided(12, 'A', 9), ...decided(4, 'B', 0), open]);

describe('a number from few deals', () => {
  it.each(LANGUAGES)(
    'says so in %s, in its sentence and in its field, and others do not',
    (lang) => {
      const spoken: MeasureContext = { ...context, language: lang };
      const speech = speechOf(spoken);
      const word = say(speech, 'evidence.little');
      const thin = scorePartner(few, pool, spoken);
      expect(thin.partner).toMatchObject({ evidence: 3, littleEvidence: true });
      expect(thin.partner.headline).toContain(word);
      expect(partnerValues(thin.partner, speech)).toMatchObject({ 'partner.evidenceWord': word });
      expect(partnerValues(thin.partner, speech)['partner.reasons']).toContain(word);
      const thick = scorePartner(many, pool, spoken);
      expect(thick.partner).toMatchObject({ evidence: 16, littleEvidence: false });
      expect(thick.partner.headline).not.toContain(word);
      expect(partnerValues(thick.partner, speech)['partner.evidenceWord']).toBeNull();
      const deal = thick.deals[0]!;
      const little = deal.evidence < 10;
      expect(deal.littleEvidence).toBe(little);
      expect(deal.headline!.includes(word)).toBe(little);
      expect(dealValues(deal, speech)['deal.evidenceWord']).toBe(little ? word : null);
    },
  );
  it('carries its band in the fields and in the measures', () => {
    const { partner } = scorePartner(few, pool, context);
    const values = partnerValues(partner, speechOf(context));
    expect(values['partner.winRateLow']).toBeLessThan(values['partner.winRate'] as number);
    expect(values['partner.winRateHigh']).toBeGreaterThan(values['partner.winRate'] as number);
    const kpi = partner.kpis.find((one) => one.kpi === 'cohort_win_rate');
    expect(kpi).toMatchObject({ littleEvidence: true });
  });
});

describe('expected close rates', () => {
  const { partner } = scorePartner(many, pool, context);
  const rates = partner.closeRates!;
  const of = (product: string) => rates.find((one) => one.product === product)!;
  it('are by product with their number of deals, most first', () => {
    expect(rates.map(({ product, n }) => [product, n])).toEqual([
      ['A', 12],
      ['B', 4],
      ['C', 0],
    ]);
  });
  it('follow what the product brought, lean on the partner, and widen with fewer deals', () => {
    const own = partner.kpis.find((one) => one.kpi === 'cohort_win_rate')!.value!;
    expect(of('A').rate).toBeGreaterThan(own);
    expect(of('B').rate).toBeLessThan(own);
    expect(of('B').rate).toBeGreaterThan(0.02);
    const width = (product: string): number => of(product).high - of(product).low;
    expect(Math.abs(of('C').rate - own)).toBeLessThan(Math.abs(of('B').rate - own));
    expect(width('C')).toBeGreaterThan(width('A'));
    expect(rates.map((one) => one.littleEvidence)).toEqual([false, true, true]);
  });
  it('stand in the field, as many as there is room for', () => {
    const speech = speechOf(context);
    const text = partnerValues(partner, speech)['partner.closeRates'] as string;
    expect(text).toMatch(
      /^A: \d+% \(.+\), from 12 past deals · B: .+ 4 past deals; little evidence/,
    );
    const short = partnerValues(partner, speech, { 'partner.closeRates': 60 });
    expect(short['partner.closeRates']).toMatch(/^A: [^·]+$/);
  });
});
