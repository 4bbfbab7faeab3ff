import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import {
  idsOfPartners,
  recordsOfPartner,
  recordsOfPartners,
  type IntentFilter,
} from '../../store/run-changes.ts';
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
  const spelled = partner.map((one) => ({ one, ids: connector?.spellings?.(one) ?? [one] }));
  // Thousands may be named at once, by the pages: ids are looked up together, words one by one.
  const known = await idsOfPartners(
    store,
    connection.id,
    spelled.flatMap(({ ids }) => ids),
  );
  const byId = spelled.flatMap(({ ids }) => ids).filter((id) => known.has(id));
  const recordIds = await recordsOfPartners(store, connection.id, byId);
  for (const { one, ids } of spelled) {
    if (ids.some((id) => known.has(id))) continue;
    const found = await recordsOfPartner(store, connection.id, one, ids);
    if (one.trim() === '' || found.length === 0)
      throw new HeadwaterError('config', `no partner matches "${one}"`, {
        cure: 'Give its CRM id or a part of its name.',
      });
    recordIds.push(...found);
  }
  return { object: object ?? null, recordIds };
}
