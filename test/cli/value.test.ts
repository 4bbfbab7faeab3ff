import { beforeAll, describe, expect } from 'vitest';
import { cli, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const show = async (...args: string[]): Promise<Ran> => await cli(dir, ['value', 'show', ...args]);

beforeAll(() => csvCompany(dir, 24, YEAR, YEAR - 1));

describe('headwater value show', () => {
  const then = story('says what partners are worth, once they are scored');
  then('says what to do first where nobody has been scored', async () => {
    const { code, stderr } = await show();
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/headwater sync run/);
  });
  then('says what each partner is worth and how few bring how much', async () => {
    expect((await cli(dir, ['field', 'deploy'])).stderr).toBe('');
    expect((await cli(dir, ['sync', 'run'])).code).toBe(0);
    const { stdout, code } = await show('--top', '1');
    expect(code).toBe(0);
    expect(stdout).toMatch(/What partners are worth\n {2}1\. \S/);
    expect(stdout).toMatch(/in a year \(80%: /);
    expect(stdout).toMatch(/The largest fifth of partners brought|Nobody won anything/);
    const { total, partners } = JSON.parse((await show('--json')).stdout) as {
      total: number;
      partners: { name: string }[];
    };
    expect(total).toBe(partners.length);
    expect(stdout).toContain(partners[0]!.name);
    const one = JSON.parse((await show('--json', '--partner', partners[0]!.name)).stdout) as {
      total: number;
    };
    expect(one.total).toBe(1);
  });
  then('says so when no partner matches, and refuses an invalid number', async () => {
    expect((await show('--partner', 'Nobody Such')).stderr).toContain('no scored partner matches');
    expect((await show('--top', '0')).code).toBe(2);
  });
});
