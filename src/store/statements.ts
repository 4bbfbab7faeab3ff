import { and, asc, eq, getTableColumns, gt, lte, sql } from 'drizzle-orm';
import type {
  JudgedStatement,
  RecordedStatement,
  StatementKind,
  StatementOutcome,
  StatementSource,
} from '../model/record.ts';
import { upsertRows } from './json-batch.ts';
import { given, preparedRead, preparedSql } from './prepared.ts';
import { statementOutcomes, statements } from './schema.ts';
import type { Statement, Store } from './store.ts';
import { DAY_MS } from '../model/time.ts';

/** How what came of a statement stands beside it. */
export const outcomeOfStatement = and(
  eq(statementOutcomes.connectionId, statements.connectionId),
  eq(statementOutcomes.source, statements.source),
  eq(statementOutcomes.kind, statements.kind),
  eq(statementOutcomes.subjectId, statements.subjectId),
  eq(statementOutcomes.slot, statements.slot),
);

const WEEK_DAYS = 7;

export interface StatementKey {
  kind: StatementKind;
  subjectId: string;
  slot: number;
}

/** `everyDays`: what is said again within so many days is not kept twice. */
export const slotOf = (saidMs: number, everyDays = 1): number => {
  const day = Math.floor(saidMs / DAY_MS);
  return day - (day % everyDays);
};

/** Adds statements; one that is there already stays as it was said. */
export const saveStatements = (
  store: Store,
  place: { connectionId: string; source: StatementSource; runId: string },
  said: RecordedStatement[],
  everyDays = 1,
): Statement[] =>
  upsertRows(
    store,
    statements,
    said.map((one) => ({
      ...place,
      ...one,
      slot: slotOf(one.saidMs, everyDays),
      beside: JSON.stringify(one.beside),
    })),
    { ignore: true },
  );

export const saveOutcomes = (
  store: Store,
  place: { connectionId: string; source: StatementSource; runId: string },
  outcomes: (StatementKey & StatementOutcome)[],
): Statement[] =>
  upsertRows(
    store,
    statementOutcomes,
    outcomes.map(({ kind, subjectId, slot, happened, amount }) => ({
      ...place,
      kind,
      subjectId,
      slot,
      happened: happened === null ? null : Number(happened),
      amount,
    })),
    { ignore: true },
  );

type Row = typeof statements.$inferSelect;
const toStatement = (row: Row): RecordedStatement & StatementKey => {
  const { connectionId: _, source: _source, runId: _run, beside, kind, ...rest } = row;
  return {
    ...rest,
    kind: kind as StatementKind,
    beside: JSON.parse(beside) as RecordedStatement['beside'],
  };
};

const dueBetween = preparedRead(getTableColumns(statements), (select) =>
  select
    .from(statements)
    .where(
      and(
        eq(statements.connectionId, given('connectionId')),
        eq(statements.source, given('source')),
        eq(statements.kind, given('kind')),
        gt(statements.dueMs, given('afterMs')),
        lte(statements.dueMs, given('untilMs')),
        gt(statements.subjectId, given('afterId')),
      ),
    )
    .orderBy(asc(statements.subjectId), asc(statements.slot))
    .limit(given('limit')),
);

/**
 * Statements of a source and kind whose window ended in (afterMs, untilMs], in the order of their
 * subjects. A page ends with a whole subject, unless one alone is longer.
 */
export async function dueStatements(
  store: Store,
  window: {
    connectionId: string;
    source: StatementSource;
    kind: StatementKind;
    afterMs: number;
    untilMs: number;
  },
  afterId: string,
  limit: number,
): Promise<{ page: (RecordedStatement & StatementKey)[]; more: boolean }> {
  const found = await dueBetween(store, { ...window, afterId, limit });
  const rows = found.map(toStatement);
  if (rows.length < limit) return { page: rows, more: false };
  const last = rows.at(-1)!.subjectId;
  const whole = rows.filter((row) => row.subjectId !== last);
  return { page: whole.length > 0 ? whole : rows, more: true };
}

