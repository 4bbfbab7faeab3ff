/**
 * HubSpot's v3 signature
 * (https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation).
 */

/** Older deliveries are refused (same page). */
export const MAX_AGE_MS = 5 * 60_000;
/** Escapes that HubSpot undoes in the address before it signs (same page). */
const ESCAPES = /%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

export interface SignedRequest {
  method: string;
  url: string;
  body: string;
  timestamp: string | null;
  signature: string | null;
}

/**
 * Is this request signed with the app's client secret, and recently? WebCrypto's `verify`
 * compares in constant time.
 */
export async function isSigned(
  secret: string,
  request: SignedRequest,
  nowMs: number,
): Promise<boolean> {
  const sentMs = Number(request.timestamp);
  if (
    request.timestamp === null ||
    !/^\d{1,16}$/.test(request.timestamp) ||
    Math.abs(nowMs - sentMs) > MAX_AGE_MS
  )
    return false;
  const signature = fromBase64(request.signature);
  if (signature === null) return false;
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const url = request.url.replace(ESCAPES, (escape) => decodeURIComponent(escape));
  return await crypto.subtle.verify(
    'HMAC',
    key,
    signature,
    new TextEncoder().encode(`${request.method}${url}${request.body}${request.timestamp}`),
  );
}

/**
 * The signature as the one text that stands for its bytes: base64 may spell the same bytes in more
 * ways, and a delivery that is spelt anew is still a replay.
 */
export function canonicalSignature(text: string | null): string {
  const bytes = fromBase64(text);
  return bytes === null ? '' : btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string | null): Uint8Array<ArrayBuffer> | null {
  if (text === null || !/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
