import {
  STATEMENT_KINDS,
  type JudgedStatement,
  type StatementSource,
  type TrackRecord,
} from '../../model/record.ts';
import { amountRecord } from './amounts.ts';
import { chanceRecord } from './chances.ts';
import { optimismByPartner } from './optimism.ts';

/** What is known of all statements of a source without reading them. */
export type StatementCounts = Omit<TrackRecord, 'source' | 'chances' | 'amounts' | 'partners'>;

/** How all statements came out whose window has ended. */
export function trackRecord(
  source: StatementSource,
  counts: StatementCounts,
  judged: readonly JudgedStatement[],
): TrackRecord {
  const told = judged.filter((one) => one.happened !== null || one.amount !== null);
  const byKind = Map.groupBy(told, (one) => one.kind);
  const of = <T>(
    record: (kind: JudgedStatement['kind'], own: JudgedStatement[]) => T | null,
  ): T[] => STATEMENT_KINDS.flatMap((kind) => record(kind, byKind.get(kind) ?? []) ?? []);
  return {
    source,
    ...counts,
    chances: of(chanceRecord),
    amounts: of(amountRecord),
    partners: optimismByPartner(told),
  };
}
