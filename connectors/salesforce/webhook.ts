import type { ConnectorWebhook } from '../../src/model/webhook.ts';
import { ACKNOWLEDGED, faultOf, parseOutboundMessage } from './outbound-message.ts';

/** A hundred notifications of wide records. */
const MAX_BYTES = 1024 * 1024;

/**
 * An Outbound Message. It carries no signature, so the address holds a secret and the org must be
 * one that we sync. It may come again and in any order; a mark set twice is one mark.
 */
export const webhook: ConnectorWebhook = {
  maxBytes: MAX_BYTES,
  proof: 'address',
  knownOrgsOnly: true,
  read: async ({ body }) => {
    const message = parseOutboundMessage(body);
    return message === null
      ? { kind: 'unreadable', code: 'MESSAGE', message: 'this is no Outbound Message' }
      : { kind: 'marks', orgs: [message] };
  },
  answer: (fault) => ({
    type: 'text/xml; charset=utf-8',
    body: fault === null ? ACKNOWLEDGED : faultOf(fault),
  }),
};
