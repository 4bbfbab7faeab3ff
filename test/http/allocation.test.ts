/** Where our own hours and funds go, as the API answers it over what a run has found. */
import { describe, expect, it } from 'vitest';
import { scoredLab } from './scored-lab.ts';

interface Answer {
  total: number;
  partners: { id: string; now: number; suggested: number }[] | null;
}

describe('GET /v1/connections/{id}/allocation', () => {
  const held = scoredLab();
  it.each(['hours', 'funds'])('spreads the %s that are spent, and no more', async (of) => {
    const path = `/v1/connections/lab/allocation?of=${of}`;
    const answer = await held.http.call('GET', path, { token: held.http.tokens.read });
    expect(answer.status).toBe(200);
    const { total, partners } = (await answer.json()) as Answer;
    expect(total).toBeGreaterThan(0);
    const sum = (field: 'now' | 'suggested'): number =>
      partners!.reduce((all, one) => all + one[field], 0);
    expect(sum('now')).toBeCloseTo(total, 6);
    expect(sum('suggested')).toBeCloseTo(total, 4);
    const differences = partners!.map(({ now, suggested }) => Math.abs(suggested - now));
    expect(differences).toEqual([...differences].sort((a, b) => b - a));
  });
});
