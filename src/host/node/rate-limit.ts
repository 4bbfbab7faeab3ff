import { isIP } from 'node:net';

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

/**
 * Whose requests to count together: the other end of the socket. A proxy on this machine speaks for
 * others, and the last entry of the header is the one that it added itself;
 * what a client wrote before it, and what anybody else says of himself, counts for nothing.
 */
export function clientAddress(peer: string | undefined, forwardedFor: string | undefined): string {
  const from = peer?.replace(/^::ffff:/, '') ?? 'unknown';
  const told = forwardedFor?.split(',').at(-1)?.trim() ?? '';
  return (from === '::1' || from.startsWith('127.')) && isIP(told) !== 0 ? told : from;
}
