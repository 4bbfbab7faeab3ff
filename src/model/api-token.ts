/**
 * What reads the API over HTTP: `read` sees results, `run` starts runs, `admin` changes
 * connections, `signals` sends signals and sees nothing, `shared` sees what partners may see. None
 * includes another.
 */
export const SCOPES = ['read', 'run', 'admin', 'signals', 'shared'] as const;
export type Scope = (typeof SCOPES)[number];

/** What people are to Headwater; each role holds the scopes that its work needs. */
export const ROLES = {
  viewer: ['read'],
  operator: ['read', 'run'],
  admin: ['read', 'run', 'admin'],
} as const satisfies Record<string, readonly Scope[]>;
export type Role = keyof typeof ROLES;

export const isScope = (text: string): text is Scope =>
  (SCOPES as readonly string[]).includes(text);

/**
 * A token holds 32 random bytes, so a plain SHA-256 of it cannot be searched; a slow hash is for
 * words that people think up.
 */
const TOKEN_BYTES = 32;
const PREFIX = 'hw_';

/**
 * A new token and the line to keep for it (`name:scopes:sha256`; `name:scopes@a+b:sha256` where it
 * is limited to connections). The token itself is
 * shown once and stored nowhere.
 */
export async function createToken(
  name: string,
  scopes: Scope[],
  connections: readonly string[] = [],
): Promise<{ token: string; line: string }> {
  const { token, hash } = await newToken();
  const limit = connections.length === 0 ? '' : `@${connections.join('+')}`;
  return { token, line: `${name}:${scopes.join('+')}${limit}:${hash}` };
}

/** A token and the SHA-256 that is kept of it, in hex. */
export async function newToken(): Promise<{ token: string; hash: string }> {
  const token = PREFIX + base64url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  return { token, hash: toHex(await digest(token)) };
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
