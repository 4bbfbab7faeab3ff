import { afterAll, beforeAll, describe, expect } from 'vitest';
import { countIntents, listIntents } from '../../src/store/intents.ts';
import { listIssues, retryIssues } from '../../src/store/issues.ts';
import { applyRun, undoRun } from '../../src/sync/run/replan.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

type Dump = Record<string, Record<string, unknown>[]>;
const written = (outcome: { summary: { applied: { fields: number }[] } }): number =>
  outcome.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);

async function held(lab: Lab): Promise<Map<string, Record<string, unknown>>> {
  const dump = (await lab.control('GET', '/dump?objects=Account,Opportunity')) as Dump;
  return new Map(
    Object.values(dump)
      .flat()
      .map((row) => [String(row['Id']), row]),
  );
}

/** Our fields of every record, as the CRM holds them. */
async function ourFields(lab: Lab): Promise<Record<string, Record<string, unknown>>> {
  return Object.fromEntries(
    [...(await held(lab))].map(([id, row]) => [
      id,
      Object.fromEntries(Object.entries(row).filter(([name]) => name.startsWith('HW_'))),
    ]),
  );
}

/** An edit made in the CRM by somebody else, past the engine. */
function edit(lab: Lab, object: string, id: string, fields: Record<string, number>): void {
  const saved = lab.sandbox.org.update(
    lab.sandbox.org.userByName(lab.sandbox.username)!,
    object,
    id,
    fields,
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved.faults));
}

