import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import type { Conflict } from '../../src/model/credit.ts';
import { conflicts } from '../../src/store/schema.ts';
import { csvCompany } from './csv-company.ts';
import { cli, tempDir, type Ran } from './harness.ts';

const YEAR = new Date().getUTCFullYear();
const DAY_MS = 86_400_000;
const dir = tempDir();
const run = async (...args: string[]): Promise<Ran> => await cli(dir, ['conflict', ...args]);
const WHO = ['--by', 'Ada', '--why', 'met the buyer first'];

beforeAll(async () => {
  csvCompany(dir, 24, YEAR, YEAR + 1);
  await cli(dir, ['field', 'deploy']);
  await cli(dir, ['sync', 'run']);
  const side = (registrationId: string, partnerId: string, daysAgo: number) => ({
    ...{ registrationId, partnerId, dealId: 'd1', decidedMs: null, status: 'pending' },
    submittedMs: Date.now() - daysAgo * DAY_MS,
  });
  const store = await nodeDeps().openStore(join(dir, 'headwater.sqlite'));
  for (const [id, daysAgo] of [
    ['reg-1', 30],
    ['reg-2', 2],
  ] as const)
    await store.db.insert(conflicts).values({
      ...{ connectionId: 'files', id, runId: 'r', state: 'open' },
      detail: JSON.stringify({
        ...{ id, state: 'open', evidence: 'the same account, 3 days apart' },
        sides: [side(id, 'p1', daysAgo + 3), side(`${id}-b`, 'p2', daysAgo)],
      } satisfies Conflict),
    });
  store.close();
});

describe('headwater conflict', () => {
  it('lists what is due first, with what the rules propose', async () => {
    const { stdout, code } = await run('list');
    expect(code).toBe(0);
    expect(stdout.indexOf('reg-1')).toBeLessThan(stdout.indexOf('reg-2'));
    expect(stdout).toContain('Northwind and Keystone: the same account, 3 days apart');
    expect(stdout).toMatch(
      /open, OVERDUE since .*; proposed: Northwind, since it registered first/,
    );
    expect(stdout).toMatch(/open, due /);
  });
  it('is decided for one side, appealed and decided again, and keeps every word', async () => {
    const decided = await run('decide', 'reg-1', '--for', 'p1', ...WHO);
    expect(decided.stdout).toContain('decided for Northwind by Ada: met the buyer first');
    expect((await run('list')).stdout).toContain('1 decision, half of them within 30.0 days');
    expect((await run('list')).stdout).not.toContain('reg-1 ');
    const appealed = await run('decide', 'reg-1', '--appeal', 'reg-1-b', ...WHO);
    expect(appealed.stdout).toMatch(/appealed, due /);
    await run('decide', 'reg-1', '--for', 'p2', ...WHO);
    const { words, state } = JSON.parse((await run('show', 'reg-1', '--json')).stdout) as {
      state: string;
      words: { what: string; partnerId: string; by: string }[];
    };
    expect(state).toBe('decided');
    expect(words.map(({ what, partnerId }) => [what, partnerId])).toEqual([
      ['decided', 'p1'],
      ['appealed', 'p2'],
      ['decided', 'p2'],
    ]);
  });
  it('refuses what names no conflict, no side, or both ways at once', async () => {
    expect((await run('show', 'nowhere')).stderr).toContain('there is no conflict nowhere');
    expect((await run('decide', 'nowhere', '--for', 'p1', ...WHO)).code).toBe(1);
    expect((await run('decide', 'reg-2', '--for', 'p9', ...WHO)).stderr).toContain('Its sides:');
    expect((await run('decide', 'reg-2', ...WHO)).code).toBe(2);
    expect((await run('decide', 'reg-2', '--for', 'p1', '--appeal', 'x', ...WHO)).code).toBe(2);
    expect((await run('decide', 'reg-2', '--for', 'p1', '--by', 'Ada')).code).toBe(2);
  });
});
