import type { CrmRow } from '../../model/connector.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { ledgerOf, saveStood, type Intent, type LedgerEntry } from '../../store/intents.ts';
import { sameValue } from '../../writeback/precision.ts';
import { readByIds } from '../read/read-all.ts';
import type { RunContext } from '../run/context.ts';

/**
 * At which stamp of its record a value of ours was seen to stand, in fields that people write too.
 * The CRM's stamp is compared with itself only: where it is still the same and the value is gone,
 * nobody has saved the record, and set-up took the value.
 */

/** A CRM tells its time in whole seconds; after one of them the stamps of our writes are over. */
const CLOCK_TICK_MS = 1_000;

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
 * before the rows were read; a later save may still get a stamp that is not yet over, and then the
 * stamp tells nothing.
 */
export function standing(
  rows: ReadonlyMap<string, CrmRow>,
  ledger: ReadonlyMap<string, LedgerEntry>,
  fields: readonly string[],
  seenMs: number,
  { stampResolutionMs }: RunContext['features'],
): LedgerEntry[] {
  return [...rows.values()].flatMap((row) => {
    if (row.deleted || row.stampMs + stampResolutionMs > seenMs) return [];
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

/**
 * Looks once more at the shared fields of records that were just written, whichever field it was:
 * not every CRM tells the stamp that a write gave the record, and set-up may empty a field before
 * the next run sees it.
 */
export async function noteStood(
  context: RunContext,
  object: string,
  done: readonly Intent[],
): Promise<void> {
  const { store, session, servedId, features } = context;
  const fields = sharedFields(context, object);
  const ids = [...new Set(done.map(({ recordId }) => recordId))];
  if (fields.length === 0 || ids.length === 0) return;
  await context.sleep(Math.max(features.stampResolutionMs, CLOCK_TICK_MS));
  const seenMs = await session.serverTimeMs();
  const rows = await readByIds(session, { object, fields }, ids);
  const ledger = await ledgerOf(store, servedId, object, ids);
  const entries = standing(rows, ledger, fields, seenMs, features);
  await store.batch(saveStood(store, servedId, object, entries));
}
