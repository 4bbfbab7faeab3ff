import { csv } from '../../../connectors/csv/index.ts';
import { connectionSchema } from '../../../src/model/connection.ts';
import type { Store } from '../../../src/store/store.ts';
import { runSync, type SyncOutcome } from '../../../src/sync/run/run.ts';
import { testFolder, type TestFolder } from '../../connectors/csv/folder.ts';
import { openMemory } from '../../store/open.ts';

/** A run over a handful of rows in files, with a mapping of the test's own. */
export interface Small {
  folder: TestFolder;
  store: Store;
  put(name: string, rows: string[]): Promise<void>;
  sync(mapping: string): Promise<SyncOutcome>;
  close(): Promise<void>;
}

const DAY_MS = 86_400_000;
export const day = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * DAY_MS).toISOString();

export async function openSmall(): Promise<Small> {
  const folder = await testFolder();
  const store = openMemory();
  let runs = 0;
  return {
    folder,
    store,
    put: async (name, rows) => await folder.put(name, `${rows.join('\n')}\n`),
    sync: async (mapping) =>
      await runSync(
        {
          store,
          connector: csv,
          secrets: {},
          mappingText: mapping,
          runId: `run-${++runs}`,
          progress: () => {},
          connection: connectionSchema.parse({
            version: 1,
            id: 'files',
            crm: 'csv',
            mapping: 'm.yaml',
            settings: { dir: folder.dir },
          }),
          connectorDeps: {
            fetch,
            nowMs: () => Date.now(),
            sleep: async () => {},
            random: () => 0.5,
            log: () => {},
            saveSecret: async () => {},
          },
        },
        { dryRun: false, full: true },
      ),
    close: async () => {
      store.close();
      await folder.remove();
    },
  };
}
