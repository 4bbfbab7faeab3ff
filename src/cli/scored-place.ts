import { HeadwaterError } from '../model/error.ts';
import type { Store } from '../store/store.ts';
import { lastScored } from '../sync/measure/last-scored.ts';
import { placeOf, soleConnection } from './command.ts';
import type { CliDeps } from './deps.ts';
import { askedPartner } from './typed-ids.ts';

/** The last results at a place. Errors: `config` where nothing has been scored yet. */
export async function requireScored(
  store: Store,
  connectionId: string,
  place: { rowsId: string; resultsId: string },
) {
  const found = await lastScored(store, connectionId, place);
  if (found !== null) return found;
  throw new HeadwaterError('config', 'no real run has scored anybody yet', {
    cure: 'Run `headwater sync run`; what a dry run found is shown by --what-if.',
  });
}

/** Rows of whom a command asked for. Errors: `config` where a name or id matches nobody. */
export function requireFound<T>(rows: T[], needle: string | undefined): T[] {
  if (needle === undefined || rows.length > 0) return rows;
  throw new HeadwaterError('config', `no scored partner matches "${needle}"`, {
    cure: 'Give its CRM id or a part of its name.',
  });
}

/**
 * The same where the options of a command say which connection, whether of a dry run, and of whom;
 * `partner` null = of everybody.
 */
export async function scoredPlace(
  deps: CliDeps,
  store: Store,
  options: { connectionId?: string; whatIf?: boolean; partner?: string },
) {
  const connectionId = await soleConnection(store, options.connectionId);
  const place = await placeOf(store, connectionId, options.whatIf === true);
  const partner =
    options.partner === undefined
      ? null
      : await askedPartner(deps, store, connectionId, options.partner);
  return { ...(await requireScored(store, connectionId, place)), partner };
}
