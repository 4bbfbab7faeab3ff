import type { ConnectorWebhook } from '../../src/model/webhook.ts';
import { eventsShape, marksOf } from './webhook-events.ts';
import { canonicalSignature, isSigned, MAX_AGE_MS } from './webhook-signature.ts';

/** A hundred events have about forty kilobytes. */
const MAX_BYTES = 256 * 1024;

/** A delivery of events: signed with the app's client secret, recent, not seen before. */
export const webhook: ConnectorWebhook = {
  maxBytes: MAX_BYTES,
  proof: 'signature',
  knownOrgsOnly: false,
  read: async ({ method, url, header, body }, secret, nowMs) => {
    const signature = header('x-hubspot-signature-v3');
    const timestamp = header('x-hubspot-request-timestamp');
    if (!(await isSigned(secret, { method, url, body, timestamp, signature }, nowMs)))
      return { kind: 'unsigned' };
    const events = eventsOf(body);
    if (typeof events === 'string')
      return {
        kind: 'unreadable',
        code: 'EVENTS',
        message: `these are no HubSpot events: ${events}`,
      };
    return {
      kind: 'marks',
      orgs: marksOf(events),
      once: { text: canonicalSignature(signature), keptMs: 2 * MAX_AGE_MS },
    };
  },
};

/** The events of a body, or what is wrong with them. */
function eventsOf(body: string): Parameters<typeof marksOf>[0] | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'the body is not JSON';
  }
  const parsed = eventsShape.safeParse(value);
  return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? '');
}
