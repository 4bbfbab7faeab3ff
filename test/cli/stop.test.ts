import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { heldLease, releaseLease, takeLease } from '../../src/store/lease.ts';
import { openMemory } from '../store/open.ts';
import { openBench, type Bench } from './bench.ts';
import { start, type Ran } from './harness.ts';

describe('a run that somebody stops', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await openBench({ partners: 5, deals: 60, seed: 3 });
    await bench.run('field', 'deploy');
  });
  afterAll(async () => await bench.close());

  const running = async (): Promise<boolean> => {
    const list = await bench.run('run', 'list', '--json');
    return list.code === 0 && list.stdout.includes('"running"');
  };

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'by %s ends with %i, one line, a free lease, a run that says so, and a private database',
    async (signal, code) => {
      const { child, ended } = start(bench.dir, ['sync', 'run', '--full'], bench.env);
      for (let tries = 0; tries < 400 && !(await running()) && child.exitCode === null; tries++)
        await new Promise((resolve) => setTimeout(resolve, 25));
      child.kill(signal);
      const ran: Ran = await ended;
      expect(ran.stderr).toContain('stopping after this step');
      expect(ran.stderr).toContain(`stopped by ${signal}`);
      expect(ran.code).toBe(code);
      expect((await bench.run('run', 'list')).stdout).toContain('stopped');
      const again = await bench.run('sync', 'run');
      expect(again.stderr).not.toContain('another run');
      expect(again.code).toBe(0);
      // Its owner alone may read it.
      expect(statSync(join(bench.dir, 'headwater.sqlite')).mode & 0o077).toBe(0);
    },
  );
});

describe('a lease', () => {
  it('can be taken away, and its holder is then fenced off', async () => {
    const store = openMemory();
    await takeLease(store, 'c', 'old', 0, 1000);
    expect(await heldLease(store, 'c')).toEqual({ holder: 'old', expiresMs: 1000 });
    await releaseLease(store, 'c');
    expect(await heldLease(store, 'c')).toBeNull();
    expect(await takeLease(store, 'c', 'new', 1, 1000)).toMatchObject({ holder: 'new' });
    expect(await takeLease(store, 'c', 'old', 2, 1000)).toBeNull();
    store.close();
  });
});
