import { HeadwaterError } from '../model/error.ts';
import type { Cipher } from './cipher.ts';
import type { SecretHome } from './rotation.ts';
import type { Store } from './store.ts';
import { readSecret, saveSecret, storesSecret } from './vault.ts';

/** Enough of a hash to tell one sign-in from the next, and of no use for anything else. */
const LINE_BYTES = 6;

/**
 * The name that successors of a given secret are stored under: what the database holds
 * descends from the value in the configuration, and a new value there (somebody signed in
 * again) begins a line of its own.
 */
async function lineOf(name: string, given: string): Promise<string> {
  const digest = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(given)),
  ).slice(0, LINE_BYTES);
  return `${name}@${[...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * The newest value encrypted in the database, or the `given` one of the configuration while it has
 * no successor. Make one for each spending.
 */
export function vaultHome(
  store: Store,
  cipher: () => Promise<Cipher>,
  connectionId: string,
  given: (name: string) => Promise<string>,
  nowMs: () => number,
): SecretHome {
  // A successor belongs to the line it was made from, even if the configuration
  // changes while the CRM answers.
  const lines = new Map<string, string>();
  const lineFor = async (name: string): Promise<string> => {
    const line = lines.get(name) ?? (await lineOf(name, await given(name)));
    lines.set(name, line);
    return line;
  };
  return {
    read: async (name) =>
      (await readSecret(store, await cipher(), connectionId, await lineFor(name))) ??
      (await given(name)),
    // Without its key nothing can be sealed.
    ready: async () => {
      await cipher();
    },
    save: async (name, value) => {
      await saveSecret(store, await cipher(), connectionId, await lineFor(name), value, nowMs());
    },
  };
}

/**
 * The value of the configuration, where the database is not trusted with a newer one; `place` says
 * where a successor goes, if anywhere. Errors: `config` KEY when the database holds one.
 */
export function givenHome(
  store: Store,
  connectionId: string,
  given: (name: string) => Promise<string>,
  place: Required<Pick<SecretHome, 'ready' | 'save'>>,
): SecretHome {
  return {
    ...place,
    async read(name) {
      const value = await given(name);
      if (await storesSecret(store, connectionId, await lineOf(name, value)))
        throw new HeadwaterError(
          'config',
          `the database holds a newer ${name}, and HEADWATER_KEY is not set to open it`,
          {
            code: 'KEY',
            cure: 'Set HEADWATER_KEY as in the run that stored it; using the old value again would end the whole sign-in.',
          },
        );
      return value;
    },
  };
}
