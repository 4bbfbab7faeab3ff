import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { listIntents, type Intent } from '../../src/store/intents.ts';
import { dealScores, partnerScores } from '../../src/store/schema.ts';
import { undoRun } from '../../src/sync/run/replan.ts';
import { openLab, type Lab } from './lab.ts';
import { story } from '../story.ts';

const written = (outcome: { summary: { applied: { fields: number }[] } }): number =>
  outcome.summary.applied.reduce((sum, applied) => sum + applied.fields, 0);
const OWNED = /^HW_(?!Deal_Health__c)/;

/** Our fields of a record that hold something. */
function filled(lab: Lab, id: string): string[] {
  return Object.entries(lab.sandbox.org.find(id)!.row)
    .filter(([name, value]) => name.startsWith('HW_') && value !== null && value !== '')
    .map(([name]) => name)
    .sort();
}

function edit(
  lab: Lab,
  object: string,
  id: string,
  fields: Record<string, string | number | null>,
): void {
  const saved = lab.sandbox.org.update(
    lab.sandbox.org.userByName(lab.sandbox.username)!,
    object,
    id,
    fields,
  );
  if (!saved.ok) throw new Error(JSON.stringify(saved.faults));
}

const intentsOf = async (lab: Lab, runId: string, id: string): Promise<Intent[]> =>
  (await listIntents(lab.store, runId, 100_000)).filter((intent) => intent.recordId === id);

describe('a record that has no score any more', () => {
  let lab: Lab;
  let deals: string[];
  let partner: string;
  beforeAll(async () => {
    lab = await openLab({ seed: 31, partners: 6, deals: 60 });
    lab.mapping.text = lab.mapping.text
      .replace('{ value: deal.health }', '{ value: deal.health, owner: shared }')
      .replace('- { field: IsPartner, optional: true, is: true }', '');
    const first = await lab.sync();
    deals = (
      await lab.store.db
        .select({ id: dealScores.dealId })
        .from(dealScores)
        .where(eq(dealScores.runId, first.run.id))
        .orderBy(dealScores.dealId)
    ).map((row) => row.id);
    partner = (
      await lab.store.db
        .select({ id: partnerScores.partnerId })
        .from(partnerScores)
        .where(and(eq(partnerScores.runId, first.run.id)))
        .orderBy(partnerScores.partnerId)
    )[0]!.id;
  });
  afterAll(async () => {
    await lab.close();
  });

  const then = story('loses, keeps and regains it');
  then(
    'loses what Headwater wrote: a closed deal, a former partner; what is shared or typed by a person stays',
    async () => {
      const [closed, typed] = [deals[0]!, deals[1]!];
      const before = filled(lab, closed);
      expect(before.filter((name) => OWNED.test(name)).length).toBeGreaterThan(1);
      expect(before).toContain('HW_Deal_Health__c');
      expect(filled(lab, partner).length).toBeGreaterThan(3);
      edit(lab, 'Opportunity', closed, { StageName: 'Closed Lost' });
      edit(lab, 'Opportunity', typed, { StageName: 'Closed Lost', HW_Win_Probability__c: 12.5 });
      edit(lab, 'Account', partner, { Type: 'Customer - Direct' });
      await lab.control('POST', '/clock/advance', { ms: 2000, world: false });

      const plan = await lab.sync({ dryRun: true });
      expect(
        (await intentsOf(lab, plan.run.id, closed)).map(({ field, newValue, state }) => [
          field,
          newValue,
          state,
        ]),
      ).toEqual(before.filter((name) => OWNED.test(name)).map((field) => [field, null, 'planned']));
      expect(filled(lab, closed)).toEqual(before);

      const run = await lab.sync();
      expect(filled(lab, closed)).toEqual(['HW_Deal_Health__c']);
      expect(filled(lab, typed)).toEqual(['HW_Deal_Health__c', 'HW_Win_Probability__c']);
      expect(filled(lab, partner)).toEqual([]);
      expect(written(await lab.sync())).toBe(0);

      await undoRun(lab.deps(), run.run.id, true);
      expect(filled(lab, closed)).toEqual(before);
    },
  );

  then('keeps it where the mapping says so, and in shadow', async () => {
    const closed = deals[2]!;
    await lab.sync();
    const before = filled(lab, closed);
    edit(lab, 'Opportunity', closed, { StageName: 'Closed Lost' });
    await lab.control('POST', '/clock/advance', { ms: 2000, world: false });
    lab.connection = { ...lab.connection, shadow: 'all' };
    const shadowed = await lab.sync();
    expect((await intentsOf(lab, shadowed.run.id, closed)).map((intent) => intent.state)).toEqual(
      before.filter((name) => OWNED.test(name)).map(() => 'held'),
    );
    expect(filled(lab, closed)).toEqual(before);
    lab.connection = { ...lab.connection, shadow: [] };
    lab.mapping.text = lab.mapping.text
      .replace('{ value: deal.winProbability }', '{ value: deal.winProbability, whenGone: keep }')
      .replace('owner: shared }', 'owner: shared, whenGone: clear }');
    await lab.sync();
    expect(filled(lab, closed)).toEqual(['HW_Win_Probability__c']);
  });

  then('is scored again when it comes back', async () => {
    edit(lab, 'Account', partner, { Type: 'Channel Partner / Reseller' });
    await lab.control('POST', '/clock/advance', { ms: 2000, world: false });
    await lab.sync();
    expect(filled(lab, partner).length).toBeGreaterThan(3);
  });
});

describe('very many records that lose their score at once', () => {
  it('wait for a person: a wrong condition looks like that', async () => {
    const lab = await openLab({ seed: 5, partners: 24, deals: 40 });
    await lab.sync();
    const right = lab.mapping.text;
    const scored = (
      await lab.store.db.select({ id: partnerScores.partnerId }).from(partnerScores)
    ).map((row) => row.id);
    const before = scored.map((id) => filled(lab, id));
    expect(scored.length).toBeGreaterThan(20);
    lab.mapping.text = right
      .replace(
        'in: [Channel Partner / Reseller, Technology Partner, Installation Partner] }',
        'is: Nobody }',
      )
      .replace('- { field: IsPartner, optional: true, is: true }', '');
    expect(lab.mapping.text).toContain('is: Nobody');
    const held = await lab.sync();
    expect(scored.map((id) => filled(lab, id))).toEqual(before);
    expect(
      (await intentsOf(lab, held.run.id, scored[0]!)).map(({ state, reason }) => [
        state,
        reason?.includes('maxAbsentPercent'),
      ]),
    ).toEqual(before[0]!.map(() => ['held', true]));
    lab.connection = {
      ...lab.connection,
      limits: { ...lab.connection.limits, maxAbsentPercent: 100 },
    };
    await lab.sync();
    expect(scored.flatMap((id) => filled(lab, id))).toEqual([]);
    await lab.close();
  });
});
