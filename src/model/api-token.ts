/**
 * What reads the API over HTTP: `read` sees results, `run` starts runs, `admin` changes
 * connections. None includes another.
 */
export const SCOPES = ['read', 'run', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

export const isScope = (text: string): text is Scope =>
  (SCOPES as readonly string[]).includes(text);

/**
 * A token holds 32 random bytes, so a plain SHA-256 of it cannot be searched; a slow hash is for
 * words that people think up.
 */
const TOKEN_BYTES = 32;
const PREFIX = 'hw_';

/**
 * A new token and the line to keep for it (`name:scopes:sha256`). The token itself is
 * shown once and stored nowhere.
 */
export async function createToken(
  name: string,
  scopes: Scope[],
): Promise<{ token: string; line: string }> {
  const token = PREFIX + base64url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  return { token, line: `${name}:${scopes.join('+')}:${toHex(await digest(token))}` };
}

/** SHA-256 of a text. */
export const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));

export const toHex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
