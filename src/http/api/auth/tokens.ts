import { HeadwaterError } from '../../../model/error.ts';
import { digest, type Scope } from '../../../model/api-token.ts';
import { CONNECTION_ID } from '../../../model/connection.ts';
import { parseScopes, type Principal } from './principal.ts';

const HASH = /^[0-9a-f]{64}$/;

export interface TokenEntry {
  name: string;
  scopes: Set<Scope>;
  hash: Uint8Array;
  /** Ids of the connections that it is limited to; null = all. */
  connections: Set<string> | null;
}

/**
 * Hashed tokens as `name:scopes:sha256` lines; `name:scopes@acme+beta:sha256` is limited to those
 * connections. Errors: `config` with the line's
 * number, never its content.
 */
export function parseTokens(text: string): TokenEntry[] {
  return text
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line, i) => {
      const [name, scopes, hash, ...more] = line.split(':').map((part) => part.trim());
      const [words = '', limit, ...odd] = (scopes ?? '').split('@');
      const parsed = parseScopes(words);
      const connections = limit === undefined ? null : connectionsOf(limit);
      if (
        !name ||
        parsed.size === 0 ||
        odd.length > 0 ||
        connections?.size === 0 ||
        hash === undefined ||
        !HASH.test(hash) ||
        more.length > 0
      ) {
        throw new HeadwaterError(
          'config',
          `API token ${i + 1} is not written as name:scopes:sha256`,
          {
            code: 'TOKENS',
            cure: 'Make one with `headwater worker token --name ci --scopes read,run` and store the line it prints.',
          },
        );
      }
      return { name, scopes: parsed, hash: fromHex(hash), connections };
    });
}

/** What is no id of a connection makes the limit reach nothing, rather than everything. */
const connectionsOf = (text: string): Set<string> =>
  new Set(text.split(/[,+ ]/).filter((id) => CONNECTION_ID.test(id)));

/**
 * Who a bearer token belongs to. Every entry is compared whole, so that time tells
 * nothing about any of them.
 */
export async function principalOfToken(
  entries: TokenEntry[],
  header: string | null,
): Promise<Principal | null> {
  const match = /^Bearer ([\x21-\x7e]{20,200})$/i.exec(header ?? '');
  if (match === null) return null;
  const presented = await digest(match[1]!);
  let found: TokenEntry | null = null;
  for (const entry of entries) if (sameBytes(entry.hash, presented)) found = entry;
  if (found === null) return null;
  const { name, scopes, connections } = found;
  return { name, scopes, by: 'token', ...(connections === null ? {} : { connections }) };
}

/** Equality in a time that depends on the length alone. */
function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  let differ = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) differ |= a[i]! ^ (b[i] ?? 0);
  return differ === 0;
}

/**
 * Equality of two texts by their digests: neither length nor content shows in the time it takes.
 */
export const sameText = async (a: string, b: string): Promise<boolean> =>
  sameBytes(await digest(a), await digest(b));

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16));
