import { isAllowedHost } from '../../model/allowed-host.ts';
import { HeadwaterError } from '../../model/error.ts';

/** Whose addresses are known to be those of what they are: any other one is listed by the host. */
const KNOWN_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com', 'api.resend.com'];

/**
 * Errors: `config` where the address is none to which this host sends anything; `what` = for what
 * it was given.
 */
export function demandAddress(
  address: string,
  { hosts }: { hosts: readonly string[] },
  what: string,
): void {
  if (isAllowedHost(address, [...KNOWN_HOSTS, ...hosts])) return;
  const host = URL.parse(address)?.hostname ?? '';
  throw new HeadwaterError(
    'config',
    `${what}: ${host === '' ? 'an address is no URL' : `nothing is sent to ${host}`}`,
    {
      code: 'HOST',
      cure: 'It must be https and a host that whoever runs this lists in HEADWATER_HOSTS.',
    },
  );
}

/** Errors: `config` where the connection document names no such secret, or it is empty. */
export function secretOf(
  name: string,
  secrets: Readonly<Record<string, string>>,
  what: string,
): string {
  const found = secrets[name];
  if (found !== undefined && found !== '') return found;
  throw new HeadwaterError('config', `${what}: the connection document names no secret ${name}`, {
    code: 'SECRET',
    cure: 'Add it under `secrets`.',
  });
}
