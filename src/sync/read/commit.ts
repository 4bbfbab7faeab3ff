import { canonicalJson, contentHash } from '../../model/canonical.ts';
import type { CrmRow } from '../../model/connector.ts';
import type { CompiledMapping } from '../../model/mapping.ts';
import { textOf } from '../../model/value.ts';
import { releaseRecords, saveRejects } from '../../store/issues.ts';
import { rowHashes, saveLocal, saveMapped } from '../../store/rows.ts';
import type { Statement, Store } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';
import { lightEnough } from './heavy-row.ts';

export interface PageChange {
  statements: Statement[];
  /** Rows that differ from what we hold. */
  changed: number;
  rejected: number;
}

/**
 * Of everything that matters about a row; its stamp doesn't, because a
 * touched row is not a changed one.
 */
export const rowHash = (row: CrmRow): string =>
  contentHash(
    canonicalJson({
      fields: row.fields,
      links: row.links ?? null,
      history: row.history ?? null,
      ...(row.spelt === undefined ? {} : { spelt: row.spelt }),
      deleted: row.deleted,
      mergedIntoId: row.mergedIntoId,
    }),
  );

const keeps = (value: unknown): boolean =>
  value === null ||
  typeof value === 'string' ||
  typeof value === 'boolean' ||
  (typeof value === 'number' && Number.isFinite(value));

/**
 * JSON has no word for some values that a connector may hand over (NaN, a big integer), and would
 * keep them as empty: they are kept as the text that they show, for the mapping to refuse.
 */
function storable(row: CrmRow): CrmRow {
  if (Object.values(row.fields).every(keeps)) return row;
  return {
    ...row,
    fields: Object.fromEntries(
      Object.entries(row.fields).map(([name, value]) => [
        name,
        keeps(value) || value === undefined ? value : textOf(value),
      ]),
    ),
  };
}

/**
 * The writes that bring the local copy and the model up to these rows. Unchanged rows only move
 * their stamp (receipts count by it); an older row never replaces a newer one; a failed
 * association read keeps what we knew.
 */
export async function changeOfPage(
  store: Store,
  connectionId: string,
  mapping: CompiledMapping,
  object: string,
  rows: CrmRow[],
  runId: string,
  { nowMs, asOfMs }: Pick<RunContext, 'nowMs' | 'asOfMs'>,
): Promise<PageChange> {
  const seenMs = nowMs();
  const newest = new Map<string, CrmRow>();
  for (const row of rows.map(storable).map(lightEnough))
    if ((newest.get(row.id)?.stampMs ?? -Infinity) <= row.stampMs) newest.set(row.id, row);
  const known = await rowHashes(store, connectionId, object, [...newest.keys()]);
  const fresh = [...newest.values()]
    .map((row) => ({ row, hash: rowHash(row) }))
    .filter(({ row }) => (known.get(row.id)?.stampMs ?? -Infinity) <= row.stampMs);
  const differs = fresh.filter(({ row, hash }) => known.get(row.id)?.hash !== hash);
  const unmapped = fresh.filter(
    ({ row, hash }) =>
      known.get(row.id)?.hash !== hash || known.get(row.id)?.mapping !== mapping.version,
  );
  const moved = fresh.filter(
    ({ row, hash }) =>
      known.get(row.id)?.hash === hash &&
      known.get(row.id)!.stampMs < row.stampMs &&
      known.get(row.id)!.mapping === mapping.version,
  );
  const results = unmapped.map(({ row }) => mapping.mapRow(row));
  const rejects = results.flatMap((result) => result.rejects);
  return {
    changed: differs.length,
    rejected: new Set(rejects.map((reject) => reject.id)).size,
    statements: [
      ...saveLocal(store, connectionId, [...unmapped, ...moved], mapping.version, seenMs),
      ...saveMapped(
        store,
        connectionId,
        results.flatMap((result) => result.rows),
        seenMs,
        // The run that finds it gone says nothing of it any more.
        asOfMs,
      ),
      ...(mapping.writes.some((write) => write.object === object)
        ? releaseRecords(
            store,
            connectionId,
            object,
            [...differs, ...moved].map(({ row }) => row.id),
          )
        : []),
      ...(unmapped.length === 0
        ? []
        : saveRejects(
            store,
            connectionId,
            unmapped.map(({ row }) => row),
            rejects,
            runId,
            seenMs,
          )),
    ],
  };
}