const { connectionId: _c, ...columns } = getTableColumns(statements);
const judgedAfter = preparedRead(
  {
    ...columns,
    happened: statementOutcomes.happened,
    amount: statementOutcomes.amount,
    // One a week is enough, and SQLite gives the other columns of the row that has the minimum
    // (https://www.sqlite.org/lang_select.html#bareagg).
    first: sql<number>`min(${statements.slot})`,
  },
  (select) =>
    select
      .from(statements)
      .innerJoin(statementOutcomes, outcomeOfStatement)
      .where(
        and(
          eq(statements.connectionId, given('connectionId')),
          eq(statements.source, given('source')),
          sql`(${statements.kind}, ${statements.subjectId}) > (${given('kind')}, ${given('subjectId')})`,
        ),
      )
      .groupBy(statements.kind, statements.subjectId, sql`${statements.slot} / ${WEEK_DAYS}`)
      .orderBy(asc(statements.kind), asc(statements.subjectId))
      .limit(given('limit')),
);

/** Rows of one read, and how many are judged in all: some years of a large company. */
const JUDGED_PAGE = 5000;
const MOST_JUDGED = 300_000;

/** Statements of a source that have come out, one a week of each subject. */
export async function judgedStatements(
  store: Store,
  connectionId: string,
  source: StatementSource,
): Promise<JudgedStatement[]> {
  const found: JudgedStatement[] = [];
  let [kind, subjectId] = ['', ''];
  while (found.length < MOST_JUDGED) {
    const rows = await judgedAfter(store, {
      ...{ connectionId, source, kind, subjectId },
      limit: JUDGED_PAGE,
    });
    const full = rows.length === JUDGED_PAGE;
    const last = rows.at(-1);
    // The next page begins behind a whole subject.
    const whole = full
      ? rows.filter((row) => row.kind !== last!.kind || row.subjectId !== last!.subjectId)
      : rows;
    const used = whole.length > 0 ? whole : rows;
    for (const { happened, amount, first: _first, ...row } of used) {
      const { slot: _slot, ...said } = toStatement({ ...row, connectionId });
      found.push({ ...said, happened: happened === null ? null : happened === 1, amount });
    }
    if (!full) break;
    ({ kind, subjectId } = used.at(-1)!);
  }
  return found;
}

const counted = preparedRead(
  {
    statements: sql<number>`count(*)`,
    ended: sql<number>`coalesce(sum(${statements.dueMs} <= ${given('atMs')}), 0)`,
    sinceMs: sql<number | null>`min(${statements.saidMs})`,
    nextDueMs: sql<
      number | null
    >`min(case when ${statements.dueMs} > ${given('atMs')} then ${statements.dueMs} end)`,
  },
  (select) =>
    select
      .from(statements)
      .where(
        and(
          eq(statements.connectionId, given('connectionId')),
          eq(statements.source, given('source')),
        ),
      ),
);

const told = preparedRead({ n: sql<number>`count(*)` }, (select) =>
  select
    .from(statementOutcomes)
    .where(
      and(
        eq(statementOutcomes.connectionId, given('connectionId')),
        eq(statementOutcomes.source, given('source')),
        sql`coalesce(${statementOutcomes.happened}, ${statementOutcomes.amount}) is not null`,
      ),
    ),
);

/** How many statements there are, how many have ended by `atMs`, and when the next one does. */
export async function countStatements(
  store: Store,
  connectionId: string,
  source: StatementSource,
  atMs: number,
): Promise<{
  statements: number;
  ended: number;
  /** Ended, and nobody can say how: the deal is gone, or its stage is in no list. */
  untold: number;
  sinceMs: number | null;
  nextDueMs: number | null;
}> {
  const [sums] = await counted(store, { connectionId, source, atMs });
  const [known] = await told(store, { connectionId, source });
  return { ...sums!, untold: Math.max(0, sums!.ended - known!.n) };
}

const replayedOf = (table: typeof statements | typeof statementOutcomes) =>
  preparedSql(
    sql`delete from ${table} where connection_id = ${given('connectionId')} and source = 'replayed'`,
  );
const drops = [replayedOf(statementOutcomes), replayedOf(statements)];

/** A replay is made anew each time; what a run said is never deleted. */
export const dropReplayed = (connectionId: string): Statement[] =>
  drops.map((drop) => drop({ connectionId }));
