import { saveDocument } from '../../src/store/runs.ts';
import { runs } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

/** A run that is done, and the mapping that it was done by. */
export async function syncedBy(store: Store, connectionId: string, body: string): Promise<void> {
  await saveDocument(store, connectionId, 'mapping', 'v1', body, 1);
  await store.db.insert(runs).values({
    ...{ id: `r-${connectionId}`, connectionId, kind: 'sync', state: 'done', mapping: 'v1' },
    ...{ startedMs: 1, endedMs: 2, summary: '{}', dryRun: 0, full: 0, calls: 0 },
  });
}
