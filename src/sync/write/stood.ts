import type { CrmRow } from '../../model/connector.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import type { LedgerEntry } from '../../store/intents.ts';
import { sameValue } from '../../writeback/precision.ts';
import type { RunContext } from '../run/context.ts';

/**
 * At which stamp of its record a value of ours was seen to stand, in fields that people write too.
 * The CRM's stamp is compared with itself only: where it is still the same and the value is gone,
 * nobody has saved the record, and set-up took the value.
 */

/** Fields of an object that people and Headwater write; none where a save may move no stamp. */
export const sharedFields = (
  { mapping, features }: { mapping: CompiledMapping; features: RunContext['features'] },
  object: string,
): string[] =>
  features.savesMoveStamp === true
    ? mapping.writes
        .filter((write) => write.object === object)
        .flatMap((write) => write.fields)
        .flatMap(({ owner, field }) => (owner === 'shared' ? [field] : []))
    : [];

export const untouched = (entry: LedgerEntry, row: CrmRow): boolean =>
  entry.stoodMs !== null && entry.stoodMs === row.stampMs;

/**
 * Entries whose value these rows show, each with the stamp of its row. `seenMs`: the CRM's clock
 * before the rows were read. A save may be seen long after its stamp (a transaction that commits
 * late), so that a stamp which is not yet over for good tells nothing.
 */
export function standing(
  rows: ReadonlyMap<string, CrmRow>,
  ledger: ReadonlyMap<string, LedgerEntry>,
  fields: readonly string[],
  seenMs: number,
  { stampResolutionMs, settleMs }: RunContext['features'],
): LedgerEntry[] {
  return [...rows.values()].flatMap((row) => {
    if (row.deleted || row.stampMs + stampResolutionMs + settleMs > seenMs) return [];
    return fields.flatMap((field) => {
      const entry = ledger.get(`${row.id}/${field}`);
      const holds = row.fields[field];
      return entry === undefined ||
        entry.stoodMs === row.stampMs ||
        entry.value === null ||
        holds === undefined ||
        !sameValue(entry.value, holds)
        ? []
        : [{ ...entry, stoodMs: row.stampMs }];
    });
  });
}
