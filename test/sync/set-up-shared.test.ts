import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIntents, type Intent } from '../../src/store/intents.ts';
import { HELD } from '../../src/writeback/diff.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

const HOUR_MS = 3_600_000;
const SCORE = 'HW_Partner_Score__c';
const REASONS = 'HW_Score_Reasons__c';

/** A save by somebody, which moves the record's stamp to the clock of the org. */
async function person(lab: Lab, id: unknown, cells: Record<string, unknown>): Promise<void> {
  const { sandbox } = lab;
  const answer = await sandbox.fetch(
    `${sandbox.url}/services/data/v62.0/sobjects/Account/${String(id)}`,
    {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${sandbox.accessToken}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(cells),
    },
  );
  expect(answer.status).toBe(204);
}

/** Set-up of the org through the sandbox's control plane: it changes values and moves no stamp. */
describe('what set-up does to shared fields, on Salesforce', () => {
  let lab: Lab;
  const later = async (ms: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { ms, world: false });
  };
  const shared = (text: string, field: string, output: string): string =>
    text.replace(`${field}: { value: ${output} }`, `${field}: { value: ${output}, owner: shared }`);
  beforeAll(async () => {
    lab = await openLab({ seed: 71, partners: 6, deals: 40 });
    const given = lab.mapping.text;
    lab.mapping.text = shared(shared(given, SCORE, 'partner.score'), REASONS, 'partner.reasons');
    expect(lab.mapping.text.length - given.length).toBe(2 * ', owner: shared'.length);
    const { deps } = lab;
    // Who waits in a run lets the CRM's clock go on.
    lab.deps = () => {
      const made = deps();
      return { ...made, connectorDeps: { ...made.connectorDeps, sleep: later } };
    };
    await lab.sync();
  });
  afterAll(async () => await lab.close());

  const rows = (): Record<string, unknown>[] =>
    ([...lab.sandbox.org.table('Account').values()] as Record<string, unknown>[]).filter(
      (row) => row['IsDeleted'] !== true,
    );
  const filled = (field: string): unknown[] =>
    rows()
      .filter((row) => row[field] != null)
      .map((row) => row['Id']);
  const empty = async (field: string): Promise<void> => {
    await lab.control('POST', '/setup', [{ op: 'emptyField', object: 'Account', field }]);
    expect(filled(field)).toEqual([]);
  };
  const next = async (): Promise<Intent[]> => {
    await later(25 * HOUR_MS);
    const { run } = await lab.sync();
    return await listIntents(lab.store, run.id, 10_000);
  };
  /** A run with nothing new sees what stands, once the stamps of the last one are over for good. */
  const seen = async (): Promise<void> => {
    for (let written = 1; written > 0; ) {
      await later(HOUR_MS);
      const { run } = await lab.sync();
      const intents = await listIntents(lab.store, run.id, 10_000);
      written = intents.filter(({ state }) => state === 'done').length;
    }
  };
  const held = (intents: Intent[], field: string): [string, string | null][] =>
    intents
      .filter((intent) => intent.field === field && intent.state === 'held')
      .map(({ recordId, reason }) => [recordId, reason]);

  const then = story('is told from what a person does');
  then('a number that set-up emptied once a run has seen it stand is written again', async () => {
    await seen();
    const before = filled(SCORE);
    expect(before.length).toBeGreaterThan(3);
    await empty(SCORE);
    expect(held(await next(), SCORE)).toEqual([]);
    expect(filled(SCORE)).toEqual(before);
  });

  then('so is a text, also when people have saved its record since it was written', async () => {
    const before = filled(REASONS);
    expect(before.length).toBeGreaterThan(3);
    for (const id of before) await person(lab, id, { Website: 'https://example.com/new' });
    await next();
    await seen();
    await empty(REASONS);
    expect(held(await next(), REASONS)).toEqual([]);
    expect(filled(REASONS)).toEqual(before);
  });

  then(
    'what a person cleared stays, and set-up that empties the rest later changes nothing of that',
    async () => {
      const [id, ...others] = filled(SCORE);
      await later(HOUR_MS);
      await person(lab, id, { [SCORE]: null });
      expect(held(await next(), SCORE)).toEqual([[id, HELD.human]]);
      await seen();
      await empty(SCORE);
      expect(held(await next(), SCORE)).toEqual([[id, HELD.human]]);
      expect(filled(SCORE)).toEqual(others);
    },
  );

  then('a record that somebody saved after set-up had emptied it is left to people', async () => {
    const [id] = filled(SCORE);
    await empty(SCORE);
    await person(lab, id, { Website: 'https://example.com/newer' });
    expect(held(await next(), SCORE)).toContainEqual([id, HELD.human]);
  });
});

describe('a clock that stands still', () => {
  it('what a person clears within the tick of the write stays', async () => {
    const lab = await openLab({ seed: 71, partners: 6, deals: 40 });
    lab.mapping.text = lab.mapping.text.replace(
      `${SCORE}: { value: partner.score }`,
      `${SCORE}: { value: partner.score, owner: shared }`,
    );
    await lab.sync();
    const table = lab.sandbox.org.table('Account');
    const row = [...table.values()].find((one) => typeof one[SCORE] === 'number')!;
    const stamp = row['SystemModstamp'];
    await person(lab, row['Id'], { [SCORE]: null });
    const cleared = table.get(row['Id'] as string)!;
    expect([cleared[SCORE], cleared['SystemModstamp']]).toEqual([null, stamp]);
    await lab.control('POST', '/clock/advance', { ms: 25 * HOUR_MS, world: false });
    const { run } = await lab.sync();
    const own = (await listIntents(lab.store, run.id, 10_000)).filter(
      (intent) => intent.recordId === row['Id'] && intent.field === SCORE,
    );
    expect(own.map(({ state, reason }) => [state, reason])).toEqual([['held', HELD.human]]);
    await lab.close();
  });
});
