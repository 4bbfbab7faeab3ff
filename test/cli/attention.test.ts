import { beforeAll, describe, expect } from 'vitest';
import { cli, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const list = async (...args: string[]): Promise<Ran> =>
  await cli(dir, ['attention', 'list', ...args]);

beforeAll(() => csvCompany(dir, 24, YEAR, YEAR - 1));

describe('headwater attention list', () => {
  const then = story('says who needs what, before and after the first run');
  then('says what to do first where nobody has been scored', async () => {
    const { code, stderr } = await list();
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/headwater sync run/);
  });
  then('lists partners and deals with action and owner, for people and for programs', async () => {
    expect((await cli(dir, ['field', 'deploy'])).stderr).toBe('');
    expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
    const { stdout, code } = await list();
    expect(code).toBe(0);
    expect(stdout).toMatch(/Needs attention\n {2}1\. \S/);
    expect(stdout).toMatch(/ at stake; /);
    expect(stdout).toMatch(/owner: nobody/);
    expect(stdout).toMatch(/→ .+ until \d+ \w+/);
    const { total, items } = JSON.parse((await list('--json')).stdout) as {
      total: number;
      items: { kind: string; moneyAtStake: number }[];
    };
    expect(total).toBe(items.length);
    const first = JSON.parse((await list('--json', '--limit', '1')).stdout) as typeof items & {
      total: number;
      items: typeof items;
    };
    expect(first).toMatchObject({ total, items: [items[0]] });
    if (total > 1)
      expect((await list('--limit', '1')).stdout).toMatch(/\d+ more (is|are) not shown\.\n$/);
  });
  then('says so when nothing matches, and refuses an invalid limit', async () => {
    expect((await list('--owner', 'Nobody Such')).stdout).toContain('matches the filter');
    for (const limit of ['0', '1.5', 'many', '1001']) {
      const { code, stderr } = await list('--limit', limit);
      expect(code).toBe(2);
      expect(stderr).toContain('--limit takes a whole number');
    }
  });
});
