import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import type { PastForecast, StatementKind, StatementSource } from '../model/record.ts';
import { statementOutcomes, statements } from './schema.ts';
import { outcomeOfStatement } from './statements.ts';
import type { Store } from './store.ts';

const WEEK_DAYS = 7;
/** A year of weeks: more of them nobody reads in one table. */
const MOST = 52;
const KIND: StatementKind = 'forecast';

/** Forecasts of the whole quarter that have come out, the first of each week, newest first. */
export async function pastForecasts(
  store: Store,
  connectionId: string,
  source: StatementSource,
): Promise<PastForecast[]> {
  const found = await store.db
    .select({
      period: statements.subjectId,
      saidMs: statements.saidMs,
      dueMs: statements.dueMs,
      low: statements.low,
      middle: statements.middle,
      high: statements.high,
      amount: statementOutcomes.amount,
      // SQLite gives the other columns of the row that has the minimum
      // (https://www.sqlite.org/lang_select.html#bareagg).
      first: sql<number>`min(${statements.slot})`,
    })
    .from(statements)
    .innerJoin(statementOutcomes, outcomeOfStatement)
    .where(
      and(
        eq(statements.connectionId, connectionId),
        eq(statements.source, source),
        eq(statements.kind, KIND),
        isNotNull(statementOutcomes.amount),
        isNotNull(statements.middle),
      ),
    )
    .groupBy(statements.subjectId, sql`${statements.slot} / ${WEEK_DAYS}`)
    .orderBy(desc(statements.saidMs))
    .limit(MOST);
  return found.flatMap(({ first: _, low, middle, high, amount, ...said }) =>
    low === null || middle === null || high === null || amount === null
      ? []
      : [{ ...said, low, middle, high, amount }],
  );
}
