import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { recordsOfPartner, type IntentFilter } from '../../store/run-changes.ts';
import type { Store } from '../../store/store.ts';
import type { CliDeps } from '../deps.ts';

export interface PartOptions {
  object?: string;
  partner?: string[];
  strict: boolean;
}

/** Options that choose a part of a run's writes; without them all of it is meant. */
export const withPart = (command: Command): Command =>
  command
    .option('--object <name>', 'only records of this object')
    .option(
      '--partner <id or name>',
      'only this partner and its deals; may be repeated',
      (one: string, all: string[] = []) => [...all, one],
    );

/** What of a run is meant; undefined = all of it. Errors: `config` when nobody is called so. */
export async function partOf(
  deps: CliDeps,
  store: Store,
  connection: { id: string; crm: string | undefined },
  { object, partner }: Pick<PartOptions, 'object' | 'partner'>,
): Promise<IntentFilter | undefined> {
  if (object === undefined && partner === undefined) return undefined;
  if (partner === undefined) return { object: object ?? null, recordIds: null };
  const connector =
    connection.crm === undefined ? null : await deps.connector(connection.crm).catch(() => null);
  const recordIds: string[] = [];
  for (const one of partner) {
    const ids = connector?.spellings?.(one) ?? [one];
    const found = await recordsOfPartner(store, connection.id, one, ids);
    if (one.trim() === '' || found.length === 0)
      throw new HeadwaterError('config', `no partner matches "${one}"`, {
        cure: 'Give its CRM id or a part of its name.',
      });
    recordIds.push(...found);
  }
  return { object: object ?? null, recordIds };
}
