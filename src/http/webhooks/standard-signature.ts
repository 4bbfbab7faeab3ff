import { SECRET_PREFIX } from '../../model/webhook-secret.ts';

/**
 * Signatures by the Standard Webhooks specification, which many senders speak
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * HMAC-SHA256 of `id.timestamp.body`, in base64 behind `v1,`; several stand beside each other.
 */

/** Older and younger deliveries are refused. */
export const MAX_AGE_MS = 5 * 60_000;
/** A sender that changes its secret sends two signatures; nobody sends more. */
const MAX_SIGNATURES = 5;

export interface StandardDelivery {
  id: string | null;
  /** Seconds since 1970. */
  timestamp: string | null;
  /** As sent: `v1,BASE64 v1,BASE64`. */
  signatures: string | null;
  body: string;
}

/** Whether one of the signatures is right and the moment recent; compared in constant time. */
export async function isSignedBy(
  secret: string,
  { id, timestamp, signatures, body }: StandardDelivery,
  nowMs: number,
): Promise<boolean> {
  if (id === null || signatures === null || !/^\d{1,12}$/.test(timestamp ?? '')) return false;
  if (Math.abs(nowMs - Number(timestamp) * 1000) > MAX_AGE_MS) return false;
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64(secret.slice(SECRET_PREFIX.length))!,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  );
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  for (const one of signatures.split(' ').slice(0, MAX_SIGNATURES)) {
    const bytes = one.startsWith('v1,') ? fromBase64(one.slice('v1,'.length)) : null;
    if (bytes !== null && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return true;
  }
  return false;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
