/** What quarterly decisions rest on, from a HubSpot portal: every list over the API has its rows. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import type { Store } from '../../src/store/store.ts';
import { openMemory } from '../store/open.ts';
import { runHubSpot } from '../sync/hubspot-run.ts';
import { openHttpLab, type HttpLab } from './lab.ts';

const PARTNERS = 6;
let sandbox: HubSpotSandbox;
let store: Store;
let http: HttpLab;
beforeAll(async () => {
  sandbox = await startHubSpotSandbox({
    ...{ port: 0, seed: 3, partners: PARTNERS, deals: 80, ticking: false, limits: { by: 'off' } },
    nowMs: Date.parse('2026-11-16T09:00:00Z'),
  });
  store = openMemory();
  http = await openHttpLab({ stores: new Map([['DB', store]]) });
  const ran = await runHubSpot({ sandbox, store, runId: 'run-1' });
  expect(ran.run.state).toBe('done');
});
afterAll(async () => {
  http.close();
  store.close();
  await sandbox.close();
});

const read = async <Answer>(path: string): Promise<Answer> => {
  const answer = await http.call('GET', `/v1/connections/hs/${path}`, { token: http.tokens.read });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as Answer;
};

it.each(['value', 'c3', 'partner-health', 'profile', 'classes', 'return', 'enablement'])(
  'has every partner in %s',
  async (path) => {
    const { partners } = await read<{ partners: { id: string; name: string }[] }>(path);
    expect(partners).toHaveLength(PARTNERS);
    expect(new Set(partners.map(({ id }) => id)).size).toBe(PARTNERS);
  },
);

it('has customers, campaigns with what came of them, and hours and funds of the same total', async () => {
  const { customers } = await read<{ customers: { all: { n: number; alone: number } } }>(
    'customer-value',
  );
  expect(customers.all.n + customers.all.alone).toBeGreaterThan(0);
  const { funds } = await read<{ funds: { id: string; partnerId: string; leads: number }[] }>(
    'funds',
  );
  expect(funds.length).toBeGreaterThan(0);
  const deals = await store.db.query.deals.findMany();
  expect(deals.some(({ campaignId }) => campaignId !== null)).toBe(true);
  for (const { id, partnerId, leads } of funds)
    expect(leads).toBe(
      deals.filter((one) => one.campaignId === id && one.resolvedPartnerId === partnerId).length,
    );
  await read('funds/proposals');
  await read('allocation');
  await read('tiers');
});

it('proposes partners, and pairs of them, for an open deal', async () => {
  const { deals } = await read<{ deals: { id: string }[] }>('deals?state=open&limit=1');
  const { proposals } = await read<{ proposals: { ranked: object[]; refused: object[] }[] }>(
    `routing?deal=${deals[0]!.id}`,
  );
  expect(proposals[0]!.ranked.length + proposals[0]!.refused.length).toBe(PARTNERS);
  const { cosell } = await read<{ cosell: { dealId: string; state: string } }>(
    `cosell?deal=${deals[0]!.id}`,
  );
  expect(cosell.dealId).toBe(deals[0]!.id);
});

it('sums up a quarter of each partner in three sentences', async () => {
  const { partners } = await read<{ partners: { id: string; name: string }[] }>('value');
  for (const { id, name } of partners) {
    const { sentences } = await read<{ sentences: string[] }>(`partners/${id}/summary`);
    expect(sentences).toHaveLength(3);
    expect(sentences[0]).toContain(name);
  }
});
