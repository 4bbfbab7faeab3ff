/**
 * HubSpot's own properties of tickets and of what is sold: products, line items, quotes, orders.
 */
import { LINE_ITEM, ORDER, PRODUCT, QUOTE, TICKET } from '../model/object-types.ts';
import type { CompactProperty } from './compact.ts';

const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH', 'URGENT'];

const PRICED: readonly CompactProperty[] = [
  ['name', 'Name', 'string'],
  ['description', 'Description', 'textarea'],
  ['price', 'Unit price', 'money'],
  ['hs_sku', 'SKU', 'string'],
  ['hs_cost_of_goods_sold', 'Unit cost', 'money'],
  ['recurringbillingfrequency', 'Billing frequency', 'enum', ['monthly', 'quarterly', 'annually']],
];

export const COMMERCE: Record<string, { group: string; properties: readonly CompactProperty[] }> = {
  [TICKET]: {
    group: 'ticketinformation',
    properties: [
      ['createdate', 'Create date', 'datetime!'],
      ['subject', 'Ticket name', 'string'],
      ['content', 'Ticket description', 'textarea'],
      ['hs_pipeline', 'Pipeline', 'string'],
      ['hs_pipeline_stage', 'Ticket status', 'string'],
      ['hs_ticket_priority', 'Priority', 'enum', PRIORITIES],
      [
        'hs_ticket_category',
        'Category',
        'enum',
        ['PRODUCT_ISSUE', 'BILLING_ISSUE', 'GENERAL_INQUIRY'],
      ],
      ['source_type', 'Source', 'enum', ['CHAT', 'EMAIL', 'FORM', 'PHONE']],
      ['closed_date', 'Close date', 'datetime'],
    ],
  },
  [PRODUCT]: {
    group: 'productinformation',
    properties: [['createdate', 'Create date', 'datetime!'], ...PRICED],
  },
  [LINE_ITEM]: {
    group: 'lineiteminformation',
    properties: [
      ['createdate', 'Create date', 'datetime!'],
      ...PRICED,
      ['hs_product_id', 'Product ID', 'id'],
      ['quantity', 'Quantity', 'number'],
      ['discount', 'Unit discount', 'money'],
      ['amount', 'Net price', 'money='],
      ['hs_line_item_currency_code', 'Currency', 'string'],
    ],
  },
  [QUOTE]: {
    group: 'quoteinformation',
    properties: [
      ['hs_title', 'Quote name', 'string'],
      ['hs_expiration_date', 'Expiration date', 'datetime'],
      // A quote is published by taking it to APPROVAL_NOT_NEEDED, or by its approval.
      [
        'hs_status',
        'Quote status',
        'enum',
        ['DRAFT', 'APPROVAL_NOT_NEEDED', 'PENDING_APPROVAL', 'APPROVED', 'REJECTED'],
      ],
      ['hs_quote_amount', 'Quote amount', 'money'],
      ['hs_quote_number', 'Reference number', 'string'],
      ['hs_currency', 'Currency', 'string'],
      ['hs_language', 'Language', 'string'],
      ['hs_esign_enabled', 'E-signature enabled', 'bool'],
      ['hs_quote_link', 'Quote link', 'string!'],
    ],
  },
  [ORDER]: {
    group: 'orderinformation',
    properties: [
      ['hs_order_name', 'Order name', 'string'],
      ['hs_total_price', 'Total price', 'money'],
      ['hs_currency_code', 'Currency', 'string'],
      ['hs_pipeline', 'Pipeline', 'string'],
      ['hs_pipeline_stage', 'Order status', 'string'],
      ['hs_fulfillment_status', 'Fulfillment status', 'string'],
      ['hs_payment_status', 'Payment status', 'string'],
      ['hs_external_created_date', 'External created date', 'datetime'],
    ],
  },
};
