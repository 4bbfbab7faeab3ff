import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listIntents } from '../../src/store/intents.ts';
import { listIssues, retryIssues } from '../../src/store/issues.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

type Sent = Record<string, unknown> & { id: string };
const SCORE = 'HW_Partner_Score__c';
const EXPLAINS = [
  'HW_As_Of__c',
  'HW_Evidence_Word__c',
  'HW_Score_Evidence__c',
  'HW_Score_Reasons__c',
];

/**
 * The CRM refuses every Account that is to get this field, and names it; the rest reaches the org.
 */
function refuse(lab: Lab, field: string): { calls: number } {
  const seen = { calls: 0 };
  lab.wire.fetch = async (input, init) => {
    if (init?.method !== 'PATCH' || !String(input).includes('/composite/sobjects'))
      return await lab.sandbox.fetch(input, init);
    seen.calls++;
    const request = JSON.parse(String(init.body)) as { records: Sent[] };
    const minded = (record: Sent): boolean => record.id.startsWith('001') && field in record;
    const sound = request.records.filter((record) => !minded(record));
    const rows =
      sound.length === 0
        ? []
        : ((await (
            await lab.sandbox.fetch(input, {
              ...init,
              body: JSON.stringify({ ...request, records: sound }),
            })
          ).json()) as unknown[]);
    return Response.json(
      request.records.map((record) =>
        minded(record)
          ? {
              success: false,
              errors: [
                {
                  statusCode: 'FIELD_INTEGRITY_EXCEPTION',
                  message: `${field} is not wanted`,
                  fields: [field],
                },
              ],
            }
          : rows.shift(),
      ),
    );
  };
  return seen;
}

describe('a field that the CRM refuses', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 71, partners: 4, deals: 40 });
  });
  afterAll(async () => {
    await lab.close();
  });
  const accounts = async (runId: string) =>
    (await listIntents(lab.store, runId, 100_000)).filter((intent) => intent.object === 'Account');
  const fieldsIn = async (runId: string, state: string): Promise<string[]> =>
    [
      ...new Set(
        (await accounts(runId))
          .filter((intent) => intent.state === state)
          .map((intent) => intent.field),
      ),
    ].sort();
  const row = (id: string) => lab.sandbox.org.find(id)!.row;

  const then = story('is left out until it may go again');
  then(
    'is left out, and the record gets the others; a number takes its explanation with it',
    async () => {
      const seen = refuse(lab, SCORE);
      const run = await lab.sync();
      expect(await fieldsIn(run.run.id, 'rejected')).toEqual([SCORE]);
      expect(await fieldsIn(run.run.id, 'held')).toEqual(EXPLAINS);
      expect((await fieldsIn(run.run.id, 'done')).length).toBeGreaterThan(5);
      expect(
        new Set(
          (await listIssues(lab.store, 'lab', 100))
            .filter((issue) => issue.kind === 'write')
            .map((issue) => issue.field),
        ),
      ).toEqual(new Set([SCORE]));
      const calls = seen.calls;
      const waiting = await lab.sync();
      expect(seen.calls).toBe(calls);
      expect(await fieldsIn(waiting.run.id, 'held')).toEqual([SCORE, ...EXPLAINS].sort());
      lab.wire.fetch = lab.sandbox.fetch;
      await retryIssues(lab.store, 'lab', null);
      const again = await lab.sync();
      expect(await fieldsIn(again.run.id, 'done')).toEqual([SCORE, ...EXPLAINS].sort());
      expect(
        (await lab.sync()).summary.applied.reduce((sum, applied) => sum + applied.fields, 0),
      ).toBe(0);
    },
  );

  then(
    'an explanation that was refused while its number was written is brought up when it may',
    async () => {
      await lab.control('POST', '/clock/advance', { ms: 100 * 86_400_000 });
      refuse(lab, 'HW_Score_Reasons__c');
      const run = await lab.sync();
      const refused = (await accounts(run.run.id)).filter((intent) => intent.state === 'rejected');
      expect(new Set(refused.map((intent) => intent.field))).toEqual(
        new Set(['HW_Score_Reasons__c']),
      );
      lab.wire.fetch = lab.sandbox.fetch;
      await retryIssues(lab.store, 'lab', null);
      await lab.sync();
      for (const intent of refused)
        expect(
          String(row(intent.recordId)['HW_Score_Reasons__c']).split('\n').at(-1),
          intent.recordId,
        ).toMatch(new RegExp(`^= ${Number(row(intent.recordId)[SCORE]).toFixed(1)}%, as of`));
      expect(
        (await lab.sync()).summary.applied.reduce((sum, applied) => sum + applied.fields, 0),
      ).toBe(0);
    },
  );
});

describe('quarantine', () => {
  it('lets go of what nobody can put right any more: a record that is gone, a field that is no longer written', async () => {
    const lab = await openLab({ seed: 73, partners: 4, deals: 30 });
    refuse(lab, SCORE);
    await lab.sync();
    const held = async (): Promise<string[]> => [
      ...new Set(
        (await listIssues(lab.store, 'lab', 1000))
          .filter((issue) => issue.kind === 'write')
          .map((issue) => issue.id),
      ),
    ];
    const before = await held();
    expect(before.length).toBeGreaterThan(2);
    const removed = lab.sandbox.org.remove(lab.sandbox.org.admin, before[0]!, { hard: true });
    expect(removed.ok).toBe(true);
    await lab.control('POST', '/clock/advance', { ms: 10 * 60_000, world: false });
    await lab.sync();
    expect(await held()).toEqual(before.slice(1));
    lab.mapping.text = lab.mapping.text.replace(/^ +HW_Partner_Score__c: .*\n/m, '');
    await lab.sync();
    expect(await held()).toEqual([]);
    await lab.close();
  });
});

describe('a number that a person types over while it is on its way', () => {
  it('keeps the explanation of the old one back too', async () => {
    const lab = await openLab({ seed: 72, partners: 4, deals: 40 });
    lab.mapping.text = lab.mapping.text.replace(
      '{ value: partner.score }',
      '{ value: partner.score, owner: shared }',
    );
    await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: 40 * 86_400_000 });
    const plan = await lab.sync({ dryRun: true });
    const target = (await listIntents(lab.store, plan.run.id, 100_000)).find(
      (intent) => intent.field === SCORE && intent.state === 'planned',
    )!;
    const before = lab.sandbox.org.find(target.recordId)!.row['HW_Score_Reasons__c'];
    lab.wire.fetch = async (input, init) => {
      const asked = decodeURIComponent(String(input));
      if (/Id.IN/.test(asked) && asked.includes(SCORE) && !asked.includes('HW_Next_Action__c'))
        lab.sandbox.org.update(
          lab.sandbox.org.userByName(lab.sandbox.username)!,
          'Account',
          target.recordId,
          { [SCORE]: 77.5 },
        );
      return await lab.sandbox.fetch(input, init);
    };
    const run = await lab.sync();
    const reasons = (await listIntents(lab.store, run.run.id, 100_000)).find(
      (intent) => intent.recordId === target.recordId && intent.field === 'HW_Score_Reasons__c',
    );
    expect(reasons).toMatchObject({
      state: 'held',
      reason: 'waits for its number, which was not written',
    });
    expect(lab.sandbox.org.find(target.recordId)!.row['HW_Score_Reasons__c']).toBe(before);
    await lab.close();
  });
});
