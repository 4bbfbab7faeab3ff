import type { JudgedStatement } from '../../model/record.ts';
import { DAY_MS } from '../math/time.ts';
import { RECORD_UNIT_DAYS } from '../tuning.ts';

/** Statements that stand and fall together. */
export interface Unit<T> {
  subject: string;
  said: T[];
}

type Placed = Pick<JudgedStatement, 'subjectId' | 'dueMs'>;

const groups = <T extends Placed>(statements: readonly T[], key: (one: T) => string): Unit<T>[] =>
  [...Map.groupBy(statements, key)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, said]) => ({ subject: said[0]!.subjectId, said }));

/**
 * What was said of one subject by about one date, however often: a deal that was said 25% on sixty
 * days is one deal.
 */
export const unitsOf = <T extends Placed>(statements: readonly T[]): Unit<T>[] =>
  groups(
    statements,
    (one) => `${Math.floor(one.dueMs / (RECORD_UNIT_DAYS * DAY_MS))} ${one.subjectId}`,
  );

/** All that was said of one subject: what a deal gains over the years is one fortune. */
export const subjectsOf = <T extends Placed>(statements: readonly T[]): Unit<T>[] =>
  groups(statements, (one) => one.subjectId);
