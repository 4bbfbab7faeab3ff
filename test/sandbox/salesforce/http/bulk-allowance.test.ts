import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { errorCode, openClient, type Client } from './client.ts';

const HOUR_MS = 3_600_000;
let client: Client;
beforeAll(async () => {
  client = await openClient({ ticking: false, switches: { bulkJobMs: 0 } });
  for (let n = 0; n < 250; n++)
    await client.create('Account', {
      Name: `Account ${String(n).padStart(4, '0')}`,
      Description: 'x'.repeat(9_900),
    });
});
beforeEach(() => {
  client.sandbox.clock.advance(25 * HOUR_MS);
  client.sandbox.vendor.configure({ bulkDailyJobs: 10_000, bulkDailyMB: 976_562 });
});
afterAll(() => client.close());

const start = () =>
  client.send('POST', 'jobs/query', {
    operation: 'query',
    query: 'SELECT Id, Name, Description FROM Account',
  });
async function limitsNow(): Promise<{ jobs: number[]; mb: number[] }> {
  const all = (await client.send('GET', 'limits')).body as Record<
    string,
    { Max: number; Remaining: number }
  >;
  const of = (name: string): number[] => [all[name]!.Max, all[name]!.Remaining];
  return { jobs: of('DailyBulkV2QueryJobs'), mb: of('DailyBulkV2QueryFileStorageMB') };
}

it('query jobs and the volume of their results count down in /limits, and come free after 24 hours', async () => {
  expect(await limitsNow()).toEqual({ jobs: [10_000, 10_000], mb: [976_562, 976_562] });
  const { id } = (await start()).body as { id: string };
  // Some 2.5 million characters: two whole MB and a part, which is gone too.
  expect(await limitsNow()).toEqual({ jobs: [10_000, 9_999], mb: [976_562, 976_559] });
  const { text } = await client.send('GET', `jobs/query/${id}/results`);
  expect(client.sandbox.vendor.site.bulk.bytes.used() / text.length).toBeCloseTo(1, 2);
  // A job that is taken away gives nothing back.
  expect((await client.send('DELETE', `jobs/query/${id}`)).status).toBe(204);
  expect((await limitsNow()).jobs).toEqual([10_000, 9_999]);
  client.sandbox.clock.advance(25 * HOUR_MS);
  expect(await limitsNow()).toEqual({ jobs: [10_000, 10_000], mb: [976_562, 976_562] });
});

it.each([
  ['jobs', { bulkDailyJobs: 2 }, /query jobs/],
  ['volume', { bulkDailyMB: 4 }, /query results/],
])(
  'a job beyond the %s is refused in the words of the vendor; what was begun is still there',
  async (_name, change, words) => {
    client.sandbox.vendor.configure(change);
    const first = (await start()).body as { id: string };
    expect((await start()).status).toBe(200);
    const refused = await start();
    expect([refused.status, errorCode(refused), refused.text]).toEqual([
      400,
      'EXCEEDED_QUOTA',
      expect.stringMatching(words),
    ]);
    expect((await client.send('GET', `jobs/query/${first.id}/results`)).status).toBe(200);
  },
);
