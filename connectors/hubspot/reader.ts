import { once } from '../kit/cache.ts';
import type { Client } from './client.ts';
import type { Describer } from './describe.ts';
import { ownersByUser, readOwners } from './owners.ts';
import { readRates } from './rates.ts';
import type { Settings } from './settings.ts';
import { readStages } from './stages.ts';
import type { ListedRow } from './virtual.ts';

/** What every read of a session shares. */
export interface Reader {
  client: Client;
  describer: Describer;
  settings: Settings;
  /** Asked for once a session, as are the other small lists. */
  owners(): Promise<ListedRow[]>;
  stages(): Promise<ListedRow[]>;
  rates(): Promise<ListedRow[]>;
  ownersByUser(): Promise<Map<string, string>>;
}

export function makeReader(client: Client, describer: Describer, settings: Settings): Reader {
  const owners = once(async () => await readOwners(client));
  return {
    ...{ client, describer, settings, owners },
    stages: once(async () => await readStages(client)),
    rates: once(async () => await readRates(client)),
    ownersByUser: async () => await ownersByUser(owners),
  };
}
