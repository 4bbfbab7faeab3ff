import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect } from 'vitest';
import { cli, ROOT, tempDir, type Ran } from './harness.ts';
import { csvCompany } from './csv-company.ts';
import { story } from '../story.ts';

const YEAR = new Date().getUTCFullYear();
const dir = tempDir();
const run = async (...args: string[]): Promise<Ran> => await cli(dir, args);
const sheet = (goal: number): string =>
  `Partner,KPI,Goal,Side,Year,Owner\nNorthwind,Booked ARR,${goal},,${YEAR},Dana\nNorthwind,Deal reg response time,48,us,${YEAR},Dana\n`;
interface Target {
  metric: string;
  goal: number;
}
const wonGoal = (plan: { targets: Target[] }): number | undefined =>
  plan.targets.find((target) => target.metric === 'won_amount')?.goal;
const json = <T>(ran: Ran): T => JSON.parse(ran.stdout) as T;

/** A company whose CRM holds no plans: two partners and a few deals in files. */
beforeAll(() => csvCompany(dir, 12, YEAR, YEAR));

describe('plans of a company whose CRM has none', () => {
  const then = story('are read, kept and remembered');
  then(
    'come from a six-column spreadsheet, and the score names the plan after three commands',
    async () => {
      expect((await run('field', 'deploy')).stderr).toBe('');
      expect((await run('sync', 'run')).code).toBe(0);
      writeFileSync(join(dir, 'plans.csv'), sheet(50_000));
      const shown = await run('plan', 'import', 'plans.csv');
      expect(shown.stdout).toContain('add --yes');

      const kept = await run('plan', 'import', 'plans.csv', '--yes', '--by', 'Dana');
      expect(kept.stdout).toContain('1 plan kept, 1 revision added');
      expect((await run('sync', 'run')).code).toBe(0);
      const why = await run('score', 'explain', '--partner', 'Northwind');
      expect(why.stdout).toContain(`Joint plan ${YEAR}`);
      expect(why.stdout).toContain('50,000');
      expect(why.stdout).not.toContain('not measured');
    },
  );

  then(
    'keep a memory: a lowered goal waits for an approval, and yesterday shows what stood then',
    async () => {
      writeFileSync(join(dir, 'plans.csv'), sheet(20_000));
      const changed = await run(
        'plan',
        'import',
        'plans.csv',
        '--yes',
        '--by',
        'Lee',
        '--why',
        'too hard',
      );
      expect(changed.stdout).toContain('goal  50000 -> 20000');
      const [one] = json<
        {
          plan: { id: string; targets: Target[] };
          revision: number;
          proposed: { revision: number };
        }[]
      >(await run('plan', 'show', '--partner', 'Northwind', '--json'));
      expect(wonGoal(one!.plan)).toBe(50_000);
      expect(one!.proposed.revision).toBe(2);
      expect((await run('plan', 'review')).stdout).toContain('nobody has approved');
      const diff = await run('plan', 'diff', one!.plan.id);
      expect(diff.stdout).toContain('Lee: too hard');

      await run('plan', 'approve', one!.plan.id, '--by', 'Dana');
      const [after] = json<{ plan: { targets: Target[] } }[]>(
        await run('plan', 'show', '--partner', 'Northwind', '--json'),
      );
      expect(wonGoal(after!.plan)).toBe(20_000);
      const before = await run('plan', 'show', '--as-of', '2020-01-01');
      expect(before.code).toBe(1);
      expect(before.stderr).toContain('2020-01-01');
    },
  );

  then('with an error keep nothing, and say the line', async () => {
    writeFileSync(
      join(dir, 'bad.csv'),
      'Partner,KPI,Goal,Year\nNobody,wins,3,2027\nKeystone,wins,3,2027\n',
    );
    const bad = await run('plan', 'import', 'bad.csv', '--yes');
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('line 2');
    expect((await run('plan', 'show', '--partner', 'Keystone')).code).toBe(1);
  });

  then('with doubts are shown with the line of each, before anything is kept', async () => {
    writeFileSync(
      join(dir, 'doubts.csv'),
      [
        'Partner,KPI,Goal,Weight,Year,Status',
        `Keystone,Won amount,0,1,${YEAR + 1},Draft`,
        `Northwind,wins,3,0.5,${YEAR},`,
        `Northwind,registrations,4,0.2,${YEAR},`,
      ].join('\n'),
    );
    const { findings } = json<{ findings: { code: string; line: number; severity: string }[] }>(
      await run('plan', 'import', 'doubts.csv', '--json'),
    );
    expect(findings.every(({ severity }) => severity === 'warning')).toBe(true);
    expect(findings.map(({ line, code }) => `${line} ${code}`)).toEqual([
      ...['2 DRAFT', '2 ZERO_GOAL', '3 NO_OUTCOME', '3 WEIGHTS'],
    ]);
  });

  then('each template is a document that is read without a fault', async () => {
    const names = readdirSync(join(ROOT, 'mappings/plans')).map((file) =>
      file.replace('.yaml', ''),
    );
    expect(names).toContain('annual');
    for (const name of names) {
      const { stdout } = await run('plan', 'template', name);
      writeFileSync(join(dir, 't.yaml'), stdout.replace('Northwind Consulting', 'Keystone'));
      const read = json<{ findings: unknown[]; plans: unknown[] }>(
        await run('plan', 'import', 't.yaml', '--json'),
      );
      expect(read.findings).toEqual([]);
      expect(read.plans).toHaveLength(1);
    }
    expect(readFileSync(join(ROOT, 'mappings/plans/annual.yaml'), 'utf8')).toContain('version: 1');
  });

  then('of a company that is no longer a partner are named as a finding', async () => {
    writeFileSync(join(dir, 'k.csv'), `Partner,KPI,Goal,Year\nKeystone,wins,3,${YEAR}\n`);
    expect((await run('plan', 'import', 'k.csv', '--yes')).code).toBe(0);
    writeFileSync(join(dir, 'data/partners.csv'), 'id,name\np1,Northwind\n');
    await run('sync', 'run', '--full');
    const found = json<{ code: string; message: string }[]>(
      await run('quarantine', 'list', '--json'),
    );
    expect(found.find((one) => one.code === 'PLAN_OF_NOBODY')?.message).toContain('p2');
  });

  then('an unknown template, column or day is one line and exit 2', async () => {
    for (const args of [
      ['template', 'nope'],
      ['import', 'plans.csv', '--column', 'nope=1'],
      ['show', '--as-of', 'yesterday'],
    ])
      expect((await run('plan', ...args)).code).toBe(2);
  });
});
