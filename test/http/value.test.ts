/** What partners are worth, as the API answers it over what a run has found. */
import { describe, expect, it } from 'vitest';
import { partnerScorePage, latestForecast } from '../../src/store/results.ts';
import { partnerValues } from '../../src/writeback/values.ts';
import { scoredLab } from './scored-lab.ts';

interface Valued {
  mean: number;
  low: number;
  high: number;
}
interface Answer {
  run: string;
  total: number;
  concentration: { partners: number; topFifth: { value: number }; curve: number[] } | null;
  partners: {
    id: string;
    name: string;
    value: { value1y: Valued; value3y: Valued; again: number; active: number; lastYear: number };
  }[];
  next: string | null;
}

describe('GET /v1/connections/{id}/value', () => {
  const held = scoredLab();
  const call = async (query = ''): Promise<Response> =>
    await held.http.call('GET', `/v1/connections/lab/value${query}`, {
      token: held.http.tokens.read,
    });
  const list = async (query = ''): Promise<Answer> => (await (await call(query)).json()) as Answer;

  it('values every scored partner, the most valuable first, with concentration', async () => {
    const { partners, total, concentration } = await list();
    expect(total).toBe(12);
    const means = partners.map(({ value }) => value.value1y.mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(means[0]).toBeGreaterThan(0);
    for (const { value } of partners) {
      expect(value.value3y.mean).toBeGreaterThanOrEqual(value.value1y.mean);
      expect(value.value1y.low).toBeLessThanOrEqual(value.value1y.high);
      expect(value.again >= 0 && value.again <= 1).toBe(true);
    }
    expect(concentration!.partners).toBe(12);
    expect(concentration!.curve.at(-1)).toBeCloseTo(1, 9);
  });
  it('pages, and finds one partner by id or name beside the concentration of all', async () => {
    const all = await list();
    const first = await list('?limit=5');
    expect(first.partners).toEqual(all.partners.slice(0, 5));
    expect((await list(`?limit=5&after=${first.next}`)).partners).toEqual(
      all.partners.slice(5, 10),
    );
    const [one] = all.partners;
    const found = await list(`?partner=${encodeURIComponent(one!.id)}`);
    expect(found.partners).toEqual([one]);
    expect(found.concentration).toEqual(all.concentration);
    expect((await list('?partner=nobody-such')).partners).toEqual([]);
  });
  it('is what stands in the fields, and beside the score of a partner', async () => {
    const { run, partners } = await list();
    const { forecast } = (await latestForecast(held.lab.store, 'lab'))!;
    const scores = await partnerScorePage(held.lab.store, 'lab', run, '', 100);
    const speech = { language: 'en', currency: forecast.currency, today: '2026-11-10' } as const;
    for (const { id, value } of partners) {
      const written = partnerValues(scores.find(({ partnerId }) => partnerId === id)!, speech);
      expect(written['partner.value1y']).toBe(value.value1y.mean);
      expect(written['partner.active']).toBe(100 * value.active);
    }
    const answer = await held.http.call('GET', `/v1/connections/lab/partners/${partners[0]!.id}`, {
      token: held.http.tokens.read,
    });
    const body = (await answer.json()) as { score: { worth: { value: unknown } } };
    expect(body.score.worth.value).toEqual(partners[0]!.value);
  });
});
