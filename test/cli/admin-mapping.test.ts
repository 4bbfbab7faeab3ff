import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openBench, type Bench } from './bench.ts';

/**
 * An admin fits the mapping to the org: a draft, a check, a sync, a change
 * looked at before it is made.
 */
describe('a mapping from draft to change', () => {
  let bench: Bench;
  const text = async (file: string): Promise<string> =>
    await readFile(join(bench.dir, file), 'utf8');
  const requests = async (): Promise<number> =>
    ((await bench.control('GET', '/requests?limit=100000')) as unknown[]).length;
  beforeAll(async () => {
    bench = await openBench({ partners: 8, deals: 60 });
  });
  afterAll(async () => {
    await bench.close();
  });

  it('suggest writes a draft that passes the check, and never over a file', async () => {
    const { code, stdout, stderr } = await bench.run('mapping', 'suggest', '--out', 'draft.yaml');
    expect([code, /^ {2}partner +Account +high +/m.test(stdout)], stdout).toEqual([0, true]);
    expect(stderr).toContain('Account:');
    expect(stdout).toContain('Partner_Plan__c');
    await bench.writeConnection('drafted.yaml', { mapping: 'draft.yaml' });
    expect((await bench.run('mapping', 'check', '-c', 'drafted.yaml')).code).toBe(0);
    const before = await text('draft.yaml');
    const again = await bench.run('mapping', 'suggest', '--out', 'draft.yaml');
    expect([again.code, again.stderr.includes('is there already')]).toEqual([1, true]);
    expect(await text('draft.yaml')).toBe(before);
  });

  it('suggest --json explains each choice', async () => {
    const { explanations, yaml } = (await bench.json('mapping', 'suggest')) as {
      explanations: { entity: string; choice: string; confidence: string; because: string[] }[];
      yaml: string;
    };
    expect(yaml).toBe(await text('draft.yaml'));
    expect(explanations.find(({ entity }) => entity === 'plan')).toMatchObject({
      choice: 'Partner_Plan__c',
      confidence: 'high',
      because: [expect.stringContaining('its name says plan')],
    });
  });

  it('diff of two files needs no database and makes none', async () => {
    await writeFile(
      join(bench.dir, 'changed.yaml'),
      (await text('draft.yaml'))
        .replace('endOn: End_Date__c', 'endOn: Start_Date__c')
        .replace('staleDays: 21', 'staleDays: 28'),
    );
    const { code, stdout } = await bench.run('mapping', 'diff', 'draft.yaml', 'changed.yaml');
    expect(code).toBe(0);
    expect(stdout).toContain('2 changes');
    expect(stdout).toContain('~ staleDays: 21 becomes 28');
    expect(stdout).toContain('No local copy');
    expect(existsSync(join(bench.dir, 'headwater.sqlite'))).toBe(false);
    expect((await bench.run('mapping', 'diff', 'draft.yaml')).code).toBe(2);
    expect((await bench.run('mapping', 'diff', 'draft.yaml', 'draft.yaml')).stdout).toBe(
      'the two mappings say the same\n',
    );
  });

  it('diff against the mapping of a run counts the rows of the local copy, without a call to the CRM', async () => {
    const { run } = (await bench.json('sync', 'run', '--dry-run', '-c', 'drafted.yaml')) as {
      run: { id: string };
    };
    const calls = await requests();
    const found = (await bench.json('mapping', 'diff', '--run', run.id, 'changed.yaml')) as {
      changes: { path: string }[];
      local: {
        rows: number;
        different: number;
        entities: { entity: string; changed: number; fields: Record<string, number> }[];
      };
    };
    expect(found.changes.map(({ path }) => path)).toEqual([
      'settings.staleDays',
      'entities.plan.fields.endOn',
    ]);
    const { Partner_Plan__c: plans } = (await bench.control(
      'GET',
      '/dump?objects=Partner_Plan__c',
    )) as { Partner_Plan__c: { Start_Date__c: string; End_Date__c: string }[] };
    const [plan] = found.local.entities;
    expect(found.local.entities).toHaveLength(1);
    expect(plan).toMatchObject({ entity: 'plan', fields: { endOn: plan?.changed } });
    expect(found.local.different).toBe(plan?.changed);
    expect(plan?.changed).toBeGreaterThan(0);
    expect(plan?.changed).toBe(plans.length);
    expect(await requests()).toBe(calls);
    expect((await bench.run('mapping', 'diff', '--run', 'nope', 'changed.yaml')).stderr).toContain(
      'there is no run nope',
    );
  });
});
