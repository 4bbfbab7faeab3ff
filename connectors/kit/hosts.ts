import { isAllowedHost } from '../../src/model/allowed-host.ts';
import { HeadwaterError } from '../../src/model/error.ts';

/**
 * Where secrets may be sent: hosts of the vendor, this machine (the sandbox), and what the operator
 * lists. A document that was pushed or came with a repository chooses among those and no others.
 */

/**
 * Names that lead nowhere (RFC 6761): nothing is sent, and the network says better what is wrong.
 */
const NOWHERE = '.invalid';

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
  if (isAllowedHost(address, [...vendor, ...listed, NOWHERE])) return;
  const url = URL.parse(address);
  const host = url?.hostname.toLowerCase() ?? '';
  const signed = url !== null && `${url.username}${url.password}` !== '';
  const why = signed
    ? 'with a name or password before it'
    : `which is ${url?.protocol === 'https:' ? `no host of ${of}` : 'not https'}`;
  throw new HeadwaterError(
    'config',
    `${of} settings: ${what} is ${host === '' ? 'no address' : `at ${host}, ${why}`}; no secret is sent there.`,
    {
      code: 'HOST',
      cure: 'Correct it, or let whoever runs this host list it in HEADWATER_HOSTS (such as `crm.acme.com` or `*.acme.com`).',
    },
  );
}
