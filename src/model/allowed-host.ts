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
  if (url === null) return false;
  if (LOOPBACK.has(host)) return true;
  return url.protocol === 'https:' && allowed.some((name) => within(host, name));
}
