import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIntents } from '../../src/store/intents.ts';
import { HELD } from '../../src/writeback/diff.ts';
import { openLab, type Lab } from './lab.ts';

const HOUR_MS = 3_600_000;
const SCORE = 'HW_Partner_Score__c';

/** Set-up of the org through the sandbox's control plane: it changes values and moves no stamp. */
describe('what set-up does to a shared field', { timeout: 60_000 }, () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 71, partners: 6, deals: 40 });
    lab.mapping.text = lab.mapping.text.replace(
      `${SCORE}: { value: partner.score }`,
      `${SCORE}: { value: partner.score, owner: shared }`,
    );
    await lab.sync();
  });
  afterAll(async () => await lab.close());

  const rows = (object: string): Record<string, unknown>[] =>
    ([...lab.sandbox.org.table(object).values()] as Record<string, unknown>[]).filter(
      (row) => row['IsDeleted'] !== true,
    );
  const later = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const scored = (): Record<string, unknown>[] =>
    rows('Account').filter((row) => typeof row[SCORE] === 'number');

  it('emptied, it is written again; what a person cleared stays', async () => {
    const before = scored().map((row) => row['Id']);
    await lab.control('POST', '/setup', [{ op: 'emptyField', object: 'Account', field: SCORE }]);
    await later(25 * HOUR_MS);
    await lab.sync();
    expect(scored().map((row) => row['Id'])).toEqual(before);
    // A person's save moves the record's stamp, set-up does not.
    const [id] = before;
    const { sandbox } = lab;
    await later(HOUR_MS);
    await sandbox.fetch(`${sandbox.url}/services/data/v62.0/sobjects/Account/${String(id)}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${sandbox.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ [SCORE]: null }),
    });
    await later(25 * HOUR_MS);
    const { run } = await lab.sync();
    expect(rows('Account').find((row) => row['Id'] === id)![SCORE] ?? null).toBeNull();
    const held = (await listIntents(lab.store, run.id, 1000)).filter(
      (intent) => intent.recordId === id && intent.field === SCORE,
    );
    expect(held.map(({ reason }) => reason)).toEqual([HELD.human]);
  });
});
