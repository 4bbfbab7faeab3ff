import { afterAll, beforeAll, describe, expect } from 'vitest';
import { latestForecast } from '../../src/store/results.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

interface Fit {
  kind: string;
  atMs: number;
  hash: string;
  madeMs: number;
  body: string;
}

describe('what was learned from the past', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ partners: 6, deals: 90, seed: 4 });
    await lab.sync();
  });
  afterAll(async () => await lab.close());

  const run = async (sql: string): Promise<unknown[][]> =>
    await lab.store.read({ sql, params: [] });
  const fits = async (): Promise<Fit[]> =>
    (await run('select kind, at_ms, hash, made_ms, body from fits order by 1, 2, 4')).map(
      ([kind, atMs, hash, madeMs, body]) => ({ kind, atMs, hash, madeMs, body }) as Fit,
    );
  const said = async (): Promise<string> =>
    JSON.stringify({ ...(await latestForecast(lab.store, 'lab'))!.forecast, asOfMs: 0 });
  const pass = (hours: number): number => lab.sandbox.clock.advance(hours * 3_600_000);

  const then = story('serves, and is made anew where it must be');
  then('serves every run until rows change that were known by then', async () => {
    const before = await fits();
    expect(before.filter((fit) => fit.kind === 'win')).toHaveLength(1);
    expect(before.filter((fit) => fit.kind === 'past').length).toBeGreaterThan(2);
    pass(2);
    await lab.sync();
    expect(await fits()).toEqual(before);
    // What the week itself brings is not what the model of its start learned from.
    const now = lab.sandbox.clock.nowMs();
    await run(
      `insert into activities (connection_id, object, id, deal_id, kind, at, qualifying, stamp_ms, seen_ms, deleted) select connection_id, 'Task', 'later', id, 'call', ${now - 1000}, 1, 1, 1, 0 from deals limit 1 returning id`,
    );
    await lab.sync();
    expect(await fits()).toEqual(before);
  });

  then('is the same bytes whoever makes it', async () => {
    const [kept, spoken] = [await fits(), await said()];
    await run('delete from fits returning kind');
    await lab.sync();
    const bare = (list: Fit[]): unknown[] => list.map(({ madeMs: _, ...fit }) => fit);
    expect(bare(await fits())).toEqual(bare(kept));
    expect(await said()).toBe(spoken);
  });

  then('is made anew when a row of the past changes', async () => {
    const before = await fits();
    const [oldest] = before.filter((fit) => fit.kind === 'past');
    // The first change of a deal that was there before the oldest period ended.
    const changed = await run(
      `update deal_events set amount = coalesce(amount, 0) + 1000 where id = (select id from deal_events where at < ${oldest!.atMs} order by at, id limit 1) returning id`,
    );
    expect(changed).toHaveLength(1);
    // The creation of one that is open, which both kinds learn from.
    await run(
      'update deal_events set amount = coalesce(amount, 0) + 1000 where deal_id in (select id from deals where closed = 0 order by created_at limit 1) returning id',
    );
    await lab.sync();
    const made = (await fits()).filter((fit) => !before.some((one) => one.hash === fit.hash));
    expect(made.filter((fit) => fit.kind === 'past')).toHaveLength(
      before.filter((fit) => fit.kind === 'past').length,
    );
    expect(made.filter((fit) => fit.kind === 'win')).toHaveLength(1);
  });
});
