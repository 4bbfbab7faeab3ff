import type { Store } from '../../store/store.ts';
import { onExistingStore, soleConnection } from '../command.ts';
import type { CliDeps } from '../deps.ts';

export interface PlanOptions {
  db: string;
  json: boolean;
  connectionId?: string;
}

/** Works on the plans of the database's connection. */
export const onPlans = async <T>(
  deps: CliDeps,
  options: PlanOptions,
  work: (store: Store, connectionId: string) => Promise<T>,
): Promise<T> =>
  await onExistingStore(
    deps,
    options.db,
    async (store) => await work(store, await soleConnection(store, options.connectionId)),
  );

export const CONNECTION_ID = ['--connection-id <id>', 'where the database holds several'] as const;
