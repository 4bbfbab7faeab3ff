import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCipher, type Cipher } from '../../src/store/cipher.ts';
import { secretSpender, SPEND_TTL_MS } from '../../src/store/rotation.ts';
import type { Store } from '../../src/store/store.ts';
import { readSecret, resealSecrets, saveSecret } from '../../src/store/vault.ts';
import { openMemory } from './open.ts';
import { race, type RaceResult } from './races.ts';

/** 10,000 in the nightly run (HEADWATER_RACES); a sample of them every time. */
const RACES = Number(process.env['HEADWATER_RACES'] ?? 600);
const SEED = 20261116;
const newKey = (): string => randomBytes(32).toString('base64');

describe('a sign-in secret that works once', () => {
  let store: Store;
  let cipher: Cipher;
  beforeAll(async () => {
    store = openMemory();
    cipher = await createCipher([newKey()]);
  });
  afterAll(() => store.close());

  it(`is never used twice and never lost in ${RACES} races, except where its successor reached no process that lived`, async () => {
    const total = { rotations: 0, crashes: 0, signIns: 0, lost: 0, busy: 0, revoked: 0 };
    for (let n = 0; n < RACES; n++) {
      const result: RaceResult = await race(store, cipher, `r${n}`, SEED + n, true);
      const said = `race seed ${SEED + n}: ${JSON.stringify(result)}`;
      expect(result.faults, said).toEqual([]);
      if (result.lost.length === 0) {
        expect(result.revokedBy, said).toBeNull();
        expect(result.kept, said).toBe(result.current);
      } else if (result.revokedBy !== null) {
        // Nobody has its successor, so trying it again costs nothing that was not lost already.
        expect(result.lost, said).toContain(result.revokedBy);
      }
      total.rotations += result.rotations;
      total.crashes += result.crashes;
      total.signIns += result.signIns;
      total.busy += result.busy;
      total.lost += result.lost.length > 0 ? 1 : 0;
      total.revoked += result.revokedBy === null || result.lost.length > 0 ? 0 : 1;
    }
    console.log(`rotation races: ${JSON.stringify(total)}`);
    expect(total.revoked).toBe(0);
    expect(total.rotations).toBeGreaterThan(RACES);
    expect(total.crashes).toBeGreaterThan(RACES / 2);
    expect(total.busy).toBeGreaterThan(0);
  });

  it('the same races without the sole right end the sign-in again and again', async () => {
    let revoked = 0;
    for (let n = 0; n < 100; n++) {
      const result = await race(store, cipher, `n${n}`, SEED + n, false);
      if (result.revokedBy !== null && result.lost.length === 0) revoked++;
    }
    expect(revoked).toBeGreaterThan(30);
  });
});

describe('the right to spend a secret', () => {
  it('is not given back while its successor is kept by this process alone, and the successor is what it spends next', async () => {
    const store = openMemory();
    const sent: string[] = [];
    let disk: 'full' | 'free' = 'full';
    let kept = 'R0';
    const home = {
      read: async () => kept,
      save: async (_: string, value: string) => {
        if (disk === 'full') throw new Error('full');
        kept = value;
      },
    };
    const make = (): ReturnType<typeof secretSpender> =>
      secretSpender({
        connectionId: 'c',
        withStore: async (use) => await use(store),
        home: () => home,
        nowMs: () => 0,
        sleep: async () => {},
        log: () => {},
      });
    const exchange = async (current: string): Promise<{ result: string; next: string }> => {
      sent.push(current);
      return { result: `A${sent.length}`, next: `R${sent.length}` };
    };
    const [mine, other] = [make(), make()];
    await expect(mine('refreshToken', exchange)).rejects.toThrow('full');
    await expect(other('refreshToken', exchange)).rejects.toMatchObject({
      kind: 'limit',
      code: 'SECRET_BUSY',
      retryAtMs: SPEND_TTL_MS,
    });
    disk = 'free';
    expect(await mine('refreshToken', exchange)).toBe('A2');
    expect(await other('refreshToken', exchange)).toBe('A3');
    expect([sent, kept]).toEqual([['R0', 'R1', 'R2'], 'R3']);
    store.close();
  });

  it('is asked for before the secret is spent, so that a database nobody can write to costs nothing', async () => {
    const store = openMemory();
    const full = {
      ...store,
      batch: async () => {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      },
    };
    const sent: string[] = [];
    const spend = secretSpender({
      connectionId: 'c',
      withStore: async (use) => await use(full),
      home: () => ({ read: async () => 'R0', save: async () => {} }),
      nowMs: () => 0,
      sleep: async () => {},
      log: () => {},
    });
    await expect(
      spend('refreshToken', async (current) => {
        sent.push(current);
        return { result: null, next: 'R1' };
      }),
    ).rejects.toThrow('full');
    expect(sent).toEqual([]);
    store.close();
  });

  it('is asked for again when the process slept between taking and using it', async () => {
    const store = openMemory();
    let nowMs = 0;
    const sent: string[] = [];
    const spend = secretSpender({
      connectionId: 'c',
      withStore: async (use) => await use(store),
      home: () => ({
        read: async () => {
          nowMs += sent.length === 0 && nowMs === 0 ? SPEND_TTL_MS : 0;
          return 'R0';
        },
        save: async () => {},
      }),
      nowMs: () => nowMs,
      sleep: async () => {},
      log: () => {},
    });
    const exchange = async (current: string): Promise<{ result: string; next: undefined }> => {
      sent.push(current);
      return { result: 'A', next: undefined };
    };
    await expect(spend('refreshToken', exchange)).rejects.toMatchObject({
      kind: 'transient',
      code: 'SECRET_LATE',
    });
    expect(sent).toEqual([]);
    expect(await spend('refreshToken', exchange)).toBe('A');
    store.close();
  });
});

describe('the slots of a rotating secret', () => {
  it('a newest value that only wants another key never gives way to the one before, which is spent', async () => {
    const store = openMemory();
    const [old, fresh] = [newKey(), newKey()];
    await saveSecret(store, await createCipher([old]), 'c', 'refreshToken', 'R1', 1);
    await saveSecret(store, await createCipher([fresh, old]), 'c', 'refreshToken', 'R2', 2);
    await expect(
      readSecret(store, await createCipher([old]), 'c', 'refreshToken'),
    ).rejects.toMatchObject({
      kind: 'config',
      code: 'KEY',
      cure: expect.stringContaining('HEADWATER_KEY'),
    });
    expect(await readSecret(store, await createCipher([fresh]), 'c', 'refreshToken')).toBe('R2');
    store.close();
  });

  it('sealing all again does not put back a value that was replaced meanwhile', async () => {
    const store = openMemory();
    const [old, fresh] = [newKey(), newKey()];
    const before = await createCipher([old]);
    await saveSecret(store, before, 'c', 'refreshToken', 'R1', 1);
    await saveSecret(store, before, 'c', 'refreshToken', 'R2', 2);
    const both = await createCipher([fresh, old]);
    // R3 takes the slot of R1 between the reading and the writing of the re-sealing.
    const slow = {
      ...store,
      batch: async (statements: Parameters<Store['batch']>[0]) => {
        await saveSecret(store, before, 'c', 'refreshToken', 'R3', 3);
        await store.batch(statements);
      },
    };
    await resealSecrets(slow, both, 4);
    expect(await readSecret(store, both, 'c', 'refreshToken')).toBe('R3');
    store.close();
  });
});
