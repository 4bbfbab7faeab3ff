import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Connector } from '../../src/model/connector.ts';
import { nodeDeps } from '../../src/host/node/node-main.ts';
import type { SyncSummary } from '../../src/sync/run/flow.ts';
import { openBench, startSandbox, type Bench } from './bench.ts';
import { EXIT } from '../../src/cli/command.ts';
import { lines } from './harness.ts';
import { story } from '../story.ts';

interface SyncJson {
  run: { id: string; state: string; dryRun: boolean; connectionId: string };
  summary: SyncSummary;
}

describe('an admin connects an org, step by step', () => {
  let bench: Bench;
  let runId = '';
  beforeAll(async () => {
    bench = await openBench({ partners: 8, deals: 60 });
  });
  afterAll(async () => {
    await bench.close();
  });

  const then = story('has at each step what it takes');
  then(
    'results asked for before any run: a clear message, and no database made by asking',
    async () => {
      for (const args of [
        ['run', 'list'],
        ['run', 'show'],
        ['forecast', 'show'],
        ['score', 'explain', '--partner', 'x'],
      ]) {
        const { code, stdout, stderr } = await bench.run(...args);
        expect([code, stdout], args.join(' ')).toEqual([1, '']);
        expect(stderr).toMatch(
          /there is no database .*headwater\.sqlite\n {2}.*headwater sync run/,
        );
      }
      await expect(readFile(join(bench.dir, 'headwater.sqlite'))).rejects.toMatchObject({
        code: 'ENOENT',
      });
    },
  );

  then('an empty database is said to be empty', async () => {
    // A run that fails before it reaches the org leaves a database without a connection.
    await bench.writeConnection('elsewhere.yaml', { mapping: 'nowhere.yaml' });
    expect(
      (await bench.run('sync', 'run', '-c', 'elsewhere.yaml', '--db', 'empty.sqlite')).code,
    ).toBe(1);
    expect((await bench.run('run', 'list', '--db', 'empty.sqlite')).stdout).toContain(
      'no runs yet',
    );
    expect((await bench.run('run', 'show', '--db', 'empty.sqlite')).stderr).toContain(
      'there is no run yet',
    );
    for (const args of [
      ['forecast', 'show'],
      ['score', 'explain', '--deal', 'x'],
    ]) {
      const { code, stderr } = await bench.run(...args, '--db', 'empty.sqlite');
      expect([code, stderr.includes('no synced connection yet')]).toEqual([1, true]);
    }
  });

  then('connection check: every step passes', async () => {
    const { code, stdout } = await bench.run('connection', 'check');
    expect(code, stdout).toBe(0);
    expect(stdout).toContain('✓ Sign in and API access');
    expect(stdout).not.toContain('✗');
    expect(await bench.json('connection', 'check')).toMatchObject({ connection: 'acme', ok: true });
  });

  then('mapping check passes; mapping preview shows records before and after', async () => {
    expect((await bench.run('mapping', 'check')).code).toBe(0);
    expect(await bench.json('mapping', 'check')).toMatchObject({
      ok: true,
      version: expect.any(String) as string,
    });
    const text = await bench.run('mapping', 'preview', 'Opportunity', '--limit', '2');
    expect(text.code).toBe(0);
    expect(text.stdout.match(/^Opportunity 006/gm)).toHaveLength(2);
    const previews = (await bench.json('mapping', 'preview', 'Opportunity', '--limit', '2')) as {
      object: string;
      before: Record<string, unknown>;
      after: { entity: string }[];
    }[];
    expect(previews.map((preview) => preview.object)).toEqual(['Opportunity', 'Opportunity']);
    expect(previews[0]!.after.map((after) => after.entity)).toContain('deal');
    const unknown = await bench.run('mapping', 'preview', 'Oportunity');
    expect([
      unknown.code,
      unknown.stderr.includes('no object "Oportunity"'),
      unknown.stderr.includes('Opportunity,'),
    ]).toEqual([1, true, true]);
  });

  then('mapping preview takes an entity, a field a line and dates as dates', async () => {
    const { code, stdout } = await bench.run('mapping', 'preview', 'partner', '--limit', '2');
    expect([code, stdout.match(/^ {2}-> partner \(mapped\)$/gm)?.length]).toEqual([0, 2]);
    expect(stdout).not.toContain('-> account');
    const deal = (await bench.run('mapping', 'preview', 'deal', '--limit', '1')).stdout;
    expect(deal).toMatch(/^ {4}closeDate: \d{4}-\d\d-\d\d$/m);
    expect(deal).toMatch(/^ {4}createdAt: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/m);
    expect((await bench.run('mapping', 'preview', 'patrner')).stderr).toContain(
      'Did you mean `partner`?',
    );
  });

  then('field plan, field deploy, and the plan again: nothing left to do', async () => {
    const plan = (await bench.json('field', 'plan')) as { action: string }[];
    expect(plan.length).toBeGreaterThan(10);
    expect(new Set(plan.map((item) => item.action))).toEqual(new Set(['create']));
    expect((await bench.run('field', 'plan')).stdout).toContain('+ create');
    const deployed = await bench.run('field', 'deploy');
    expect([deployed.code, deployed.stdout.includes('✗')]).toEqual([0, false]);
    expect(
      ((await bench.json('field', 'plan')) as { action: string }[]).every(
        (item) => item.action === 'none',
      ),
    ).toBe(true);
    expect((await bench.run('field', 'plan')).stdout).toBe(
      `all ${plan.length} fields are there, as they should be\n`,
    );
    expect(await bench.json('field', 'deploy')).toHaveLength(plan.length);
  });

  then('sync run --dry-run shows everything and writes nothing', async () => {
    const { run, summary } = (await bench.json('sync', 'run', '--dry-run')) as SyncJson;
    expect([run.state, run.dryRun, summary.applied]).toEqual(['done', true, []]);
    expect(summary.plan.some((plan) => plan.fieldsChanged > 0)).toBe(true);
    const text = await bench.run('sync', 'run', '--dry-run');
    expect(text.stdout).toContain('dry run: nothing was written');
    expect(text.stdout).not.toContain('\nWritten\n');
  });

  then('sync run writes what the dry run planned; run list and run show tell of it', async () => {
    const dry = (await bench.json('sync', 'run', '--dry-run')) as SyncJson;
    const { run, summary } = (await bench.json('sync', 'run')) as SyncJson;
    runId = run.id;
    const planned = dry.summary.plan.reduce((sum, plan) => sum + plan.fieldsChanged, 0);
    expect(summary.applied.reduce((sum, applied) => sum + applied.fields, 0)).toBe(planned);
    const listed = (await bench.json('run', 'list', '--limit', '1')) as { id: string }[];
    expect(listed).toMatchObject([
      {
        id: runId,
        rowsRead: summary.pulled.reduce((sum, pull) => sum + pull.read, 0),
        fieldsWritten: planned,
        refused: 0,
      },
    ]);
    expect((await bench.run('run', 'list')).stdout).toContain('fields written');
    const shown = (await bench.json('run', 'show', runId)) as {
      run: { id: string };
      steps: unknown[];
      writes: { state: string }[];
    };
    expect([
      shown.run.id,
      shown.steps.length > 10,
      shown.writes.every((write) => write.state === 'done'),
    ]).toEqual([runId, true, true]);
    expect((await bench.run('run', 'show')).stdout).toContain(`Run ${runId}: done`);
    const missing = await bench.run('run', 'show', 'nonesuch');
    expect([missing.code, missing.stderr]).toEqual([
      1,
      'headwater: there is no run nonesuch\n  `headwater run list` names them.\n',
    ]);
  });

  then('progress goes to stderr and the result to stdout', async () => {
    const { stdout, stderr } = await bench.run('sync', 'run');
    expect(stderr).toContain('✓ connect');
    expect(stdout).not.toContain('✓ connect');
    expect(stdout).toContain('Write-back plan');
  });

  then('forecast show and score explain name the same run', async () => {
    const forecast = (await bench.json('forecast', 'show')) as {
      partners: { partnerId: string; name: string }[];
      total: Record<string, number>;
    };
    expect(forecast.partners.length).toBeGreaterThan(3);
    expect((await bench.run('forecast', 'show')).stdout).toContain(
      "the CRM's own weighted pipeline",
    );
    const { partnerId, name } = forecast.partners[0]!;
    for (const needle of [partnerId, name, name.toUpperCase()]) {
      const found = (await bench.json('score', 'explain', '--partner', needle)) as {
        partnerId: string;
        base: number;
        score: number;
        reasons: { points: number }[];
      };
      expect(found.partnerId, needle).toBe(partnerId);
      expect(
        found.base + found.reasons.reduce((sum, reason) => sum + reason.points, 0),
      ).toBeCloseTo(found.score, 6);
    }
    const names = forecast.partners.map((partner) => partner.name.toLowerCase());
    const part = name.split(' ')[0]!.toLowerCase();
    const byPart = await bench.run('score', 'explain', '--partner', part);
    if (names.filter((each) => each.includes(part)).length === 1)
      expect(byPart.stdout).toContain(partnerId);
    else expect(byPart.stderr).toContain('matches');
    expect((await bench.run('score', 'explain', '--partner', partnerId)).stdout).toContain('Why');
  });

  then('score explain: ambiguous and unknown names', async () => {
    const several = await bench.run('score', 'explain', '--partner', 'e');
    expect(several.code).toBe(1);
    expect(several.stderr).toMatch(/"e" matches \d+: .*\(001\w{15}\), .*\n {2}Give the id\.\n/);
    const none = await bench.run('score', 'explain', '--partner', "no such'; drop table--");
    expect([
      none.code,
      none.stderr.includes('no scored partner matches "no such\'; drop table--"'),
    ]).toEqual([1, true]);
    const wildcard = await bench.run('score', 'explain', '--partner', '%');
    expect(wildcard.stderr).toContain('no scored partner matches');
  });

  then('a partner is found by fifteen characters of its id wherever one is asked for', async () => {
    const { partners } = (await bench.json('value', 'show')) as {
      partners: { id: string; name: string }[];
    };
    const { id, name } = partners[0]!;
    for (const command of [
      ['score', 'explain'],
      ['kpi', 'explain', 'won_amount'],
      ['value', 'show'],
      ['class', 'list'],
      ['c3', 'show'],
      ['health', 'show'],
    ]) {
      const { code, stdout } = await bench.run(...command, '--partner', id.slice(0, 15));
      expect([code, stdout.includes(name)], command.join(' ')).toEqual([0, true]);
    }
  });

  then('score explain --deal, by id and by name', async () => {
    const { intents } = (await bench.json('run', 'show', runId, '--limit', '100000')) as {
      intents: { object: string; recordId: string }[];
    };
    const id = intents.find((intent) => intent.object === 'Opportunity')!.recordId;
    const deal = (await bench.json('score', 'explain', '--deal', id)) as {
      dealId: string;
      name: string;
      probability: number;
    };
    expect(deal.dealId).toBe(id);
    expect(deal.probability).toBeGreaterThanOrEqual(0);
    expect(deal.probability).toBeLessThanOrEqual(1);
    const text = await bench.run('score', 'explain', '--deal', deal.name);
    expect(text.stdout + text.stderr).toContain(id);
  });

  then('mapping preview --local shows the local copy', async () => {
    const previews = (await bench.json(
      'mapping',
      'preview',
      'Account',
      '--local',
      '--limit',
      '2',
    )) as unknown[];
    expect(previews).toHaveLength(2);
  });

  then('several connections in one database: results are asked for by name', async () => {
    const other = await startSandbox({ partners: 4, deals: 20, seed: 12 });
    try {
      await bench.writeConnection('beta.yaml', {
        id: 'beta',
        settings: other.connection.settings,
        secrets: { privateKey: { env: 'BETA_KEY' } },
      });
      bench.env['BETA_KEY'] = other.privateKeyPem ?? '';
      expect(await bench.json('sync', 'run', '-c', 'beta.yaml', '--dry-run')).toMatchObject({
        run: { connectionId: 'beta', state: 'done' },
      });
      const vague = await bench.run('forecast', 'show');
      expect([vague.code, lines(vague.stderr).length, vague.stderr.includes('acme, beta')]).toEqual(
        [2, 1, true],
      );
      const named = async (id: string): Promise<number> =>
        ((await bench.json('forecast', 'show', '--connection-id', id)) as { partners: unknown[] })
          .partners.length;
      // Beta had a dry run only: nothing of it is served, and it is there when it is asked for.
      const unserved = await bench.run('forecast', 'show', '--connection-id', 'beta');
      expect([unserved.code, unserved.stderr.includes('--what-if')]).toEqual([1, true]);
      expect(
        await bench.json('forecast', 'show', '--connection-id', 'beta', '--what-if'),
      ).toMatchObject({ dryRun: true, partners: { length: 4 } });
      expect((await bench.run('status')).stdout).toContain('dry run: nothing was written');
      expect(await named('acme')).toBe(8);
      expect((await bench.run('forecast', 'show', '--connection-id', 'gamma')).stderr).toContain(
        'no connection "gamma"; it has acme, beta',
      );
      const runs = (await bench.json('run', 'list')) as { connectionId: string }[];
      expect(new Set(runs.map((run) => run.connectionId))).toEqual(new Set(['acme', 'beta']));
      // The connection document of one org with the credentials of the other.
      await bench.writeConnection('wrong.yaml', {
        settings: other.connection.settings,
        secrets: { privateKey: { env: 'BETA_KEY' } },
      });
      const wrong = await bench.run('sync', 'run', '-c', 'wrong.yaml');
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toMatch(
        /connection "acme" belongs to org 00D.*but these credentials open org 00D/,
      );
    } finally {
      await other.close();
    }
  });

  then('an error under --json is one document on stdout as well', async () => {
    const { code, stdout, stderr } = await bench.run('sync', 'run', '-c', 'nowhere.yaml', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: {
        kind: 'config',
        message: expect.stringContaining('nowhere.yaml') as string,
        cure: expect.any(String) as string,
      },
    });
    expect(stderr).toContain('nowhere.yaml');
  });
});

