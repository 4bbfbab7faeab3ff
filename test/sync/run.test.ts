import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { crmRows, ledger, partnerScores } from '../../src/store/schema.ts';
import { countIntents, listIntents } from '../../src/store/intents.ts';
import { listRuns, listSteps, type Run } from '../../src/store/runs.ts';
import { story } from '../story.ts';
import { openLab, type Lab } from './lab.ts';

const DAY_MS = 86_400_000;
const changed = (outcome: Awaited<ReturnType<Lab['sync']>>): number =>
  outcome.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0) + outcome.summary.hardDeletes;
const written = (outcome: Awaited<ReturnType<Lab['sync']>>): number =>
  outcome.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);

describe('a sync against the sandbox, over its life', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab.close();
  });
  const then = story('reads, scores and writes as it should from one run to the next');

  then('a dry run plans and writes nothing', async () => {
    const outcome = await lab.sync({ dryRun: true });
    expect(outcome.run.state).toBe('done');
    expect(outcome.summary.plan.map((plan) => [plan.object, plan.recordsChanged > 0])).toEqual([
      ['Account', true],
      ['Opportunity', true],
    ]);
    expect(outcome.summary.applied).toEqual([]);
    expect(await lab.store.db.select().from(ledger)).toEqual([]);
    const dump = (await lab.control('GET', '/dump?objects=Account')) as Record<
      string,
      Record<string, unknown>[]
    >;
    expect(dump['Account']!.filter((row) => row['HW_Partner_Score__c'] != null)).toEqual([]);
  });

  then('the real run writes exactly what was planned, and the CRM holds it', async () => {
    const outcome = await lab.sync();
    expect(outcome.summary.applied.every((applied) => applied.rejected === 0)).toBe(true);
    expect(written(outcome)).toBe(
      outcome.summary.plan.reduce((sum, plan) => sum + plan.fieldsChanged, 0),
    );
    const dump = (await lab.control('GET', '/dump?objects=Account,Opportunity')) as Record<
      string,
      Record<string, unknown>[]
    >;
    const byId = new Map(
      Object.values(dump)
        .flat()
        .map((row) => [row['Id'], row]),
    );
    const intents = await listIntents(lab.store, outcome.run.id, 100_000);
    expect(intents.length).toBeGreaterThan(50);
    for (const intent of intents)
      expect(
        byId.get(intent.recordId)?.[intent.field],
        `${intent.recordId} ${intent.field}`,
      ).toEqual(intent.newValue);
  });

  then('the next run has nothing to do: its own writes are no changes', async () => {
    const outcome = await lab.sync();
    expect([changed(outcome), written(outcome)]).toEqual([0, 0]);
  });

  then('closes windows whose counts agree with the CRM', async () => {
    await lab.control('POST', '/clock/advance', { ms: 60 * 60_000, world: false });
    const outcome = await lab.sync();
    expect(outcome.summary.receipts.filter((receipt) => !receipt.verified)).toEqual([]);
    expect(outcome.summary.verifiedThroughMs).toBeGreaterThan(0);
  });

  then('follows the world through a week: deals, moves, a merge, deletions', async () => {
    await lab.control('POST', '/clock/advance', { ms: 7 * DAY_MS });
    const outcome = await lab.sync();
    expect(changed(outcome)).toBeGreaterThan(5);
    expect(outcome.summary.receipts.filter((receipt) => !receipt.verified)).toEqual([]);
    const dump = (await lab.control('GET', '/dump?objects=Opportunity')) as Record<
      string,
      Record<string, unknown>[]
    >;
    const alive = dump['Opportunity']!.filter((row) => row['IsDeleted'] !== true)
      .map((row) => row['Id'])
      .sort();
    const ours = await lab.store.db
      .select({ id: crmRows.id })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Opportunity' and ${crmRows.deleted} = 0`)
      .orderBy(crmRows.id);
    expect(ours.map((row) => row.id)).toEqual(alive);
    const settled = await lab.sync();
    expect([changed(settled), written(settled)]).toEqual([0, 0]);
  });

  then('sees a hard deletion that no query returns any more', async () => {
    const [victim] = await lab.store.db
      .select({ id: crmRows.id })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Task' and ${crmRows.deleted} = 0`)
      .orderBy(crmRows.id)
      .limit(1);
    lab.sandbox.org.remove(lab.sandbox.org.users().find((user) => user.admin)!, victim!.id, {
      hard: true,
    });
    await lab.control('POST', '/clock/advance', { ms: 5 * 60_000, world: false });
    const outcome = await lab.sync();
    expect(outcome.summary.hardDeletes).toBe(1);
    expect(
      await lab.store.db
        .select({ id: crmRows.id })
        .from(crmRows)
        .where(sql`${crmRows.id} = ${victim!.id}`),
    ).toEqual([]);
  });

  then('re-maps the local copy after a change of the mapping, reading no row again', async () => {
    const before = await lab.sync();
    lab.mapping.text = lab.mapping.text.replace(
      /^( +)industry: Industry$/m,
      '$1industry: { field: Industry, map: { Technology: Tech } }',
    );
    expect(lab.mapping.text).toContain('Technology: Tech');
    const outcome = await lab.sync({ dryRun: true });
    expect(outcome.run.mapping).not.toBe(before.run.mapping);
    const remaps = (await listSteps(lab.store, outcome.run.id)).filter((step) =>
      step.name.startsWith('re-map '),
    );
    expect(remaps.reduce((sum, step) => sum + step.calls, 0)).toBe(0);
    expect(
      remaps.reduce((sum, step) => sum + (step.result as { rows: number }).rows, 0),
    ).toBeGreaterThan(100);
    expect(changed(outcome)).toBe(0);
  });

  then(
    'keeps every run, the scores of the last hours and of the last run of each day, and steps but of old runs that wrote nothing',
    async () => {
      const runs = await listRuns(lab.store, 100);
      expect(runs.every((run) => run.state === 'done')).toBe(true);
      const scored = await lab.store.db
        .select({ run: partnerScores.runId })
        .from(partnerScores)
        .groupBy(partnerScores.runId);
      const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
      const lastOfDay = new Map(runs.toReversed().map((run) => [dayOf(run.startedMs), run.id]));
      const isOld = (run: Run): boolean => run.startedMs < runs[0]!.startedMs - 2 * DAY_MS;
      const kept = runs.filter(
        (run) => !isOld(run) || lastOfDay.get(dayOf(run.startedMs)) === run.id,
      );
      expect(kept.length).toBeLessThan(runs.length);
      expect(scored.map(({ run }) => run).sort()).toEqual(kept.map((run) => run.id).sort());
      const wrote = await lab.store.db.selectDistinct({ run: ledger.runId }).from(ledger);
      const isQuiet = (run: Run): boolean =>
        !run.dryRun && !wrote.some((one) => one.run === run.id);
      expect(runs.filter((run) => isOld(run) && isQuiet(run)).length).toBeGreaterThan(0);
      for (const run of runs) {
        const steps = await listSteps(lab.store, run.id);
        if (isOld(run) && isQuiet(run)) expect(steps).toEqual([]);
        else expect(steps.length).toBeGreaterThan(10);
      }
    },
  );
});

