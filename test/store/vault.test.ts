import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCipher } from '../../src/store/cipher.ts';
import { secrets } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { readSecret, resealSecrets, saveSecret } from '../../src/store/vault.ts';
import { openMemory } from './open.ts';

const newKey = (): string => randomBytes(32).toString('base64');

describe('the vault', () => {
  let store: Store;
  beforeEach(() => {
    store = openMemory();
  });
  afterEach(() => store.close());

  it('keeps any text, never in clear', async () => {
    const cipher = await createCipher([newKey()]);
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 12, unit: 'binary' }), async (value) => {
        await saveSecret(store, cipher, 'c', 'refreshToken', value, 1);
        expect(await readSecret(store, cipher, 'c', 'refreshToken')).toBe(
          new TextDecoder().decode(new TextEncoder().encode(value)),
        );
        expect(JSON.stringify(await store.db.select().from(secrets))).not.toContain(value);
      }),
      { numRuns: 50 },
    );
  });

  it('has a new value on the disk itself before it goes on: it exists nowhere else', async () => {
    const modes: unknown[] = [];
    const spying: Store = {
      ...store,
      batch: async (statements, durable) => {
        const look = {
          toSQL: () => {
            void store
              .read({ sql: 'pragma synchronous', params: [] })
              .then((rows) => modes.push(rows[0]?.[0]));
            return { sql: 'delete from secrets where 0', params: [] };
          },
        };
        await store.batch([look, ...statements], durable);
      },
    };
    await saveSecret(spying, await createCipher([newKey()]), 'c', 'token', 'R1', 1);
    const [[after]] = (await store.read({ sql: 'pragma synchronous', params: [] })) as [[unknown]];
    // https://www.sqlite.org/pragma.html#pragma_synchronous: 2 = FULL, 1 = NORMAL.
    expect([...modes, after]).toEqual([2, 1]);
  });

  it('opens nothing without the right key, and nothing that was moved to another place', async () => {
    const cipher = await createCipher([newKey()]);
    await saveSecret(store, cipher, 'c', 'token', 'planted-secret', 1);
    await expect(
      readSecret(store, await createCipher([newKey()]), 'c', 'token'),
    ).rejects.toMatchObject({ kind: 'config', code: 'KEY' });
    await store.batch([
      store.db.update(secrets).set({ connectionId: 'other' }).where(eq(secrets.connectionId, 'c')),
    ]);
    await expect(readSecret(store, cipher, 'other', 'token')).rejects.toMatchObject({
      code: 'KEY',
    });
  });

  it('survives a torn write: the slot before still opens', async () => {
    const cipher = await createCipher([newKey()]);
    await saveSecret(store, cipher, 'c', 'token', 'first', 1);
    await saveSecret(store, cipher, 'c', 'token', 'second', 2);
    expect(await readSecret(store, cipher, 'c', 'token')).toBe('second');
    await store.batch([
      store.db.update(secrets).set({ body: 'hw1.torn' }).where(eq(secrets.version, 2)),
    ]);
    expect(await readSecret(store, cipher, 'c', 'token')).toBe('first');
  });

  it('changes its key without losing a secret', async () => {
    const [old, fresh] = [newKey(), newKey()];
    await saveSecret(store, await createCipher([old]), 'c', 'token', 'kept', 1);
    const both = await createCipher([fresh, old]);
    expect(await readSecret(store, both, 'c', 'token')).toBe('kept');
    expect(await resealSecrets(store, both, 2)).toBe(1);
    expect(await readSecret(store, await createCipher([fresh]), 'c', 'token')).toBe('kept');
  });

  it('refuses a key of another size with a cure', async () => {
    await expect(createCipher(['c2hvcnQ='])).rejects.toMatchObject({
      kind: 'config',
      cure: expect.stringContaining('openssl rand'),
    });
    await expect(createCipher([])).rejects.toMatchObject({ kind: 'config' });
  });
});
