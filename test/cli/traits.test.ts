import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cli, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const on = async (...args: string[]): Promise<Ran> => await cli(dir, args);

beforeAll(() => csvCompany(dir, 24, YEAR, YEAR - 1));

describe('headwater c3 and health', () => {
  it('show each partner with its parts, and say what is not on record', async () => {
    expect((await on('c3', 'show')).stderr).toMatch(/headwater sync run/);
    expect((await on('field', 'deploy')).stderr).toBe('');
    expect((await on('sync', 'run')).code).toBe(0);
    const c3 = (await on('c3', 'show', '--top', '2')).stdout;
    expect(c3).toMatch(/capability \d+(\.\d)? of 100: .*wins above what its products lead/);
    expect(c3).toMatch(/not on record for any partner: .*planning sessions/);
    for (const command of ['c3 show', 'profile show', 'class list', 'value show']) {
      const nobody = await on(...command.split(' '), '--partner', 'Nobody Such');
      expect([nobody.code, nobody.stdout], command).toEqual([1, '']);
      expect(nobody.stderr).toContain('no scored partner matches "Nobody Such"');
    }
    const health = (await on('health', 'show', '--top', '1')).stdout;
    expect(health).toMatch(/pipeline \d+(\.\d)?, weight 100%/);
    expect(health).toMatch(/marketing: nothing on record/);
    const { total } = JSON.parse((await on('health', 'show', '--json')).stdout) as {
      total: number;
    };
    expect(total).toBeGreaterThan(0);
  });
  it('stand on proofs that the dictionary shows', async () => {
    expect((await on('kpi', 'list')).stdout).toMatch(/foretells wins/);
    const said = (await on('kpi', 'explain', 'portal_frequency', '--json')).stdout;
    expect(JSON.parse(said)).toMatchObject({ kpi: 'portal_frequency', proof: null });
  });
  it('have a profile beside them, and a fit for recruits of a spreadsheet', async () => {
    const shown = (await on('profile', 'show', '--top', '2')).stdout;
    expect(shown).toMatch(/compared: \d+ partners? that had a year/);
    writeFileSync(
      join(dir, 'recruits.csv'),
      'Name,Region,Sellers,Mood\nAcme,DE,many,fine\n,FR,2,\n',
    );
    const ran = await on('profile', 'fit', '--file', join(dir, 'recruits.csv'));
    expect(ran.stderr).toMatch(/line 2: "many" is no number \(sellers\)/);
    expect(ran.stderr).toMatch(/line 3: the row has no name/);
    expect(ran.stderr).toMatch(/columns left out: Mood/);
    expect(ran.stdout).toMatch(/1\. Acme/);
    writeFileSync(join(dir, 'empty.csv'), 'Region\nDE\n');
    const none = await on('profile', 'fit', '--file', join(dir, 'empty.csv'));
    expect(none.stderr).toMatch(/no column holds the name/);
    expect(none.code).not.toBe(0);
  });
  it('have their return and their customers beside them', async () => {
    expect((await on('return', 'show', '--top', '1')).stdout).toMatch(/no cost is on record/);
    expect((await on('return', 'show')).stdout).toMatch(/0 of 7 types of cost are on record/);
    expect((await on('customer-value', 'show')).stdout).toMatch(/Not on record: churn/);
  });
  it('have gaps beside them, and say what is not on record', async () => {
    const shown = await on('enable', 'show');
    expect(shown.stdout).toMatch(
      /No gap against the other partners in \d+ decided deals?|Loses \d+%/,
    );
    expect(shown.stdout).toMatch(/No activity says on which deal an asset was used/);
    expect(JSON.parse((await on('enable', 'show', '--json')).stdout)).toMatchObject({ lifts: [] });
  });
  it('have no funds where no campaign is on record, which is said', async () => {
    expect((await on('fund', 'list')).stdout).toMatch(/No campaign of a partner is on record/);
    expect((await on('fund', 'propose')).stdout).toMatch(/nothing can be proposed/);
    expect((await on('fund', 'review')).stdout).toMatch(/Nothing to look at/);
  });
});
