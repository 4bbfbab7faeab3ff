import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { saveRun, type Run } from '../../src/store/runs.ts';
import { partnerCredits } from '../../src/store/schema.ts';
import { NOW_MS, openHttpLab, type HttpLab } from './lab.ts';

let lab: HttpLab;
beforeEach(async () => {
  lab = await openHttpLab();
});
afterEach(() => lab.close());

const RUN: Run = {
  ...{ id: '', connectionId: 'sf', kind: 'sync', state: 'done', dryRun: false, full: false },
  ...{ startedMs: NOW_MS, asOfMs: NOW_MS, endedMs: NOW_MS, mapping: null, model: null },
  ...{ calls: 0, error: null, resumeAtMs: null, undoes: null, flow: null, summary: null },
};

/** All pages of a list, row by row. */
async function walked<Row>(path: string, rowsOf: (answer: never) => Row[]): Promise<Row[]> {
  const all: Row[] = [];
  for (let after = ''; ; ) {
    const response = await lab.call('GET', `${path}${after}`, { token: lab.tokens.read });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { next: string | null };
    all.push(...rowsOf(answer as never));
    if (answer.next === null) return all;
    after = `${path.includes('?') ? '&' : '?'}after=${answer.next}`;
  }
}

it('walks the runs of every database, newest first, and reads no summary for it', async () => {
  for (let n = 0; n < 30; n++)
    await saveRun(n % 3 === 0 ? lab.second : lab.store, {
      ...RUN,
      ...{ id: `run-${n}`, connectionId: n % 3 === 0 ? 'hs' : 'sf', startedMs: NOW_MS + n },
    });
  await lab.store.db.run(sql`update runs set summary = 'what is no JSON'`);
  const ids = await walked('/v1/runs?limit=7', ({ runs }: { runs: { id: string }[] }) =>
    runs.map(({ id }) => id),
  );
  expect(ids).toEqual(Array.from({ length: 30 }, (_, n) => `run-${29 - n}`));
  const own = await walked(
    '/v1/runs?limit=7&connection=hs',
    ({ runs }: { runs: { id: string }[] }) => runs.map(({ id }) => id),
  );
  expect(own).toEqual(Array.from({ length: 10 }, (_, n) => `run-${27 - 3 * n}`));
});

it('walks every partner that has credit, however many they are', async () => {
  const summary = {
    ...{ currency: 'EUR', won: 0, sourced: 0, direct: 0, influenced: 0, deals: 0, unknown: 0 },
    ...{ corrections: 0, totals: {}, differences: [] },
  };
  await saveRun(lab.store, { ...RUN, id: 'credited', summary: { credit: summary } });
  const partners = 450;
  await lab.store.batch(
    Array.from({ length: partners }, (_, n) =>
      lab.store.db.insert(partnerCredits).values({
        ...{ connectionId: 'sf', runId: 'credited', partnerId: `p${String(n).padStart(3, '0')}` },
        ...{ sourced: partners - n, influenced: 0 },
      }),
    ),
  );
  const found = await walked(
    '/v1/connections/sf/credit',
    (answer: { partners: { partnerId: string }[] }) =>
      answer.partners.map(({ partnerId }) => partnerId),
  );
  expect(found).toEqual(
    Array.from({ length: partners }, (_, n) => `p${String(n).padStart(3, '0')}`),
  );
});
