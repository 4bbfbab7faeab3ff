import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createApp } from '../../src/http/api/app.ts';
import { startHubSpotSandbox, type HubSpotSandbox } from '../../src/sandbox/hubspot/start.ts';
import { hintCount, markHints } from '../../src/store/hints.ts';
import { localPage } from '../../src/store/rows.ts';
import type { Store } from '../../src/store/store.ts';
import type { SyncOutcome } from '../../src/sync/run/run.ts';
import { story } from '../story.ts';
import { openMemory } from '../store/open.ts';
import { openHttpLab } from './lab.ts';
import { HUBSPOT_MAPPING, runHubSpot } from '../sync/hubspot-run.ts';

/** With a property of its own that deals cannot do without. */
const MAPPING = HUBSPOT_MAPPING.replace(
  'product: { field: product, optional: true }',
  'product: product',
);
const NOW_MS = Date.parse('2026-11-16T09:00:00Z');
const HOUR_MS = 3_600_000;
const HOOK = 'https://hw.example/webhooks/hubspot';
const PARTNER = 'associations.companies[Partner]';

/**
 * A change of nothing but an association moves nobody's stamp, so no window shows it: it comes by
 * webhook, or with the full pass of the day.
 */
describe('a partner that is taken off a deal, and put on another', () => {
  let sandbox: HubSpotSandbox;
  let store: Store;
  let app: ReturnType<typeof createApp>;
  let deals: { id: string; partner: string }[];
  let runs = 0;
  let read = '';

  beforeAll(async () => {
    sandbox = await startHubSpotSandbox({
      port: 0,
      partners: 6,
      deals: 60,
      nowMs: NOW_MS,
      ticking: false,
      limits: { by: 'off' },
    });
    store = openMemory();
    // The sandbox sends its webhooks into our app, signed with the app's own secret.
    const { deps, tokens } = await openHttpLab();
    read = tokens.read;
    app = createApp({
      ...deps,
      nowMs: () => Date.now(),
      stores: new Map([['DB', store]]),
      takeHints: async ({ connectionId, marks, markedMs }) => {
        await store.batch(markHints(store, connectionId, marks, markedMs));
      },
      webhooks: {
        secretOf: (crm) => (crm === 'hubspot' ? sandbox.clientSecret : undefined),
        signalsSecret: () => undefined,
        publicOrigin: undefined,
      },
    });
    await sync();
    deals = (await dealRows()).flatMap(({ id, fields }) =>
      typeof fields[PARTNER] === 'string' ? [{ id, partner: fields[PARTNER] }] : [],
    );
    expect(deals.length).toBeGreaterThan(10);
  });
  afterAll(async () => {
    store.close();
    await sandbox.close();
  });

  const then = story('is noticed, by each of the ways there are');
  const sync = async (): Promise<SyncOutcome> =>
    await runHubSpot({
      sandbox,
      store,
      runId: `run-${++runs}`,
      mappingText: MAPPING,
      dryRun: true,
    });
  const dealRows = async () =>
    (await localPage(store, 'hs', 'deals', '', 1000)).map(({ row }) => row);
  const partnerOf = async (id: string) =>
    (await dealRows()).find((row) => row.id === id)?.fields[PARTNER];
  const bare = (id: string): string => id.split('-')[2]!;
  const cut = ({ id, partner }: { id: string; partner: string }): void => {
    sandbox.vendor.change([
      { do: 'dissociate', from: 'deals', fromId: bare(id), to: 'companies', toId: bare(partner) },
    ]);
  };
  const status = async () => {
    const response = await app.request('https://hw.example/v1/status', {
      headers: { authorization: `Bearer ${read}` },
    });
    expect(response.status).toBe(200);
    const {
      connections: [connection],
    } = (await response.json()) as {
      connections: {
        paused: unknown[];
        streams: ({ object: string } & Record<string, string | null>)[];
      }[];
    };
    return {
      paused: connection!.paused,
      deals: connection!.streams.find(({ object }) => object === 'deals')!,
    };
  };
  const iso = (outcome: SyncOutcome): string => new Date(outcome.summary.asOfMs).toISOString();
  const passOf = (outcome: SyncOutcome, object: string) =>
    outcome.summary.pulled.find((pulled) => pulled.object === object)?.mode;

  then('comes with the daily full pass', async () => {
    cut(deals[0]!);
    sandbox.clock.advance(HOUR_MS);
    const soon = await sync();
    expect(passOf(soon, 'deals')).toBe('changes');
    expect(await partnerOf(deals[0]!.id)).toBe(deals[0]!.partner);
    // The API says so: fields are as of this run, links as of the one before.
    const stale = (await status()).deals;
    expect(stale).toMatchObject({ fieldsAsOf: iso(soon), pausedSince: null });
    expect(Date.parse(stale['associationsAsOf']!)).toBe(soon.summary.asOfMs - HOUR_MS);
    sandbox.clock.advance(24 * HOUR_MS);
    const daily = await sync();
    expect(passOf(daily, 'deals')).toBe('refresh');
    expect(await partnerOf(deals[0]!.id)).toBeNull();
    expect((await status()).deals).toMatchObject({
      fieldsAsOf: iso(daily),
      associationsAsOf: iso(daily),
    });
  });

  then(
    'comes with the next run when HubSpot sends a webhook, whatever the webhook says',
    async () => {
      sandbox.vendor.change([
        { do: 'subscribe', eventType: 'deal.associationChange', targetUrl: HOOK },
      ]);
      const first = deals[1]!;
      const second = deals.slice(2).find(({ partner }) => partner !== first.partner)!;
      cut(first);
      sandbox.vendor.change([
        {
          do: 'associate',
          from: 'deals',
          fromId: bare(second.id),
          to: 'companies',
          toId: bare(first.partner),
          label: 'Partner',
        },
      ]);
      const sent = await deliver();
      expect(sent.every((status) => status === 200)).toBe(true);
      expect(await hintCount(store, 'hs')).toBeGreaterThan(0);
      sandbox.clock.advance(HOUR_MS);
      expect(passOf(await sync(), 'deals')).toBe('changes');
      expect(await partnerOf(first.id)).toBeNull();
      // The row keeps both, the lower id first; the mapping's rule says which counts.
      const both = [first.partner, second.partner].sort(
        (a, b) => Number(bare(a)) - Number(bare(b)),
      );
      expect(await partnerOf(second.id)).toBe(both.join(';'));
      expect(await hintCount(store, 'hs')).toBe(0);
    },
  );

  then(
    'stays when the property of a deal that the mapping needs is archived: deals are paused, and the API says since when',
    async () => {
      const before = await dealRows();
      expect(before.some(({ fields }) => typeof fields['product'] === 'string')).toBe(true);
      sandbox.vendor.change([{ do: 'archiveProperty', object: 'deals', name: 'product' }]);
      cut(deals.at(-1)!);
      sandbox.clock.advance(25 * HOUR_MS);
      const during = await sync();
      expect(during.summary).toMatchObject({
        writesHeld: true,
        paused: [{ object: 'deals', field: 'product' }],
      });
      expect(passOf(during, 'companies')).toBe('refresh');
      expect(await dealRows()).toEqual(before);
      expect(await status()).toMatchObject({
        paused: [
          {
            object: 'deals',
            field: 'product',
            message: expect.stringContaining('no score is written back'),
            since: expect.any(String),
          },
        ],
        deals: { pausedSince: iso(during) },
      });
    },
  );

  /** What the sandbox would post, as requests to our app. */
  async function deliver(): Promise<number[]> {
    const statuses: number[] = [];
    const real = globalThis.fetch;
    globalThis.fetch = (async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
      if (String(input instanceof Request ? input.url : input) !== HOOK)
        return await real(input, init);
      const response = await app.request(HOOK, init);
      statuses.push(response.status);
      return response;
    }) as typeof fetch;
    try {
      await sandbox.vendor.webhooks.flush();
    } finally {
      globalThis.fetch = real;
    }
    expect(statuses.length).toBeGreaterThan(0);
    return statuses;
  }
});
