import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_DATABASE } from '../../src/cli/command.ts';
import { openBench, type Bench } from '../cli/bench.ts';
import { start } from '../cli/harness.ts';
import { benchDifferences, queryFile } from './kept.ts';
import type { Crm } from './schedule.ts';

/**
 * A killed process holds its lease until it runs out; the test lets that time pass in the database.
 */
const LEASE_MS = 5 * 60_000;
/** Slow enough that a kill falls into the call it is meant for. */
const LATENCY_MS = 25;
/** What reads and writes look like on the wire, and after how many reads a process is killed. */
const WIRE: Record<Crm, { read: RegExp; write: RegExp; reads: [number, number] }> = {
  salesforce: { read: /^GET \S*\/query(All)?/, write: /^PATCH /, reads: [8, 12] },
  hubspot: {
    read: /\/search$|\/objects\/|\/associations/,
    write: /\/batch\/update$/,
    reads: [20, 32],
  },
};

interface Request {
  method: string;
  path: string;
  status: number;
}
interface Summary {
  summary: { pulled: { changed: number }[]; applied: { fields: number; rejected: number }[] };
}

describe.each(['salesforce', 'hubspot'] as const)('kill -9 of the real process: %s', (crm) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ crm, partners: 6, deals: 40, seed: 17 });
    await bench.json('field', 'deploy');
    await bench.control('PUT', '/latency', { ms: LATENCY_MS });
  });
  afterEach(async () => {
    await bench.close();
  });

  const requests = async (): Promise<Request[]> =>
    (await bench.control('GET', '/requests?limit=100000')) as Request[];
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

  const seen =
    (kind: 'read' | 'write', count: number) =>
    (list: Request[]): boolean =>
      list.filter(({ method, path }) => WIRE[crm][kind].test(`${method} ${path}`)).length >= count;

  const MOMENTS: Record<string, (list: Request[]) => boolean> = {
    'while it looks around': (list) => list.length >= 8,
    'while it reads': seen('read', WIRE[crm].reads[0]),
    'further on': seen('read', WIRE[crm].reads[1]),
    'after its first write': seen('write', 1),
  };

  it('goes on in the next process, bars others while the lease lasts, and ends with every write accounted for', async () => {
    for (const [moment, there] of Object.entries(MOMENTS)) {
      expect(await killWhen(there), moment).toBe(true);
      const barred = await bench.run('sync', 'run');
      expect(barred.code, moment).not.toBe(0);
      expect(barred.stderr).toMatch(/another run is at work/);
      pass(LEASE_MS);
    }
    await bench.json('sync', 'run');
    expect(await benchDifferences(bench, crm)).toEqual([]);
    expect(
      queryFile(join(bench.dir, DEFAULT_DATABASE), 'select 1 from ledger').length,
    ).toBeGreaterThan(20);
    const { summary } = (await bench.json('sync', 'run')) as Summary;
    expect(summary.applied.map(({ fields, rejected }) => [fields, rejected])).toEqual(
      summary.applied.map(() => [0, 0]),
    );
  });
});
