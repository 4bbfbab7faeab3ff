/** What runs said at a moment beside what a replay of that moment says today. */
import { and, eq } from 'drizzle-orm';
import type { RecordedStatement } from '../../src/model/record.ts';
import { statements } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { backtest } from '../../src/sync/measure/backtest.ts';
import { backtestPlace } from '../../src/sync/measure/backtest-place.ts';

type Said = Omit<RecordedStatement, 'beside'> & { beside: unknown };

const textOf = (one: Said): string =>
  JSON.stringify([
    ...[one.kind, one.subjectId, one.saidMs, one.fromMs, one.dueMs, one.goal, one.chance],
    ...[one.mean, one.low, one.middle, one.high, one.beside, one.model],
  ]);

/** Statements of the run of a Monday 00:00Z, as they are kept. */
export async function saidLive(store: Store, id: string, atMs: number): Promise<string[]> {
  const rows = await store.db
    .select()
    .from(statements)
    .where(
      and(
        eq(statements.connectionId, id),
        eq(statements.source, 'live'),
        eq(statements.saidMs, atMs),
      ),
    );
  return rows
    .map((row) => textOf({ ...row, beside: JSON.parse(row.beside) } as unknown as Said))
    .sort();
}

/** The same moment as `backtest run` makes it again; its windows must have ended. */
export async function saidAgain(store: Store, id: string, atMs: number): Promise<string[]> {
  const { judged } = await backtest(
    await backtestPlace(store, id),
    { every: 'weekly', horizon: 'quarter', fromMs: atMs, untilMs: atMs },
    () => {},
  );
  return judged.map(textOf).sort();
}
