import { localPage, saveLocal, saveMapped, saveRejects } from '../store/rows.ts';
import { rowHash } from './commit.ts';
import type { RunContext } from './context.ts';

const REMAP_PAGE = 1000;

/** Maps the local copy afresh with the current mapping; not one API call. Only rows that another version mapped are touched. */
export async function remapLocal(context: RunContext): Promise<{ rows: number; rejected: number }> {
  const { store, connectionId, mapping } = context;
  const result = { rows: 0, rejected: 0 };
  for (const stream of mapping.streams) {
    for (let after = ''; ;) {
      const page = await localPage(store, connectionId, stream.object, after, REMAP_PAGE, mapping.version);
      if (page.length === 0) break;
      const mapped = page.map(({ row }) => mapping.mapRow(row));
      const rejects = mapped.flatMap((one) => one.rejects);
      await store.batch([
        ...saveLocal(store, connectionId, page.map(({ row }) => ({ row, hash: rowHash(row) })), mapping.version, context.nowMs()),
        ...saveMapped(store, connectionId, mapped.flatMap((one) => one.rows), context.nowMs()),
        ...saveRejects(store, connectionId, page.map(({ row }) => row), rejects, context.runId, context.nowMs()),
      ]);
      result.rows += page.length;
      result.rejected += new Set(rejects.map((reject) => reject.id)).size;
      context.progress({ kind: 'rows', step: 're-map', object: stream.object, rows: result.rows, changed: result.rows, totalRows: null });
      after = page.at(-1)!.row.id;
    }
  }
  return result;
}