describe('a sync that meets trouble', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 5 });
  });
  afterAll(async () => {
    await lab.close();
  });

  it('goes on after a crash in the middle of a read, without a gap', async () => {
    const lab = await openLab({ seed: 5, partners: 4, deals: 40 });
    let calls = 0;
    lab.wire.fetch = async (input, init) => {
      if (++calls === 24) throw new Error('process died');
      return await lab.sandbox.fetch(input, init);
    };
    // The connector takes a thrown Error for a network failure and retries; killing every call from
    // here on is a dead process.
    const dead = lab.wire.fetch;
    lab.wire.fetch = async (input, init) =>
      calls >= 23 ? Promise.reject(new TypeError('fetch failed')) : await dead(input, init);
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'transient' });
    lab.wire.fetch = lab.sandbox.fetch;
    const outcome = await lab.sync();
    const dump = (await lab.control(
      'GET',
      '/dump?objects=Opportunity,Account,OpportunityHistory,Task',
    )) as Record<string, Record<string, unknown>[]>;
    for (const [object, rows] of Object.entries(dump)) {
      const ours = await lab.store.db
        .select({ id: crmRows.id })
        .from(crmRows)
        .where(sql`${crmRows.object} = ${object}`);
      expect(ours.length, object).toBe(rows.length);
    }
    expect(outcome.run.state).toBe('done');
    await lab.close();
  });

  it('settles a write whose answer was lost by reading it back, and writes it once', async () => {
    await lab.control('POST', '/clock/advance', { ms: 30 * DAY_MS, world: true });
    let lost = 0;
    lab.wire.fetch = async (input, init) => {
      const answer = await lab.sandbox.fetch(input, init);
      if (
        init?.method === 'PATCH' &&
        String(input).includes('/composite/sobjects') &&
        lost++ === 0
      ) {
        await answer.body?.cancel();
        throw new TypeError('fetch failed');
      }
      return answer;
    };
    const outcome = await lab.sync();
    lab.wire.fetch = lab.sandbox.fetch;
    expect(lost).toBeGreaterThan(0);
    expect(outcome.summary.applied.every((applied) => applied.rejected === 0)).toBe(true);
    expect(
      (await countIntents(lab.store, outcome.run.id)).every(
        (counted) => counted.state === 'done' || counted.state === 'held',
      ),
    ).toBe(true);
    const again = await lab.sync();
    expect([changed(again), written(again)]).toEqual([0, 0]);
  });

  it('refuses another org under the same connection', async () => {
    const other = await openLab({ seed: 9, partners: 2, deals: 5 });
    const home = { fetch: lab.wire.fetch, secrets: lab.secrets };
    await lab.sync();
    expect(other.sandbox.org.id).not.toBe(lab.sandbox.org.id);
    lab.wire.fetch = other.wire.fetch;
    lab.secrets = other.secrets;
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'config', code: 'WRONG_ORG' });
    Object.assign(lab.wire, { fetch: home.fetch });
    lab.secrets = home.secrets;
    await other.close();
  });

  it('stops before the quota floor and says when it may go on', async () => {
    lab.connection = { ...lab.connection, limits: { quotaFloorPercent: 89.999 } };
    const limited = lab.wire.fetch;
    lab.wire.fetch = async (input, init) => {
      const answer = await lab.sandbox.fetch(input, init);
      const headers = new Headers(answer.headers);
      headers.set('sforce-limit-info', 'api-usage=14999/15000');
      return new Response(answer.body, { status: answer.status, headers });
    };
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit' });
    expect((await listRuns(lab.store, 1))[0]?.state).toBe('paused-budget');
    lab.wire.fetch = limited;
    lab.connection = { ...lab.connection, limits: { quotaFloorPercent: 30 } };
  });

  it('names every fault of a wrong mapping and reads nothing', async () => {
    const good = lab.mapping.text;
    lab.mapping.text = good.replace('object: Opportunity\n', 'object: Oportunity\n');
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'config' });
    lab.mapping.text = good;
  });
});
