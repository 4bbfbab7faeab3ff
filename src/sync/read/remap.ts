import { saveRejects } from '../../store/issues.ts';
import { localPage, saveLocal, saveMapped } from '../../store/rows.ts';
import { rowHash } from './commit.ts';
import type { RunContext } from '../run/context.ts';
import { REMAP_PAGE, REMAP_PAGES_PER_STEP } from '../run/limits.ts';

export interface RemapStep {
  rows: number;
  rejected: number;
  done: boolean;
}

/**
 * Maps rows of the local copy that another version of the mapping mapped; not one API call. Mapped
 * rows no longer qualify, so every step starts at the front; its pages follow one another, which
 * spares looking at them again.
 */
export async function remapLocal(context: RunContext, object: string): Promise<RemapStep> {
  const { store, connectionId, mapping } = context;
  const result: RemapStep = { rows: 0, rejected: 0, done: false };
  let after = '';
  for (let n = 0; n < REMAP_PAGES_PER_STEP && !result.done; n++) {
    const page = await localPage(store, connectionId, object, after, REMAP_PAGE, mapping.version);
    result.done = page.length < REMAP_PAGE;
    if (page.length === 0) break;
    after = page.at(-1)!.row.id;
    const mapped = page.map(({ row }) => mapping.mapRow(row));
    const rejects = mapped.flatMap((one) => one.rejects);
    await store.batch([
      ...saveLocal(
        store,
        connectionId,
        page.map(({ row }) => ({ row, hash: rowHash(row) })),
        mapping.version,
        context.nowMs(),
      ),
      ...saveMapped(
        store,
        connectionId,
        mapped.flatMap((one) => one.rows),
        context.nowMs(),
        context.asOfMs,
      ),
      ...saveRejects(
        store,
        connectionId,
        page.map(({ row }) => row),
        rejects,
        context.runId,
        context.nowMs(),
      ),
    ]);
    result.rows += page.length;
    result.rejected += new Set(rejects.map((reject) => reject.id)).size;
    context.progress({
      kind: 'rows',
      step: 're-map',
      object,
      rows: result.rows,
      changed: result.rows,
      totalRows: null,
    });
  }
  return result;
}
