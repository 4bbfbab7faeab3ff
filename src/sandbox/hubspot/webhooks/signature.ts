/** HubSpot's v3 request signature. */
import { createHmac } from 'node:crypto';

/** Escapes that are undone in the address before it is signed. */
const DECODED: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** base64 of HMAC-SHA256 over method, address, body and timestamp (epoch ms). */
export function signatureV3(
  secret: string,
  method: string,
  url: string,
  body: string,
  timestampMs: number,
): string {
  const address = url.replace(
    /%[0-9A-Fa-f]{2}/g,
    (escape) => DECODED[escape.toUpperCase()] ?? escape,
  );
  return createHmac('sha256', secret)
    .update(`${method}${address}${body}${timestampMs}`, 'utf8')
    .digest('base64');
}
