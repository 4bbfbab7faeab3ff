/**
 * Where anything secret, or anything at all, may be sent: this machine, and names on a list. An
 * address on a list of names cannot be turned against what stands inside a network.
 */

export const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** `example.com` itself, or everything below it where it begins with a dot. */
const within = (host: string, allowed: string): boolean =>
  allowed.startsWith('.') ? host.endsWith(allowed) : host === allowed;

/** Over https to a listed host, or to this machine. */
export function isAllowedHost(address: string, allowed: readonly string[]): boolean {
  const url = URL.parse(address);
  const host = url?.hostname.toLowerCase() ?? '';
  // A name and password before the host would be sent along, and mislead whoever reads the address.
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (LOOPBACK.has(host)) return url.protocol === 'http:' || url.protocol === 'https:';
  return url.protocol === 'https:' && allowed.some((name) => within(host, name));
}
