import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upsertRows } from '../../src/store/json-batch.ts';
import { planPages, namedPartners } from '../../src/store/keep-plans.ts';
import { partners } from '../../src/store/schema.ts';
import { nodeDeps as cliDeps } from '../../src/host/node/node-main.ts';
import type { PartnerScore } from '../../src/model/score.ts';
import { cli, tempDir, type Ran } from '../cli/harness.ts';
import { NOW_MS } from '../sync/lab.ts';
import { openWorkerLab, type WorkerLab } from './worker-lab.ts';
import { startWorld, type World } from './worlds.ts';

/** A CRM without custom objects for plans: the mapping can't name any. */
const withoutPlans = (mapping: string): string =>
  mapping.replace(/\n {2}(plan|target|milestone):\n(?: {4}.*\n|\n)*/g, '\n');
/** The same objects, filled with words of the company's own. */
const ownWords = (mapping: string): string =>
  mapping
    .replace(
      /^ {6}side: (\w+)$/gm,
      '      side: { field: $1, map: { Acme: vendor, Channel: partner } }',
    )
    .replace(
      /^ {6}metric: (\w+)$/m,
      '      metric: { field: $1, map: { "Signed in the east": won_amount } }',
    );
/** One metric is told in the mapping, the other is known by what many call it. */
const METRIC_WORDS: Record<string, string> = {
  won_amount: 'Signed in the east',
  registrations: 'Deal regs',
};
const SIDE_WORDS: Record<string, string> = { partner: 'Channel', vendor: 'Acme' };
type Row = Record<string, string> & { properties?: Record<string, string> };

/** Gives every target and promise of the CRM the company's own words. */
async function reword({ crm, control }: World): Promise<void> {
  const objects =
    crm === 'salesforce'
      ? ['Plan_Target__c', 'Plan_Milestone__c']
      : ['plan_target', 'plan_milestone'];
  const [metric, side] = crm === 'salesforce' ? ['Metric__c', 'Side__c'] : ['metric', 'side'];
  const dump = (await control('GET', `/dump?objects=${objects.join()}`)) as Record<string, Row[]>;
  const changes = Object.entries(dump).flatMap(([object, rows]) =>
    rows.map((row) => {
      const held = row.properties ?? row;
      const words = {
        [side]: SIDE_WORDS[held[side]!] ?? held[side],
        ...(held[metric] === undefined
          ? {}
          : { [metric]: METRIC_WORDS[held[metric]] ?? held[metric] }),
      };
      return crm === 'salesforce'
        ? { op: 'update', object, id: row['Id'], fields: words }
        : { do: 'update', object, id: row['id'], properties: words };
    }),
  );
  // What HubSpot lists as options is free text on Salesforce.
  const freed = objects.map((object) => ({
    ...{ do: 'retypeProperty', object, name: side, type: 'string', fieldType: 'text' },
  }));
  await control('POST', '/records', crm === 'hubspot' ? [...freed, ...changes] : changes);
}

const MANY = 10_000;
const TARGETS = ['won', 'wins', 'registrations', 'qualified leads', 'joint meetings'];

