/** Quotes and orders of a deal; both are associated with its customer too. */
import { COMPANY, DEAL, ORDER, QUOTE } from '../model/object-types.ts';
import { instant } from '../model/text.ts';
import type { NewLink, NewRecord, Of, RecordContext } from './record.ts';

const STATES = { draft: 'DRAFT', presented: 'APPROVAL_NOT_NEEDED' } as const;
const VALID_MS = 30 * 86_400_000;

export function paper(
  { portal, idOf }: RecordContext,
  event: Of<'quote'> | Of<'order'>,
): NewRecord {
  const dealId = idOf(event.dealId);
  const name = portal.table(portal.types.get(DEAL)).get(dealId)?.values['dealname'] ?? 'Deal';
  const customer = portal.links
    .of(DEAL, dealId, COMPANY)
    .find((link) => link.types.some((kind) => kind.label === 'Primary'));
  const links: NewLink[] = [
    { toTypeId: DEAL, toId: dealId },
    ...(customer === undefined ? [] : [{ toTypeId: COMPANY, toId: customer.toId }]),
  ];
  if (event.kind === 'order')
    return {
      type: portal.types.get(ORDER),
      ownerId: idOf(event.byId),
      links,
      properties: {
        hs_order_name: name,
        hs_total_price: event.amount,
        hs_currency_code: event.currency,
        hubspot_owner_id: idOf(event.byId),
      },
    };
  return {
    type: portal.types.get(QUOTE),
    ownerId: idOf(event.byId),
    links,
    properties: {
      hs_title: name,
      hs_status: STATES[event.status],
      hs_quote_amount: event.amount,
      hs_currency: event.currency,
      hs_expiration_date: instant(event.atMs + VALID_MS),
      hubspot_owner_id: idOf(event.byId),
    },
  };
}
