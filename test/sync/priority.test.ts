import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { crmRows } from '../../src/store/schema.ts';
import { listRuns, saveRun } from '../../src/store/runs.ts';
import { openLab, type Lab } from './lab.ts';

/** Calls of the day that the org tells; 30% are the floor. */
function quota(lab: Lab, used: number, limit: number): void {
  lab.wire.fetch = async (input, init) => {
    const answer = await lab.sandbox.fetch(input, init);
    const headers = new Headers(answer.headers);
    headers.set('sforce-limit-info', `api-usage=${used}/${limit}`);
    return new Response(answer.body, { status: answer.status, headers });
  };
}
const LIMIT = 100_000;
const left = (lab: Lab, calls: number): void => quota(lab, LIMIT * 0.7 - calls, LIMIT);
const written = (outcome: Awaited<ReturnType<Lab['sync']>>): number =>
  outcome.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);
const keepsFax = async (lab: Lab): Promise<boolean> =>
  (
    await lab.store.db
      .select({ fields: crmRows.fields })
      .from(crmRows)
      .where(sql`${crmRows.object} = 'Account'`)
      .limit(1)
  )[0]!.fields.includes('"Fax"');

describe('calls that suffice for write-back or for a back-fill, not for both', () => {
  let lab: Lab;
  let own: number;
  const plain = (): void => {
    lab.wire.fetch = lab.sandbox.fetch;
  };
  beforeAll(async () => {
    lab = await openLab({ seed: 81, partners: 8, deals: 80 });
    await lab.sync();
    own = (await lab.sync()).summary.callsPlanned;
  });
  afterAll(async () => {
    await lab.close();
  });

  it('go to the write-back first; the new field comes with the next run that has room', async () => {
    const before = lab.mapping.text;
    lab.mapping.text = before.replace(
      /^( {2}account:\n {4}object: Account\n)/m,
      '$1    keep: [Fax]\n',
    );
    expect(lab.mapping.text).not.toBe(before);
    await lab.control('POST', '/clock/advance', { ms: 20 * 86_400_000 });
    left(lab, own);
    const short = await lab.sync();
    // The formula refresh of other objects is a day old as well, and waits too.
    expect(short.summary.deferred.find((one) => one.object === 'Account')?.calls).toBeGreaterThan(
      0,
    );
    expect(short.summary.mappingWaits).toBe(true);
    expect(short.summary.pulled.find((pull) => pull.object === 'Account')).toMatchObject({
      mode: 'changes',
    });
    expect(short.summary.pulled.reduce((sum, pull) => sum + pull.changed, 0)).toBeGreaterThan(0);
    expect(written(short)).toBeGreaterThan(0);
    expect(await keepsFax(lab)).toBe(false);
    plain();
    const roomy = await lab.sync();
    expect(roomy.summary.pulled.find((pull) => pull.object === 'Account')).toMatchObject({
      mode: 'full',
    });
    expect([roomy.summary.deferred, roomy.summary.mappingWaits]).toEqual([[], false]);
    expect(await keepsFax(lab)).toBe(true);
    expect(written(await lab.sync())).toBe(0);
  });

  it('go to the write-back first on a full run too', async () => {
    await lab.control('POST', '/clock/advance', { ms: 30 * 86_400_000 });
    left(lab, own);
    const short = await lab.sync({ full: true });
    expect(short.summary.pulled.find((pull) => pull.object === 'Opportunity')).toMatchObject({
      mode: 'changes',
    });
    expect(written(short)).toBeGreaterThan(0);
    expect(short.summary.deferred.length).toBeGreaterThan(3);
    plain();
    expect(
      (await lab.sync({ full: true })).summary.pulled.every((pull) => pull.mode === 'full'),
    ).toBe(true);
  });

  it('go to the write-back first after any number of runs that failed', async () => {
    const [done] = await listRuns(lab.store, 1);
    for (let n = 1; n <= 60; n++)
      await saveRun(lab.store, {
        ...done!,
        id: `failed-${n}`,
        state: 'failed',
        startedMs: done!.startedMs + n,
      });
    await lab.control('POST', '/clock/advance', { ms: 2 * 86_400_000 });
    left(lab, own);
    expect((await lab.sync({ full: true })).summary.deferred.length).toBeGreaterThan(0);
    plain();
  });

  it('that do not even suffice for the changes begin nothing, and say when to look again', async () => {
    left(lab, own - 1);
    const calls = lab.sandbox.clock.nowMs();
    await expect(lab.sync()).rejects.toMatchObject({
      kind: 'limit',
      code: 'QUOTA_FLOOR',
      retryAtMs: calls + 60 * 60_000,
    });
    expect((await listRuns(lab.store, 1))[0]).toMatchObject({
      state: 'paused-budget',
      resumeAtMs: calls + 60 * 60_000,
    });
    plain();
  });

  it('a back-fill larger than any day is begun all the same', async () => {
    quota(lab, 0, Math.ceil(own / 0.7));
    expect(
      (await lab.sync({ full: true })).summary.pulled.every((pull) => pull.mode === 'full'),
    ).toBe(true);
    plain();
  });
});

describe('a first run whose calls do not suffice', () => {
  it('waits: nothing is known yet that could be written', async () => {
    const [scout, lab] = [
      await openLab({ seed: 82, partners: 3, deals: 12 }),
      await openLab({ seed: 82, partners: 3, deals: 12 }),
    ];
    left(lab, (await scout.sync({ dryRun: true })).summary.callsPlanned - 1);
    await scout.close();
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit', code: 'QUOTA_FLOOR' });
    lab.wire.fetch = lab.sandbox.fetch;
    expect((await lab.sync()).run.state).toBe('done');
    await lab.close();
  });
});