describe('joint plans on Workers', () => {
  let lab: WorkerLab;
  let worlds: World[];
  const dir = tempDir();
  const run = async (...args: string[]): Promise<Ran> =>
    await cli(dir, [...args, '--url', 'https://headwater.example'], {
      env: { HEADWATER_TOKEN: lab.token },
      connectorDeps: (save) => ({
        ...cliDeps().connectorDeps(save),
        fetch: async (input, init) =>
          (await lab.worker.fetch(input as string, init as never)) as never,
      }),
    });
  beforeAll(async () => {
    worlds = [await startWorld('salesforce'), await startWorld('hubspot')];
    lab = await openWorkerLab({ ...worlds[0]!.secrets, ...worlds[1]!.secrets });
    for (const world of worlds) {
      await lab.push(world.connection, withoutPlans(world.mapping), 'DB');
      await lab.sync(world.connection.id, NOW_MS);
    }
  });
  afterAll(async () => {
    await lab.close();
    for (const world of worlds) await world.close();
  });

  it('come from a spreadsheet of six columns on a CRM without plan objects, and the score names the plan after three commands', async () => {
    for (const { connection } of worlds) {
      const of = ['--connection-id', connection.id];
      const [partner] = await namedPartners(lab.store, connection.id);
      const name = partner!.name;
      writeFileSync(
        join(dir, 'plans.csv'),
        `Reseller;Kennzahl;Ziel;Seite;Jahr;Verantwortlich\n"${name}";Booked ARR;50000;;2026;Dana\n"${name}";Deal reg response time;48;us;2026;Dana\n`,
      );
      const kept = await run('plan', 'import', 'plans.csv', '--yes', '--by', 'Dana', ...of);
      expect(kept.stderr + kept.stdout).toContain('1 plan kept, 1 revision added');
      const ran = await run('worker', 'run', ...of);
      expect(ran.stderr + ran.stdout).toContain('is done');
      const why = await run('score', 'explain', '--partner', partner!.id, ...of);
      expect(why.stderr).toBe('');
      expect(why.stdout).toContain('Plan: Joint plan 2026');
      expect(why.stdout).toContain('50,000');
      expect(why.stdout).toMatch(/Hours to decide a registration +98\.5 h +at most 48 h/);
    }
  });

  it('are looked at, changed and approved from afar', async () => {
    const { id } = worlds[0]!.connection;
    const of = ['--connection-id', id];
    const said = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await run('plan', ...args, ...of);
      return stdout + stderr;
    };
    const [shown] = JSON.parse(await said('show', '--json')) as {
      plan: { id: string };
      partner: string;
    }[];
    const { partner, plan } = shown!;
    const sheet = `Partner,Metric,Goal,Period\n"${partner}",Bookings,40000,2026\n`;
    writeFileSync(join(dir, 'lower.csv'), sheet);
    expect(await said('import', 'lower.csv', '--yes', '--by', 'Lee')).toContain('1 revision added');
    expect(await said('check')).toContain('nobody has approved');
    expect(await said('review')).toContain(`headwater plan approve ${plan.id} --revision 2`);
    expect(await said('diff', plan.id)).toMatch(/50000 -> 40000/);
    expect(await said('show', '--partner', partner.slice(0, 6))).toContain('revision 2 of');
    expect(await said('approve', plan.id, '--by', 'Dana')).toContain('revision 2 of');
    const after = await said('show', '--plan', plan.id);
    expect(after).toContain('40,000');
    expect(after).not.toContain('waits for an approval');
    expect(await said('show', '--as-of', '2020-01-01')).toContain('known on 2020-01-01');
    expect(await said('approve', plan.id, '--by', 'Dana', '--revision', '9')).toContain('revision');
    expect(await said('diff', 'nope')).toContain('no plan "nope"');
    const faulty = sheet.replace('Bookings', 'happiness').replace('2026', '2027');
    writeFileSync(join(dir, 'faulty.csv'), `${faulty}"${partner}",Joy,3,2027\n`);
    expect(await said('import', 'faulty.csv')).toMatch(
      /line 2: "happiness".*\n.*\n.*line 3: "Joy"/,
    );
  });

  it('of a CRM whose words are its own are measured by them, and none is lost', async () => {
    for (const world of worlds) {
      const { id } = world.connection;
      await reword(world);
      await world.control('POST', '/clock/advance', { ms: 60_000 });
      await lab.push(world.connection, ownWords(world.mapping), 'DB');
      const ran = await run('worker', 'run', '--full', '--connection-id', id);
      expect(ran.stderr + ran.stdout).toContain('is done');
      const { body } = await lab.api('GET', `/v1/connections/${id}/scores?limit=50`);
      const { scores } = body as { scores: { score: PartnerScore }[] };
      const healths = scores.map(({ score }) => score.planHealth).filter(({ plan }) => plan);
      const parts = healths.flatMap((health) => [...health.parts, ...health.vendorParts]);
      expect(healths.length).toBeGreaterThan(3);
      expect(parts.filter(({ unit }) => unit === null)).toEqual([]);
      expect(new Set(parts.map(({ metric }) => metric))).toContain('won_amount');
      expect(healths.some(({ vendorParts }) => vendorParts.length > 0)).toBe(true);
    }
  });

  it('of fifty thousand targets are shown and kept in pieces that a request and D1 take', async () => {
    const { id } = worlds[0]!.connection;
    const named = Array.from({ length: MANY }, (_, n) => ({ id: `many-${n}`, name: `Many ${n}` }));
    const facts = { connectionId: id, object: 'Account', stampMs: 1, seenMs: 1, deleted: 0 };
    const rows = named.map((one) => ({ ...facts, ...one, accountId: one.id }));
    await lab.store.batch(upsertRows(lab.store, partners, rows));
    const lines = named.flatMap(({ name }) =>
      TARGETS.map((metric, n) => `${name},${metric},${n + 1},2026`),
    );
    writeFileSync(join(dir, 'many.csv'), `Partner,Metric,Goal,Period\n${lines.join('\n')}\n`);
    const kept = await run('plan', 'import', 'many.csv', '--yes', '--connection-id', id);
    expect(kept.stderr + kept.stdout).toContain('10,000 plans kept, 10,000 revisions added');
    const pages = planPages(lab.store, id);
    let targets = 0;
    for await (const page of pages)
      targets += [...page.values()].flat().reduce((sum, plan) => sum + plan.targets.length, 0);
    expect(targets).toBeGreaterThanOrEqual(MANY * TARGETS.length);
  });
});
