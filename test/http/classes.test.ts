/** What to do about partners: from a run over the API to the field, with what was tried. */
import { describe, expect, it } from 'vitest';
import { partnerScorePage } from '../../src/store/results.ts';
import { partnerValues } from '../../src/writeback/values.ts';
import { readLab, scoredLab } from './scored-lab.ts';

interface Row {
  id: string;
  text: string;
  classed: { name: string | null; why: string; tried: { what: string; by: string }[] };
}
interface Answer {
  run: string;
  total: number;
  partners: Row[];
}

describe('/v1/connections/{id}/classes', () => {
  const held = scoredLab();
  const list = (query = ''): Promise<Answer> => readLab(held, `classes${query}`);

  it('says of every partner what to do and why; nobody is up for review untried', async () => {
    const { partners, total, run } = await list();
    expect(total).toBe(12);
    expect(partners.map(({ classed }) => classed.name)).not.toContain('review');
    const scores = await partnerScorePage(held.lab.store, 'lab', run, '', 100);
    const speech = { language: 'en', currency: 'USD', today: '2026-11-10' } as const;
    for (const { id, text, classed } of partners) {
      expect(text.length).toBeGreaterThan(10);
      const written = partnerValues(scores.find(({ partnerId }) => partnerId === id)!, speech);
      expect(written['partner.class']).toBe(classed.name);
    }
    const grow = await list('?class=grow');
    expect(grow.total).toBe(partners.filter(({ classed }) => classed.name === 'grow').length);
  });
  it('keeps what was tried, by whom and why, and knows whom it may be about', async () => {
    const { partners } = await list();
    const note = async (id: string, body: object, token = held.http.tokens.admin) =>
      await held.http.call('POST', `/v1/connections/lab/classes/${id}/interventions`, {
        token,
        body,
      });
    const body = { what: 'joint call day', by: 'Kim Ode', why: 'no deal since May' };
    expect((await note(partners[0]!.id, body, held.http.tokens.read)).status).toBe(403);
    expect((await note('nobody', body)).ok).toBe(false);
    expect((await note(partners[0]!.id, { what: 'x' })).status).toBe(400);
    const kept = await note(partners[0]!.id, body);
    expect(kept.status).toBe(200);
    expect(await kept.json()).toMatchObject({
      intervention: { partnerId: partners[0]!.id, ...body },
    });
  });
});
