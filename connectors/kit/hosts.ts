import { HeadwaterError } from '../../src/model/error.ts';

/**
 * Where secrets may be sent: hosts of the vendor, this machine (the sandbox), and what the operator
 * lists. A document that was pushed or came with a repository chooses among those and no others.
 */

export const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Names that lead nowhere (RFC 6761): nothing is sent, and the network says better what is wrong.
 */
const NOWHERE = '.invalid';

/** `example.com` itself, or everything below it where it begins with a dot. */
const within = (host: string, allowed: string): boolean =>
  allowed.startsWith('.') ? host.endsWith(allowed) : host === allowed;

/** Hosts as an operator lists them (HEADWATER_HOSTS): `*.acme.com, crm.acme.net`. */
export const parseHosts = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((host) => host !== '')
    .map((host) => host.replace(/^\*\./, '.'));

/** Errors: `config` HOST for an address beyond them, or one that anybody on the way could read. */
export function demandHost(
  of: string,
  address: string,
  what: string,
  vendor: readonly string[],
  listed: readonly string[] = [],
): void {
  const url = URL.parse(address);
  const host = url?.hostname.toLowerCase() ?? '';
  const local = LOOPBACK.has(host);
  if (url !== null && (local || url.protocol === 'https:')) {
    if (local || [...vendor, ...listed, NOWHERE].some((allowed) => within(host, allowed))) return;
  }
  throw new HeadwaterError(
    'config',
    `${of} settings: ${what} is ${host === '' ? 'no address' : `at ${host}`}, which is ${url?.protocol === 'http:' ? 'not https' : `no host of ${of}`}; no secret is sent there.`,
    {
      code: 'HOST',
      cure: 'Correct it, or let whoever runs this host list it in HEADWATER_HOSTS (such as `crm.acme.com` or `*.acme.com`).',
    },
  );
}
