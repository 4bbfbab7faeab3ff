/** Hosts and registrable domains out of what people type: addresses, web sites, mail addresses. */

/**
 * `https://www.acme.example/de?x=1`, `acme.example`, `ann@acme.example` -> the host in lower case,
 * without `www.`; null = there is none.
 */
export function hostOf(text: string | null): string | null {
  const host = (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:\d*$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^[^\s.]+(\.[^\s.]+)+$/.test(host) ? host : null;
}

/**
 * Second levels under which companies register, as in `acme.co.uk`. The public suffix list has
 * thousands of others; companies sit under few.
 */
const SECOND_LEVELS = new Set([
  'co',
  'com',
  'org',
  'net',
  'ac',
  'gov',
  'edu',
  'or',
  'ne',
  'go',
  'gob',
  'gv',
]);

/** The part of a host that a company registers: `shop.acme.co.uk` -> `acme.co.uk`. */
export function registrableDomain(host: string | null): string | null {
  if (host === null) return null;
  const parts = host.split('.');
  const [second, top] = [parts.at(-2) ?? '', parts.at(-1) ?? ''];
  const levels = parts.length > 2 && top.length === 2 && SECOND_LEVELS.has(second) ? 3 : 2;
  return parts.slice(-levels).join('.');
}

/** Mail hosts that anybody may use say nothing of a company. */
const PUBLIC_MAIL = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'msn.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  'proton.me',
  'protonmail.com',
  'qq.com',
  '163.com',
  'mail.ru',
  'yandex.ru',
]);
export const isPublicMailHost = (domain: string): boolean => PUBLIC_MAIL.has(domain);
