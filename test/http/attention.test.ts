/** The attention list as the API answers it, over what a run has scored. */
import { describe, expect, it } from 'vitest';
import { scoredLab } from './scored-lab.ts';

interface Item {
  kind: string;
  id: string | null;
  region: string | null;
  moneyAtStake: number;
  owner: { id: string; name: string } | null;
  action: { text: string; effect?: { points: number | null; text: string } };
  today: boolean;
}
interface Answer {
  total: number;
  items: Item[];
  next: string | null;
}

describe('GET /v1/connections/{id}/attention', () => {
  const held = scoredLab();
  const call = async (query = '', token?: string): Promise<Response> =>
    await held.http.call('GET', `/v1/connections/lab/attention${query}`, {
      token: token ?? held.http.tokens.read,
    });
  const list = async (query = ''): Promise<Answer> => (await (await call(query)).json()) as Answer;

  it('answers by money at stake, with an action each that says its effect or why it says none', async () => {
    const { items, total } = await list();
    expect(total).toBe(items.length);
    expect(total).toBeGreaterThan(3);
    const money = items.filter(({ kind }) => kind !== 'bulk').map((item) => item.moneyAtStake);
    expect(money).toEqual([...money].sort((a, b) => b - a));
    for (const { kind, action } of items) {
      expect(action.text.length).toBeGreaterThan(10);
      if (kind === 'bulk') continue;
      const { points, text } = action.effect!;
      expect(text).not.toMatch(/ever measured/);
      expect(text).toMatch(
        points === null
          ? /no higher|None is expected|No effect is stated|less than/
          : /association/,
      );
    }
  });
  it('comes in pages that together are the list, and is narrowed as asked', async () => {
    const { items, total } = await list('?all=true');
    const pages: Item[] = [];
    for (let after: string | null = null, asked = 0; asked <= total; asked++) {
      const page = await list(`?all=true&limit=2${after === null ? '' : `&after=${after}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      pages.push(...page.items);
      after = page.next;
      if (after === null) break;
    }
    expect(pages.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    const region = items.find((item) => item.region !== null)!.region!;
    const narrowed = await list(`?all=true&region=${encodeURIComponent(region)}`);
    expect(narrowed.items.length).toBeGreaterThan(0);
    expect(narrowed.items.filter((item) => item.kind !== 'bulk' && item.region !== region)).toEqual(
      [],
    );
    expect((await list('?owner=nobody-of-that-name')).items).toEqual([]);
  });
  it('shows an owner at most three today, and has one line for all that an owner is to close', async () => {
    const { items } = await list('?all=true');
    const owners = Map.groupBy(items, (item) => item.owner?.id ?? null);
    for (const own of owners.values()) {
      expect(own.filter((one) => one.kind !== 'bulk' && one.today).length).toBeLessThanOrEqual(3);
      expect(own.filter((one) => one.kind === 'bulk').length).toBeLessThanOrEqual(1);
    }
  });
  it('refuses what it does not know, and nobody in particular', async () => {
    expect((await call('?ownr=x')).status).toBe(400);
    expect((await call('?all=maybe')).status).toBe(400);
    expect((await call('', '')).status).toBe(401);
    const { status } = await held.http.call('GET', '/v1/connections/none/attention', {
      token: held.http.tokens.read,
    });
    expect(status).toBe(404);
  });
});
