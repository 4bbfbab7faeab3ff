import { HeadwaterError } from './error.ts';

/** A shorter secret could be guessed; HubSpot's own have 36 characters. */
const MIN_SECRET_CHARS = 24;

/**
 * The secret of a webhook as a variable holds it; undefined = the webhook is off. Errors: `config`
 * for one that is too short: a webhook that is silently off looks like one to which nothing comes.
 */
export function webhookSecret(name: string, value: string | undefined): string | undefined {
  if (value === undefined || value.length >= MIN_SECRET_CHARS) return value;
  throw new HeadwaterError(
    'config',
    // Without its length: on Workers whoever posts to the webhook reads this.
    `${name} is shorter than ${MIN_SECRET_CHARS} characters`,
    {
      code: 'SECRET',
      cure: 'Make one with `openssl rand -hex 32`, or unset it: then the webhook is off.',
    },
  );
}

/** Variable of the secret of which the secret of each feed is made. */
export const SIGNALS_SECRET = 'HEADWATER_SIGNALS_SECRET';
/** Of secrets by the Standard Webhooks specification. */
export const SECRET_PREFIX = 'whsec_';

/**
 * The secret of one feed of signals, made of the host's own: who holds it can write to no other.
 */
export async function feedSecret(
  secret: string,
  connectionId: string,
  feed: string,
): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const own = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ]);
  const place = encoder.encode(`signals/${connectionId}/${feed}`);
  const bytes = await crypto.subtle.sign('HMAC', own, place);
  return SECRET_PREFIX + btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
