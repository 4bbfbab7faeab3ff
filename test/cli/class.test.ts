import { beforeAll, describe, expect } from 'vitest';
import { cli, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const on = async (...args: string[]): Promise<Ran> => await cli(dir, ['class', ...args]);

beforeAll(() => csvCompany(dir, 24, YEAR, YEAR - 1));

describe('headwater class', () => {
  const then = story('lists, keeps and spends');
  then('lists what to do about each partner, and keeps what was tried', async () => {
    expect((await on('list')).stderr).toMatch(/headwater sync run/);
    expect((await cli(dir, ['field', 'deploy'])).stderr).toBe('');
    expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
    const { partners } = JSON.parse((await on('list', '--json')).stdout) as {
      partners: { id: string; name: string; classed: { name: string } }[];
    };
    const [one] = partners;
    expect((await on('list')).stdout).toContain(`1. ${one!.name}`);
    expect((await on('list', '--class', 'review')).stdout).toMatch(/No partner is in that class/);
    expect((await on('list', '--class', 'exit')).code).toBe(2);
    const words = ['--what', 'call day', '--by', 'Kim', '--why', 'silent'];
    expect((await on('tried', '--partner', one!.id, ...words)).stdout).toMatch(
      /tried on .* by Kim: call day \(silent\)/,
    );
    expect((await on('tried', '--partner', 'Nobody Such', ...words)).stderr).toMatch(
      /matches 0 scored partners/,
    );
  });
  then('has an allocation beside it, which says so where nothing is on record', async () => {
    expect((await cli(dir, ['allocation', 'show', '--of', 'funds'])).stdout).toMatch(
      /No costs with a known amount are on record/,
    );
    expect((await cli(dir, ['allocation', 'show', '--of', 'time'])).code).toBe(2);
  });
});
