import { once } from '../kit/cache.ts';
import type { Client } from './client.ts';
import type { Describer } from './describe.ts';
import { ownersByUser } from './owners.ts';
import type { Settings } from './settings.ts';

/** What every read of a session shares. */
export interface Reader {
  client: Client;
  describer: Describer;
  settings: Settings;
  /** Asked for once a session. */
  ownersByUser(): Promise<Map<string, string>>;
}

export const makeReader = (client: Client, describer: Describer, settings: Settings): Reader => ({
  client,
  describer,
  settings,
  ownersByUser: once(async () => await ownersByUser(client)),
});
