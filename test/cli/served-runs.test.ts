import { afterAll, beforeAll, describe, expect } from 'vitest';
import { openBench, type Bench } from './bench.ts';
import { start } from './harness.ts';
import { signedIn, type Browser } from './signed-in.ts';
import { story } from '../story.ts';

interface Row {
  object: string;
  recordId: string;
  name: string;
  field: string;
  partnerId: string | null;
  from: unknown;
  to: unknown;
  state: string;
  reason: string | null;
}

/** The whole way of a plan over the API alone, against a CRM that is written to. */
describe('runs that the service starts', () => {
  let bench: Bench;
  let server: ReturnType<typeof start>;
  let me: Browser;
  let plan: string;

  const rowsOf = async (run: string, query = ''): Promise<Row[]> => {
    const all: Row[] = [];
    for (let after = ''; ; ) {
      const { rows, next } = await me.get<{ rows: Row[]; next: string | null }>(
        `/v1/runs/${run}/writes?limit=500&order=record${query}${after}`,
      );
      all.push(...rows);
      if (next === null) return all;
      after = `&after=${next}`;
    }
  };
  const crm = async (row: Row): Promise<unknown> => {
    const { url, accessToken } = bench.sandbox;
    const path = `/services/data/v66.0/sobjects/${row.object}/${row.recordId}`;
    const held = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    return ((await held.json()) as Record<string, unknown>)[row.field] ?? null;
  };

  beforeAll(async () => {
    bench = await openBench({ partners: 5, deals: 60, seed: 21 });
    await bench.run('field', 'deploy');
    await bench.run('sync', 'run', '--dry-run');
    server = start(bench.dir, ['serve', '--port', '0', '--json'], bench.env);
    me = await signedIn(JSON.parse(await server.firstLine) as { url: string; link: string });
    plan = (await me.get<{ runs: { id: string }[] }>('/v1/runs')).runs[0]!.id;
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
    await bench.close();
  });

  const then = story('are shown, applied, taken back and stopped');
  then(
    'shows what would be written: before, after, why, and counts that agree with the rows',
    async () => {
      const rows = await rowsOf(plan);
      const { counts, records } = await me.get<{ counts: { fields: number }[]; records: number }>(
        `/v1/runs/${plan}/writes/counts`,
      );
      expect(rows.length).toBe(counts.reduce((sum, one) => sum + one.fields, 0));
      expect(new Set(rows.map((row) => `${row.object}/${row.recordId}`)).size).toBe(records);
      for (const row of rows.filter((one) => !/reasons/i.test(one.field)))
        expect(row.reason, row.field).not.toBeNull();
      const first = await me.get<{ rows: Row[]; next: string | null }>(
        `/v1/runs/${plan}/writes?limit=3`,
      );
      const second = await me.get<{ rows: Row[] }>(
        `/v1/runs/${plan}/writes?limit=3&after=${first.next}`,
      );
      const keys = [...first.rows, ...second.rows].map((row) => `${row.recordId}/${row.field}`);
      expect(new Set(keys).size).toBe(6);
    },
  );

  then('applies the partners that were approved and nothing else, and takes it back', async () => {
    const rows = await rowsOf(plan);
    const wanted = rows.find((row) => row.object === 'Account')!.recordId;
    const { id } = await me.post<{ id: string }>(`/v1/runs/${plan}/apply`, { partners: [wanted] });
    expect(await me.ended(id)).toBe('done');
    const own = rows.filter((row) => row.partnerId === wanted);
    expect(own.length).toBeGreaterThan(0);
    for (const row of own) expect(await crm(row), row.field).toEqual(row.to);
    for (const row of rows.filter((one) => one.partnerId !== wanted).slice(0, 20))
      expect(await crm(row), row.field).toEqual(row.from);

    const undo = await me.post<{ id: string }>(`/v1/runs/${id}/undo`, {});
    expect(await me.ended(undo.id)).toBe('done');
    for (const row of own.slice(0, 20)) expect(await crm(row), row.field).toEqual(row.from);
  });

  then('begins a run the moment that the one before is seen to have ended', async () => {
    const one = (await rowsOf(plan)).find((row) => row.object === 'Account')!.recordId;
    const seen = new Set<string>();
    for (let times = 0; times < 2; times++) {
      const { id } = await me.post<{ id: string }>(`/v1/runs/${plan}/apply`, { partners: [one] });
      expect((await me.get<{ run: { id: string } }>(`/v1/runs/${id}`)).run.id).toBe(id);
      expect(await me.ended(id, 2)).toBe('done');
      seen.add(id);
    }
    expect(seen.size).toBe(2);
  });

  then('a plan that was rejected is written no more', async () => {
    const { fields } = await me.post<{ fields: number }>(`/v1/runs/${plan}/reject`, {});
    expect(fields).toBeGreaterThan(0);
    const rows = await rowsOf(plan, '&state=planned');
    expect(rows).toEqual([]);
    const { id } = await me.post<{ id: string }>(`/v1/runs/${plan}/apply`, {});
    expect(await me.ended(id)).toBe('failed');
    expect((await me.try('POST', `/v1/runs/${id}/apply`, {})).status).toBe(409);
  });

  then(
    'puts a partner in shadow in the document itself, and refuses one that nobody is called',
    async () => {
      const [partner] = (
        await me.get<{ rows: Row[] }>(`/v1/runs/${plan}/writes?limit=1&object=Account`)
      ).rows;
      await me.try('PUT', '/v1/connections/acme/shadow', { shadow: [partner!.recordId] });
      expect(await me.get('/v1/connections/acme/shadow')).toEqual({
        shadow: [partner!.recordId],
        partners: [{ id: partner!.recordId, name: partner!.name }],
      });
      const wrong = await me.try('PUT', '/v1/connections/acme/shadow', { shadow: ['nobody'] });
      expect(wrong.status).toBe(400);
      await me.try('PUT', '/v1/connections/acme/shadow', { shadow: [] });
    },
  );

  then('stops a run that it has started, and says why one cannot begin', async () => {
    const { id } = await me.post<{ id: string }>('/v1/connections/acme/runs', {});
    const second = await me.try('POST', '/v1/connections/acme/runs', {});
    expect([second.status, await second.json()]).toMatchObject([
      409,
      { error: { code: 'LEASED', cure: expect.stringContaining('Wait for it') } },
    ]);
    await me.post(`/v1/runs/${id}/stop`, {});
    expect(await me.ended(id)).toBe('stopped');
    expect((await me.try('POST', `/v1/runs/${id}/stop`, {})).status).toBe(409);
  });
});
