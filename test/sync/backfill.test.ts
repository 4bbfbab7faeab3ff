import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'drizzle-orm';
import { crmRows } from '../../src/store/schema.ts';
import { MAPPING, openLab, type Lab } from './lab.ts';

const HOURS_MS = 3_600_000;
const LIMIT = 100_000;
const keeping = (field: string): string =>
  MAPPING.replace(/^( {2}account:\n {4}object: Account\n)/m, `$1    keep: [${field}]\n`);

/** Calls left above the floor, as the org tells them. */
function left(lab: Lab, calls: number): void {
  lab.wire.fetch = async (input, init) => {
    const answer = await lab.sandbox.fetch(input, init);
    const headers = new Headers(answer.headers);
    headers.set('sforce-limit-info', `api-usage=${LIMIT * 0.7 - calls}/${LIMIT}`);
    return new Response(answer.body, { status: answer.status, headers });
  };
}

/** The line is cut at whatever asks for this. */
function dyingAt(lab: Lab, asked: RegExp): void {
  lab.wire.fetch = async (input, init) => {
    if (asked.test(decodeURIComponent(String(input)))) throw new TypeError('cut');
    return await lab.sandbox.fetch(input, init);
  };
}

describe('a field that only a part of the local copy holds', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await openLab({ seed: 81, partners: 8, deals: 80 });
  });
  afterEach(async () => {
    await lab.close();
  });

  const mode = (outcome: Awaited<ReturnType<Lab['sync']>>): string | undefined =>
    outcome.summary.pulled.find((pull) => pull.object === 'Account')?.mode;
  const without = async (field: string): Promise<number> =>
    (
      await lab.store.db
        .select({ fields: crmRows.fields })
        .from(crmRows)
        .where(sql`${crmRows.object} = 'Account'`)
    ).filter((row) => !row.fields.includes(`"${field}"`)).length;
  const later = async (): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms: 2 * HOURS_MS });
  };
  const dies = async (): Promise<void> => {
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'transient' });
    lab.wire.fetch = lab.sandbox.fetch;
    await later();
  };
  /**
   * Fax numbers were read; then another mapping, without them, died after its pass over accounts.
   * Returns the calls of a run of changes.
   */
  const losesFaxes = async (): Promise<number> => {
    lab.mapping.text = keeping('Fax');
    await lab.sync();
    await later();
    const { callsPlanned } = (await lab.sync()).summary;
    await later();
    lab.mapping.text = keeping('Phone');
    dyingAt(lab, /from\W+Opportunity\b/i);
    await dies();
    expect(await without('Fax')).toBeGreaterThan(0);
    lab.mapping.text = keeping('Fax');
    return callsPlanned;
  };

  it('is read again from the beginning after a pass that an edit of the mapping took up without it', async () => {
    await lab.sync();
    await later();
    lab.mapping.text = keeping('Fax');
    dyingAt(lab, /Fax/);
    await dies();
    lab.mapping.text = MAPPING;
    expect(mode(await lab.sync())).toBe('resumed');
    lab.mapping.text = keeping('Fax');
    expect(mode(await lab.sync())).toBe('full');
    expect(await without('Fax')).toBe(0);
  });

  it('cannot wait for budget: no score is made of rows that lack it', async () => {
    left(lab, await losesFaxes());
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit', code: 'QUOTA_FLOOR' });
    lab.wire.fetch = lab.sandbox.fetch;
    expect(mode(await lab.sync())).toBe('full');
    expect(await without('Fax')).toBe(0);
  });

  it('is not given up while its back-fill is on its way', async () => {
    const own = await losesFaxes();
    dyingAt(lab, /Fax/);
    await dies();
    left(lab, own);
    await expect(lab.sync()).rejects.toMatchObject({ kind: 'limit', code: 'QUOTA_FLOOR' });
    lab.wire.fetch = lab.sandbox.fetch;
    await lab.sync();
    expect(await without('Fax')).toBe(0);
  });
});
