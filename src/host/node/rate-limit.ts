import { BlockList, isIP } from 'node:net';
import { HeadwaterError } from '../../model/error.ts';

const WINDOW_MS = 60_000;

/**
 * At most `limit` calls a key in each minute. Counts of a minute that is over are dropped together,
 * so it holds no more keys than a minute brings.
 */
export function rateLimit(limit: number, nowMs: () => number): (key: string) => boolean {
  let minute = -1;
  const counts = new Map<string, number>();
  return (key) => {
    const now = Math.floor(nowMs() / WINDOW_MS);
    if (now !== minute) {
      counts.clear();
      minute = now;
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= limit;
  };
}

/** This machine, as both kinds of address: a proxy on it needs no naming. */
const LOOPBACK = ['127.0.0.0/8', '::1'];

/**
 * Where requests come from: the other end of the socket. A proxy of ours speaks for others: the
 * header's entries are believed from the last one on, which it added itself, as long as they are
 * proxies of ours too. What a client wrote before, and what anybody else says of himself, counts
 * for nothing. Errors: `config` for what is no address or network.
 */
export function clientAddress(
  trustedProxies: readonly string[],
): (peer: string | undefined, forwardedFor: string | undefined) => string {
  const ours = new BlockList();
  for (const one of [...LOOPBACK, ...trustedProxies]) {
    const [address = '', bits] = one.split('/', 2);
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const most = family === 'ipv6' ? 128 : 32;
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(bits ?? '0') || Number(bits ?? most) > most)
      throw new HeadwaterError('config', `"${one}" is no address and no network`, {
        code: 'PROXY',
        cure: 'Write --trust-proxy 10.0.0.7 or --trust-proxy 10.0.0.0/8; may be repeated.',
      });
    ours.addSubnet(address, Number(bits ?? most), family);
  }
  const isOurs = (address: string): boolean =>
    isIP(address) !== 0 && ours.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (peer, forwardedFor) => {
    let from = peer?.replace(/^::ffff:/, '') ?? 'unknown';
    const told = forwardedFor?.split(',').map((one) => one.trim()) ?? [];
    while (isOurs(from)) {
      const before = told.pop();
      if (before === undefined || isIP(before) === 0) return from;
      from = before;
    }
    return from;
  };
}
