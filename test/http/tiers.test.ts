/**
 * Ladders from the mapping to the API: proposals, an approval, and what the next run makes of it.
 */
import { describe, expect, it } from 'vitest';
import { latestForecast, partnerScorePage } from '../../src/store/results.ts';
import { partnerValues } from '../../src/writeback/values.ts';
import { readLab, scoredLab } from './scored-lab.ts';

interface Row {
  id: string;
  text: string;
  items: string[];
  standing: {
    state: string;
    tier: string | null;
    proposed: string | null;
    warned: boolean;
    rungs: string[];
    next: { tier: string; items: { met: boolean; now: number; atLeast: number }[] } | null;
  };
  decisions: { tier: string; before: string; by: string; why: string }[];
}
interface Answer {
  run: string;
  total: number;
  partners: Row[];
}

describe('/v1/connections/{id}/tiers', () => {
  const held = scoredLab();
  const list = (query = ''): Promise<Answer> => readLab(held, `tiers${query}`);
  const approve = async (id: string, body: object, token = held.http.tokens.admin) =>
    await held.http.call('POST', `/v1/connections/lab/tiers/${id}`, { token, body });

  it('says of every partner where it stands, and item by item what the next tier asks', async () => {
    const { partners, total } = await list();
    expect(total).toBe(12);
    let looked = 0;
    for (const { text, standing, items } of partners) {
      expect(text.length).toBeGreaterThan(10);
      expect(standing.rungs).toContain(standing.tier);
      expect(items.length).toBe(standing.next?.items.length ?? 0);
      for (const { met, now, atLeast } of standing.next?.items ?? [])
        if (now !== null) {
          expect(met).toBe(now >= atLeast);
          looked++;
        }
    }
    expect(looked).toBeGreaterThan(0);
    const open = await list('?open=true');
    const due = partners.filter(({ standing }) => standing.proposed !== null || standing.warned);
    expect(open.partners.map(({ id }) => id).sort()).toEqual(due.map(({ id }) => id).sort());
  });
  it('changes no tier without an approval, and keeps who approved it and why', async () => {
    const before = (await list()).partners[0]!;
    const other = before.standing.rungs.find((name) => name !== before.standing.tier)!;
    await held.lab.sync();
    const same = (await list(`?partner=${before.id}`)).partners[0]!;
    expect(same.standing.tier).toBe(before.standing.tier);

    expect((await approve(before.id, { tier: other, by: 'Kim' })).status).toBe(400);
    const wanted = { tier: other.toUpperCase(), by: 'Kim Ode', why: 'agreed in the review' };
    expect((await approve(before.id, wanted, held.http.tokens.read)).status).toBe(403);
    expect((await approve(before.id, { ...wanted, tier: 'Platinum' })).ok).toBe(false);
    expect((await approve(before.id, wanted)).status).toBe(200);

    await held.lab.sync();
    const after = (await list(`?partner=${before.id}`)).partners[0]!;
    expect(after.standing.tier).toBe(other);
    expect(after.decisions).toMatchObject([
      { tier: other, before: before.standing.tier, by: 'Kim Ode', why: 'agreed in the review' },
    ]);
  });
  it('stands in the fields as the API says it', async () => {
    const { run, partners } = await list();
    const { forecast } = (await latestForecast(held.lab.store, 'lab'))!;
    const scores = await partnerScorePage(held.lab.store, 'lab', run, '', 100);
    const today = new Date(forecast.asOfMs).toISOString().slice(0, 10);
    const speech = { language: 'en', currency: forecast.currency, today } as const;
    for (const { id, text, standing } of partners) {
      const written = partnerValues(scores.find(({ partnerId }) => partnerId === id)!, speech);
      expect(written['partner.tier']).toBe(standing.tier);
      expect(written['partner.tierNext']).toBe(text);
    }
  });
});
