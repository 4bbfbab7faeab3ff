import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { deals, statementOutcomes, statements } from '../../src/store/schema.ts';
import { readTrackRecord } from '../../src/store/track-record.ts';
import type { RecordedStatement } from '../../src/model/record.ts';
import {
  judgedAt,
  knownDeals,
  pastOrigin,
  replayContexts,
  sayAt,
} from '../../src/predict/index.ts';
import { readBook } from '../../src/sync/measure/backtest-book.ts';
import { backtestPlace } from '../../src/sync/measure/backtest-place.ts';
import { currentRecord } from '../../src/sync/measure/read-record.ts';
import { contextOutsideRun } from '../../src/sync/measure/measure-context.ts';
import { openLab, type Lab } from './lab.ts';

/** One company over the turn of a quarter: two runs on a day, one later, one in the new year. */
describe('what a run says is kept, and comes out', () => {
  let lab: Lab;
  const rows = async () =>
    await lab.store.db.select().from(statements).where(eq(statements.source, 'live'));
  const advance = async (days: number): Promise<void> => {
    await lab.control('POST', '/clock/advance', { days });
  };
  beforeEach(async () => {
    lab = await openLab({ partners: 3, deals: 24 });
  });
  afterEach(async () => await lab.close());

  it('keeps every score, probability and forecast once a day, and nothing of a dry run', async () => {
    await lab.sync({ dryRun: true });
    expect(await rows()).toEqual([]);
    const { summary } = await lab.sync();
    const first = await rows();
    const of = (kind: string) => first.filter((row) => row.kind === kind).length;
    expect([of('deal'), of('partner'), of('partner-forecast'), of('forecast')]).toEqual([
      summary.deals,
      ...[3, 3, 1],
    ]);
    expect(summary.forecast!.trackRecord).toMatch(
      /^replayed on the past: 80% intervals held \d+ of/,
    );
    await lab.sync();
    expect(await rows()).toEqual(first);
  });

  it('is said again to the byte when the past is replayed days later', async () => {
    await lab.sync();
    const live = await rows();
    // Without events: the world deletes a deal now and then, and what is deleted is not replayed.
    await lab.control('POST', '/clock/advance', { days: 5, world: false });
    await lab.sync();
    const { settings } = await backtestPlace(lab.store, 'lab');
    const asOfMs = live[0]!.saidMs;
    const context = await contextOutsideRun(lab.store, 'lab', settings, asOfMs);
    const money = { reportingCurrency: settings.reportingCurrency, asOfMs };
    const book = await readBook(lab.store, 'lab', money);
    const known = knownDeals(book, asOfMs);
    const past = replayContexts(context).flatMap((origin) => pastOrigin(book, origin, known) ?? []);
    const { statements: again } = judgedAt(sayAt(book, past, context), book, context);
    const text = ({ beside, ...row }: RecordedStatement): string =>
      [row.kind, row.subjectId, row.fromMs, row.dueMs, row.goal, row.chance, row.mean, row.low]
        .concat(row.middle, row.high, JSON.stringify(beside))
        .join(' ');
    const said = live.map((row) =>
      text({ ...row, beside: JSON.parse(row.beside) as object } as RecordedStatement),
    );
    expect(again.map(text).sort()).toEqual(said.sort());
  });

  it('leaves what was said as it was when it comes out, as it was known at its end', async () => {
    await lab.sync();
    await lab.control('POST', '/clock/advance', { days: 5, world: false });
    await lab.sync();
    const first = await rows();
    await advance(44);
    const { summary } = await lab.sync();
    const now = await rows();
    for (const row of first) expect(now).toContainEqual(row);
    const live = (await readTrackRecord(lab.store, 'lab', 'live'))!.record;
    expect(live.chances.map(({ kind }) => kind)).toContain('deal');
    expect(summary.forecast!.trackRecord).toMatch(/80% intervals held \d of/);
    const said = first.filter(({ kind }) => kind === 'forecast').at(0)!;
    const [came] = await lab.store.db
      .select({ amount: statementOutcomes.amount })
      .from(statementOutcomes)
      .where(and(eq(statementOutcomes.kind, 'forecast'), eq(statementOutcomes.slot, said.slot)));
    const { past = [] } = (await currentRecord(lab.store, 'lab', 'live', said.dueMs))!;
    const { subjectId: period, saidMs, dueMs, low, middle, high } = said;
    expect(past).toContainEqual({ period, saidMs, dueMs, low, middle, high, ...came });
    const outcomes = await lab.store.db
      .select({ id: deals.id, happened: statementOutcomes.happened, closedAt: deals.closedAt })
      .from(statementOutcomes)
      .innerJoin(
        deals,
        and(eq(deals.id, statementOutcomes.subjectId), eq(statementOutcomes.kind, 'deal')),
      );
    expect(outcomes.length).toBeGreaterThan(8);
    const quarterEnd = Date.parse('2027-01-01T00:00:00Z');
    for (const { happened, closedAt } of outcomes)
      if (happened === 1) expect(closedAt).toBeLessThan(quarterEnd + 86_400_000);
    expect(outcomes.some(({ happened }) => happened === 0)).toBe(true);
  });

  it('settles each statement once', async () => {
    await lab.sync();
    await advance(44);
    await lab.sync();
    const before = await lab.store.db.select().from(statementOutcomes);
    expect(before.length).toBeGreaterThan(8);
    await lab.sync();
    expect(await lab.store.db.select().from(statementOutcomes)).toEqual(before);
  });
});