describe('a run whose writes the CRM refuses in part', () => {
  let bench: Bench;
  /** The real connector; only the answer for the first record of a batch is not the sandbox's. */
  const refusing = async (name: string): Promise<Connector> => {
    const connector = await nodeDeps().connector(name);
    return {
      ...connector,
      open: async (...args) => {
        const session = await connector.open(...args);
        return {
          ...session,
          write: async (object, rows) => [
            {
              id: rows[0]!.id,
              status: 'rejected',
              code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
              message: 'Ask \u001b[31mFinance first',
              fields: [],
            },
            ...(rows.length > 1 ? await session.write(object, rows.slice(1)) : []),
          ],
        };
      },
    };
  };
  beforeAll(async () => {
    bench = await openBench({ partners: 5, deals: 30, seed: 13 }, { connector: refusing });
  });
  afterAll(async () => {
    await bench.close();
  });

  it("goes on with the rest, reports it as everyday life, and passes on the CRM's own words as plain text", async () => {
    await bench.json('field', 'deploy');
    const { code, stdout } = await bench.run('sync', 'run');
    expect(code).toBe(0);
    expect(stdout).toContain('refused by the CRM');
    expect(stdout).toContain('Finance first');
    expect(stdout).not.toContain('\u001b[31m');
    const shown = (await bench.json('run', 'show')) as {
      run: { state: string };
      writes: { state: string; fields: number }[];
    };
    const states = new Set(shown.writes.map((write) => write.state));
    expect([shown.run.state, states.has('rejected'), states.has('done')]).toEqual([
      'done',
      true,
      true,
    ]);
    // One record's fields alone: where very many are tried and all are refused, the run has failed.
    const [first] = (await bench.json('quarantine', 'list')) as { id: string }[];
    await bench.json('quarantine', 'retry', first!.id);
    expect((await bench.run('sync', 'run', '--strict')).code).toBe(EXIT.refused);
  });
});
