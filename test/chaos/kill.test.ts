import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_DATABASE } from '../../src/cli/command.ts';
import { openBench, type Bench } from '../cli/bench.ts';
import { start } from '../cli/harness.ts';

/**
 * A killed process holds its lease until it runs out; the test lets that time pass in the database.
 */
const LEASE_MS = 5 * 60_000;
/** Slow enough that a kill falls into the call it is meant for. */
const LATENCY_MS = 25;

interface Request {
  method: string;
  path: string;
  status: number;
}
interface Summary {
  summary: { pulled: { changed: number }[]; applied: { fields: number; rejected: number }[] };
}

describe('kill -9 of the real process', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ partners: 6, deals: 40, seed: 17 });
    await bench.json('field', 'deploy');
    await bench.control('PUT', '/latency', { ms: LATENCY_MS });
  });
  afterAll(async () => {
    await bench.close();
  });

  const requests = async (): Promise<Request[]> =>
    (await bench.control('GET', '/requests?limit=100000')) as Request[];
  const sql = <T>(text: string): T[] => {
    const db = new Sqlite(join(bench.dir, DEFAULT_DATABASE));
    try {
      return db.prepare(text).all() as T[];
    } finally {
      db.close();
    }
  };
  const pass = (ms: number): void => {
    const db = new Sqlite(join(bench.dir, DEFAULT_DATABASE));
    db.prepare('update leases set expires_ms = expires_ms - ?').run(ms);
    db.close();
  };

  /**
   * Starts a sync and kills it as soon as the CRM has seen what the test waits
   * for; false = it ended before.
   */
  async function killWhen(seen: (requests: Request[]) => boolean): Promise<boolean> {
    await bench.control('DELETE', '/requests');
    const { child, ended } = start(bench.dir, ['sync', 'run'], bench.env);
    let over = false;
    void ended.then(() => {
      over = true;
    });
    while (!over) {
      if (seen(await requests())) {
        child.kill('SIGKILL');
        await ended;
        break;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    return child.signalCode === 'SIGKILL';
  }

  const reads =
    (count: number) =>
    (list: Request[]): boolean =>
      list.filter(({ path }) => /\/query(All)?/.test(path)).length >= count;
  const writes =
    (count: number) =>
    (list: Request[]): boolean =>
      list.filter(({ method }) => method === 'PATCH').length >= count;

  it.each<[string, (list: Request[]) => boolean]>([
    ['while it looks around', (list) => list.length >= 8],
    ['while it reads', reads(20)],
    ['further on', reads(32)],
    ['after its first write', writes(1)],
  ])(
    '%s: the next process goes on, and another one leaves while the lease lasts',
    async (_, seen) => {
      expect(await killWhen(seen)).toBe(true);
      const barred = await bench.run('sync', 'run');
      expect(barred.code).not.toBe(0);
      expect(barred.stderr).toMatch(/another run is at work/);
      pass(LEASE_MS);
    },
  );

  it('then runs to the end: the copy is the CRM, every write is accounted for, and nothing is left to do', async () => {
    await bench.json('sync', 'run');
    const dump = (await bench.control(
      'GET',
      '/dump?objects=Account,Opportunity,Task,OpportunityHistory',
    )) as Record<string, Record<string, unknown>[]>;
    for (const [object, rows] of Object.entries(dump)) {
      const ours = sql<{ id: string }>(
        `select id from crm_rows where object = '${object}' order by id`,
      ).map((row) => row.id);
      expect(ours, object).toEqual(rows.map((row) => row['Id']).sort());
    }
    expect(
      sql(
        "select * from write_intents where state in ('sent', 'planned') and run_id not in (select id from runs where state = 'abandoned')",
      ),
    ).toEqual([]);
    expect(sql("select id from runs where state = 'running'")).toEqual([]);
    const byId = new Map(
      Object.values(dump)
        .flat()
        .map((row) => [row['Id'], row]),
    );
    const ledger = sql<{ record_id: string; field: string; value: string }>(
      'select record_id, field, value from ledger',
    );
    expect(ledger.length).toBeGreaterThan(20);
    for (const entry of ledger)
      expect(byId.get(entry.record_id)?.[entry.field], `${entry.record_id} ${entry.field}`).toEqual(
        JSON.parse(entry.value),
      );
    const { summary } = (await bench.json('sync', 'run')) as Summary;
    expect(summary.applied.map(({ fields, rejected }) => [fields, rejected])).toEqual(
      summary.applied.map(() => [0, 0]),
    );
  });
});
