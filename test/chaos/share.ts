import { openBench } from '../cli/bench.ts';
import { spawnCli, type Ran } from '../cli/harness.ts';
import { benchDifferences } from './kept.ts';
import type { Crm } from './schedule.ts';

/** What a second process says while another one is at work. */
const AT_WORK = /another run is at work/;

export interface Shared {
  runs: number;
  barred: number;
  looks: number;
  violations: string[];
}

/**
 * Several processes that sync over one file as fast as they can, and one that looks at it, while
 * deals move: whoever comes second says so and leaves, and nothing is lost or written twice.
 */
export async function share(options: {
  crm: Crm;
  seed: number;
  processes: number;
  forMs: number;
}): Promise<Shared> {
  const { crm, seed, processes, forMs } = options;
  const bench = await openBench({ crm, seed, partners: 6, deals: 40 });
  const shared: Shared = { runs: 0, barred: 0, looks: 0, violations: [] };
  let untilMs = 0;
  const noted = (what: string, ran: Ran): void => {
    if (ran.code === 0 || (AT_WORK.test(ran.stderr) && what === 'sync')) return;
    shared.violations.push(`${what} ended with ${ran.code}: ${ran.stderr.slice(0, 500)}`);
  };
  const syncing = async (): Promise<void> => {
    // At least once, however slow the machine is.
    do {
      const ran = await spawnCli(bench.dir, ['sync', 'run'], bench.env);
      noted('sync', ran);
      if (ran.code === 0) shared.runs += 1;
      else shared.barred += 1;
    } while (Date.now() < untilMs);
  };
  const looking = async (): Promise<void> => {
    do {
      noted('status', await spawnCli(bench.dir, ['status'], bench.env));
      shared.looks += 1;
      await bench.control('POST', '/clock/advance', { ms: 60_000 });
    } while (Date.now() < untilMs);
  };
  try {
    await bench.json('field', 'deploy');
    await bench.json('sync', 'run');
    untilMs = Date.now() + forMs;
    await Promise.all([...Array.from({ length: processes }, syncing), looking()]);
    // One more run, alone: then the copy is the CRM, and every write of the ledger stands in it.
    await bench.json('sync', 'run');
    shared.violations.push(...(await benchDifferences(bench, crm)));
    return shared;
  } finally {
    await bench.close();
  }
}
