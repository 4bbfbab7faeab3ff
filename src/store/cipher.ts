import { HeadwaterError } from '../model/error.ts';

/**
 * Encryption of secrets at rest: AES-256-GCM by WebCrypto (the same code on Node and Workers), a
 * fresh 96-bit nonce each time, and the place of the secret as additional data, so that a body
 * copied to another place does not open.
 */
export interface Cipher {
  /** `hw1.<key id>.<nonce>.<ciphertext>` in base64url. */
  seal(text: string, place: string): Promise<string>;
  /** Errors: `config` when no known key opens it. */
  open(body: string, place: string): Promise<string>;
  /** The body is whole as far as one can see, and none of the keys given sealed it. */
  wantsOtherKey(body: string): boolean;
}

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const FORMAT = 'hw1';
const PARTS = 4;

/**
 * Keys as base64 text of 32 bytes, the current one first; older ones only open what was sealed
 * before a rotation of keys.
 * Errors: `config` for a key of another size.
 */
export async function createCipher(keys: string[]): Promise<Cipher> {
  const imported = await Promise.all(keys.map(importKey));
  const [current] = imported;
  if (current === undefined)
    throw new HeadwaterError('config', 'no encryption key is given', {
      code: 'KEY',
      cure: KEY_CURE,
    });
  return {
    async seal(text, place) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv: nonce, additionalData: bytes(place) },
        current.key,
        bytes(text),
      );
      return [FORMAT, current.id, base64url(nonce), base64url(new Uint8Array(sealed))].join('.');
    },
    wantsOtherKey(body) {
      const parts = body.split('.');
      return (
        parts.length === PARTS &&
        parts[0] === FORMAT &&
        !imported.some((one) => one.id === parts[1])
      );
    },
    async open(body, place) {
      const [format, id, nonce, sealed] = body.split('.');
      const key = imported.find((one) => one.id === id);
      if (format !== FORMAT || key === undefined || nonce === undefined || sealed === undefined)
        throw unreadable();
      try {
        return new TextDecoder().decode(
          await crypto.subtle.decrypt(
            { name: 'AES-GCM', iv: fromBase64(nonce), additionalData: bytes(place) },
            key.key,
            fromBase64(sealed),
          ),
        );
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

const KEY_CURE =
  'Set HEADWATER_KEY to 32 random bytes in base64 (openssl rand -base64 32); after a change, name the old key in HEADWATER_OLD_KEYS.';

const unreadable = (cause?: unknown): HeadwaterError =>
  new HeadwaterError('config', 'a stored secret cannot be opened with the keys given', {
    code: 'KEY',
    cure: KEY_CURE,
    cause,
  });

async function importKey(
  text: string,
): Promise<{ id: string; key: Awaited<ReturnType<typeof crypto.subtle.importKey>> }> {
  const raw = fromBase64(text.trim());
  if (raw.length !== KEY_BYTES)
    throw new HeadwaterError(
      'config',
      `an encryption key has ${raw.length} bytes instead of ${KEY_BYTES}`,
      { code: 'KEY', cure: KEY_CURE },
    );
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', raw));
  // Four bytes of a hash tell keys apart and tell nothing about them.
  return {
    id: base64url(digest.slice(0, 4)),
    key: await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']),
  };
}

const bytes = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(new TextEncoder().encode(text));
const base64url = (data: Uint8Array): string =>
  btoa(String.fromCharCode(...data))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return new Uint8Array(0);
  }
}