describe('write-back that can be taken back', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ seed: 11, partners: 8, deals: 80 });
  });
  afterAll(async () => {
    await lab.close();
  });

  const then = story('holds from one run to the next');
  then('applies a dry run exactly as it was shown', async () => {
    const plan = await lab.sync({ dryRun: true });
    const planned = (await listIntents(lab.store, plan.run.id, 100_000)).filter(
      (intent) => intent.state === 'planned',
    );
    const outcome = await applyRun(lab.deps(), plan.run.id);
    expect(written(outcome)).toBe(planned.length);
    const rows = await held(lab);
    for (const intent of planned)
      expect(rows.get(intent.recordId)?.[intent.field]).toEqual(intent.newValue);
  });

  then('refuses a plan whose base moved, and writes nothing of it', async () => {
    await lab.control('POST', '/clock/advance', { ms: 14 * 86_400_000 });
    const plan = await lab.sync({ dryRun: true });
    const [first] = (await listIntents(lab.store, plan.run.id, 100_000)).filter(
      (intent) => intent.state === 'planned' && typeof intent.newValue === 'number',
    );
    edit(lab, first!.object, first!.recordId, { [first!.field]: 1.5 });
    const before = await ourFields(lab);
    await expect(applyRun(lab.deps(), plan.run.id)).rejects.toMatchObject({
      kind: 'config',
      code: 'BASE_MOVED',
    });
    expect(await ourFields(lab)).toEqual(before);
  });

  then(
    "undoes a run: every field it wrote goes back, a human's later edit stays, and the undo can be undone",
    async () => {
      await lab.sync();
      const before = await ourFields(lab);
      await lab.control('POST', '/clock/advance', { ms: 30 * 86_400_000 });
      const run = await lab.sync();
      const after = await ourFields(lab);
      expect(after).not.toEqual(before);
      const done = (await listIntents(lab.store, run.run.id, 100_000)).filter(
        (intent) => intent.state === 'done',
      );
      const human = done.find((intent) => typeof intent.newValue === 'number')!;
      edit(lab, human.object, human.recordId, { [human.field]: 7 });

      const undone = await undoRun(lab.deps(), run.run.id, true);
      expect(undone.skipped).toEqual([
        expect.objectContaining({
          recordId: human.recordId,
          field: human.field,
          holds: 7,
          why: 'changed in the CRM since',
        }),
      ]);
      const restored = await ourFields(lab);
      for (const intent of done)
        expect(restored[intent.recordId]?.[intent.field]).toEqual(
          intent === human ? 7 : intent.oldValue,
        );

      const redone = await undoRun(lab.deps(), undone.run.id, true);
      expect(redone.skipped).toEqual([]);
      const again = await ourFields(lab);
      for (const intent of done)
        expect(again[intent.recordId]?.[intent.field]).toEqual(
          intent === human ? 7 : intent.newValue,
        );
    },
  );

  then('does not undo what a later run wrote', async () => {
    await lab.control('POST', '/clock/advance', { ms: 20 * 86_400_000 });
    const earlier = await lab.sync();
    await lab.control('POST', '/clock/advance', { ms: 40 * 86_400_000 });
    const later = await lab.sync();
    const both = new Set(
      (await listIntents(lab.store, later.run.id, 100_000))
        .filter((intent) => intent.state === 'done')
        .map((intent) => `${intent.recordId}/${intent.field}`),
    );
    const outcome = await undoRun(lab.deps(), earlier.run.id, false);
    const planned = (await listIntents(lab.store, outcome.run.id, 100_000)).filter(
      (intent) => intent.state === 'planned',
    );
    expect(planned.filter((intent) => both.has(`${intent.recordId}/${intent.field}`))).toEqual([]);
    expect(outcome.skipped.some((skip) => skip.why === 'a later run wrote it again')).toBe(true);
  });

  then(
    'quarantines what the CRM refuses in its own words, does not send it again, and tries again when told to',
    async () => {
      await lab.control('POST', '/clock/advance', { ms: 20 * 86_400_000 });
      const plan = await lab.sync({ dryRun: true });
      const [victim] = (await listIntents(lab.store, plan.run.id, 100_000)).filter(
        (intent) => intent.object === 'Account' && intent.state === 'planned',
      );
      const honest = lab.wire.fetch;
      let sent = 0;
      // The CRM refuses this one record, as an admin's rule would: it never reaches the org.
      lab.wire.fetch = async (input, init) => {
        if (init?.method !== 'PATCH' || !String(input).includes('/composite/sobjects'))
          return await honest(input, init);
        const request = JSON.parse(String(init.body)) as { records: { id: string }[] };
        const isVictim = (record: { id: string }): boolean => record.id === victim!.recordId;
        const answer = await honest(input, {
          ...init,
          body: JSON.stringify({
            ...request,
            records: request.records.filter((record) => !isVictim(record)),
          }),
        });
        const rows = (await answer.json()) as unknown[];
        const all = request.records.map((record) =>
          isVictim(record)
            ? (sent++,
              {
                success: false,
                errors: [
                  {
                    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                    message: 'Scores are frozen this week',
                    fields: [],
                  },
                ],
              })
            : rows.shift(),
        );
        return new Response(JSON.stringify(all), {
          status: answer.status,
          headers: answer.headers,
        });
      };
      const run = await lab.sync();
      expect(sent).toBe(1);
      expect(
        run.summary.applied.find((applied) => applied.object === 'Account')?.messages[0],
      ).toContain('Scores are frozen this week');
      const issues = (await listIssues(lab.store, 'lab', 100)).filter(
        (issue) => issue.kind === 'write',
      );
      expect(
        issues.every(
          (issue) =>
            issue.id === victim!.recordId && issue.message === 'Scores are frozen this week',
        ),
      ).toBe(true);
      expect(issues.length).toBeGreaterThan(0);
      const again = await lab.sync();
      expect(sent).toBe(1);
      expect(
        (await countIntents(lab.store, again.run.id)).find((counted) => counted.state === 'held')
          ?.reason,
      ).toContain('Scores are frozen this week');
      expect(await retryIssues(lab.store, 'lab', victim!.recordId)).toBe(1);
      await lab.sync();
      expect(sent).toBe(2);
      lab.wire.fetch = honest;
      await retryIssues(lab.store, 'lab', null);
      expect(written(await lab.sync())).toBeGreaterThan(0);
      expect(
        (await listIssues(lab.store, 'lab', 100)).filter((issue) => issue.kind === 'write'),
      ).toEqual([]);
    },
  );

  then('plans but does not write in shadow mode', async () => {
    await lab.control('POST', '/clock/advance', { ms: 20 * 86_400_000 });
    lab.connection = { ...lab.connection, shadow: 'all' };
    const before = await ourFields(lab);
    const outcome = await lab.sync();
    expect(written(outcome)).toBe(0);
    expect(await ourFields(lab)).toEqual(before);
    expect(
      (await countIntents(lab.store, outcome.run.id)).every((counted) => counted.state === 'held'),
    ).toBe(true);
    lab.connection = { ...lab.connection, shadow: [] };
    expect(written(await lab.sync())).toBeGreaterThan(0);
  });
});
