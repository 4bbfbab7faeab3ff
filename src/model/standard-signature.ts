import { SECRET_PREFIX } from './webhook-secret.ts';

/**
 * Signatures by the Standard Webhooks specification, which many senders and receivers speak
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * HMAC-SHA256 of `id.timestamp.body`, in base64 behind `v1,`.
 */

/** The key that a secret holds: base64 behind its prefix, or its own characters. */
function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  if (!secret.startsWith(SECRET_PREFIX)) return new TextEncoder().encode(secret);
  const text = secret.slice(SECRET_PREFIX.length);
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** What a sender puts into `webhook-signature`. `timestamp` = seconds since 1970. */
export async function standardSignature(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes(secret), algorithm, false, ['sign']);
  const text = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, text));
  return `v1,${btoa(String.fromCharCode(...bytes))}`;
}
