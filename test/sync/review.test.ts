/** The pack for a review with a partner: what it says, and what it never says to the partner. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packFiles } from '../../src/cli/review-html/files.ts';
import { ENTITIES } from '../../src/model/entities.ts';
import { safePack } from '../../src/model/partner-safe.ts';
import type { ReviewPack } from '../../src/model/review.ts';
import { speechOf } from '../../src/predict/index.ts';
import { scoredIds } from '../../src/store/past-results.ts';
import { dealScorePage } from '../../src/store/results.ts';
import { ENTITY_TABLES } from '../../src/store/schema.ts';
import { reviewPack } from '../../src/sync/measure/review.ts';
import { reviewPlace, type ReviewPlace } from '../../src/sync/measure/review-place.ts';
import { openLab, type Lab } from './lab.ts';

let lab: Lab;
let place: ReviewPlace;
let packs: ReviewPack[];

async function readPacks(): Promise<void> {
  place = await reviewPlace(lab.store, 'lab', null);
  const ids = await scoredIds(lab.store, 'lab', place.run.runId);
  packs = [];
  for (const id of ids) packs.push((await reviewPack(place, id))!);
}

beforeAll(async () => {
  lab = await openLab({ seed: 5, partners: 6, deals: 200 });
  await lab.sync();
  await readPacks();
});
afterAll(() => lab.close());

describe('a review pack', () => {
  it('gives each open deal the chance that stands in the results', async () => {
    const said = await dealScorePage(lab.store, 'lab', place.run.runId, '', 1000);
    const chance = new Map(said.map((one) => [one.dealId, one.probability]));
    const deals = packs.flatMap(({ internal }) => internal!.stages.flatMap((one) => one.deals));
    expect(deals.length).toBeGreaterThan(20);
    for (const { id, probability } of deals) expect(probability).toBe(chance.get(id));
  });
  it('adds the drivers up to the score, and stages up to their deals', () => {
    for (const { internal } of packs) {
      const { score, drivers, stages } = internal!;
      const sum = drivers.reduce((all, { points }) => all + points, score.base);
      expect(sum).toBeCloseTo(score.score, 6);
      for (const { deals, expected } of stages)
        expect(deals.reduce((all, one) => all + one.expected, 0)).toBeCloseTo(expected, 6);
    }
  });
  it('says why for each target behind its pace, on both sides, and for no other', () => {
    const targets = packs.flatMap(({ internal }) => internal!.targets);
    const behind = targets.filter(({ pace }) => pace !== null && pace < 1);
    expect(new Set(behind.map(({ side }) => side))).toEqual(new Set(['partner', 'vendor']));
    for (const { why } of behind) expect(why.length).toBeGreaterThan(0);
    for (const { pace, why } of targets) if (pace !== null && pace >= 1) expect(why).toEqual([]);
  });
  it('proposes amounts with the chance that each is reached, harder ones less likely', () => {
    const proposed = packs.map(({ internal }) =>
      internal!.proposals.filter(({ metric }) => metric === 'won_amount'),
    );
    expect(proposed.every((own) => own.length > 0)).toBe(true);
    const pairs = proposed.filter((own) => own.length === 2);
    expect(pairs.length).toBeGreaterThan(1);
    for (const [likely, hard] of pairs) {
      expect(hard!.proposed).toBeGreaterThan(likely!.proposed);
      expect(hard!.reach!).toBeLessThan(likely!.reach!);
      expect(hard!.difficulty!).toBeLessThan(likely!.difficulty!);
      // One large deal may lift it above what was asked for.
      expect(likely!.reach!).toBeGreaterThan(0.45);
      expect(hard!.reach!).toBeGreaterThan(0.2);
    }
  });
});

/** Words that decide what a row is, or that the pack is written in: anything else breaks it. */
const VOCABULARY = [
  ...[
    'currency',
    'code',
    'side',
    'state',
    'status',
    'registrationStatus',
    'kind',
    'metric',
    'role',
  ],
  ...['stage', 'key', 'pipeline', 'resolvedSide'],
];
const mark = (entity: string, field: string): string => `MARK_${entity}_${field}_`;
const DAY = '1999-02-03';

interface Planted {
  /** What stands in a field, as the export would show it. */
  texts: Map<string, string>;
  figures: Map<string, string>;
}

/** Marks every field that no row hangs on: texts, figures, and days of a year of their own. */
async function plant(): Promise<Planted> {
  const planted: Planted = { texts: new Map(), figures: new Map() };
  const set = async (table: string, column: string, sql: string): Promise<void> =>
    await lab.store.batch([
      { toSQL: () => ({ sql: `update "${table}" set "${column}" = ${sql}`, params: [] }) },
    ]);
  for (const [entity, { fields }] of Object.entries(ENTITIES)) {
    const table = ENTITY_TABLES[entity as keyof typeof ENTITY_TABLES];
    const columns = getTableColumns(table) as Record<string, { name: string }>;
    for (const [field, { type }] of Object.entries(fields)) {
      const own = `${entity}.${field}`;
      const column = columns[field]!.name;
      if (type === 'text' && !VOCABULARY.includes(field)) {
        planted.texts.set(own, mark(entity, field));
        await set(getTableName(table), column, `'${mark(entity, field)}' || id`);
      }
      if ((type === 'number' || type === 'money') && entity !== 'stage' && entity !== 'rate') {
        const figure = `${700_000 + 1009 * planted.figures.size}.25`;
        planted.figures.set(own, figure);
        await set(getTableName(table), column, figure);
      }
      if (type === 'date' && !['plan', 'deal', 'milestone', 'dealEvent', 'rate'].includes(entity))
        await set(getTableName(table), column, `'${DAY}'`);
    }
  }
  // Else the plans would stand as they were agreed.
  await lab.store.batch([{ toSQL: () => ({ sql: 'delete from plan_revisions', params: [] }) }]);
  return planted;
}

const textOf = (pack: ReviewPack): string => {
  const speech = speechOf(place.moment.context);
  return [JSON.stringify(pack), ...packFiles(pack, speech).map(([, text]) => text)].join('\n');
};

describe('a pack that may go to the partner', () => {
  it('holds no field of any entity but those that are listed as safe', async () => {
    const planted = await plant();
    await lab.sync();
    await readPacks();
    const texts = packs.map((pack) => textOf(safePack(pack))).join('\n');
    const found = (of: Map<string, string>): string[] =>
      [...of].filter(([, marked]) => texts.includes(marked)).map(([own]) => own);
    expect(found(planted.texts)).toEqual([
      ...['partner.name', 'deal.name', 'plan.name', 'target.label', 'milestone.label'],
      'stage.label',
    ]);
    expect(found(planted.figures)).toEqual([
      // A deal's amount is what its history says last.
      ...['dealEvent.amount', 'target.goal', 'target.actual'],
    ]);
    expect(texts).not.toContain(DAY);
    // What our own side reads has more, or this would prove nothing.
    const own = packs.map(textOf).join('\n');
    expect(own).toContain(planted.texts.get('user.name'));
    for (const { internal } of packs)
      for (const { text } of internal!.drivers) expect(texts).not.toContain(text);
    expect(texts).not.toMatch(/score|probability|chance|stall/i);
  });
});
