/** The review of a partner over the API: what our side reads, and what a portal may. */
import { describe, expect, it } from 'vitest';
import { readLab, scoredLab } from './scored-lab.ts';

interface Answer {
  shared: { partner: { name: string }; deals: object[]; period: { label: string } };
  internal: { partnerId: string; changes: null; stages: { deals: object[] }[] };
}

describe('GET /v1/connections/{id}/partners/{partner}/review', () => {
  const held = scoredLab();
  const call = async (path: string, token: 'read' | 'shared' | 'admin'): Promise<Response> =>
    await held.http.call('GET', `/v1/connections/lab/partners/${path}`, {
      token: held.http.tokens[token],
    });
  const someone = async (): Promise<string> =>
    (await readLab<{ partners: { id: string }[] }>(held, 'partners')).partners[0]!.id;

  it('holds what the pack holds, for our own side', async () => {
    const id = await someone();
    const { shared, internal } = await readLab<Answer>(held, `partners/${id}/review`);
    expect(internal.partnerId).toBe(id);
    expect(internal.changes).toBeNull();
    expect(shared.deals).toHaveLength(internal.stages.flatMap(({ deals }) => deals).length);
    expect(shared.period.label).toBe('2026 Q4');
  });
  it('gives a portal what both sides see, and nothing else', async () => {
    const id = await someone();
    const answer = (await (await call(`${id}/shared-review`, 'shared')).json()) as Answer;
    expect(Object.keys(answer)).toEqual(['shared']);
    for (const deal of answer.shared.deals)
      expect(Object.keys(deal)).toEqual(['id', 'name', 'stage', 'amount', 'closeDate']);
    expect((await call(`${id}/review`, 'shared')).status).toBe(403);
    expect((await call(`${id}/shared-review`, 'read')).status).toBe(403);
  });
  it('knows no partner that was not scored, and no period without results', async () => {
    expect((await call('nobody/review', 'read')).status).toBe(404);
    const answer = await call(`${await someone()}/review?period=1999%20Q1`, 'read');
    expect(answer.status).toBe(409);
    expect(await answer.text()).toContain('2026 Q4');
  });
});

describe('GET /v1/connections/{id}/partners/{partner}/summary', () => {
  const held = scoredLab();
  it('is the three sentences of the review, and in other words only where somebody is named', async () => {
    const [partner] = (await readLab<{ partners: { id: string }[] }>(held, 'partners')).partners;
    const path = `partners/${partner!.id}/summary`;
    const review = await readLab<{ internal: { summary: string[] } }>(
      held,
      `partners/${partner!.id}/review`,
    );
    const found = await readLab<{ sentences: string[]; rewritten: null }>(held, path);
    expect(found.sentences).toEqual(review.internal.summary);
    expect(found.sentences).toHaveLength(3);
    expect(found.rewritten).toBeNull();
    expect(await readLab(held, `${path}?reword=true`)).toMatchObject({
      error: { code: 'NO_DOCUMENT' },
    });
  });
});
