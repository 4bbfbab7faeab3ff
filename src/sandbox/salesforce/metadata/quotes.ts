/**
 * Offers and orders, there only when the org has switched both on. Their line items, contracts and
 * price books are left out: totals are given by the seeder, as a roll-up of lines would give them.
 */
import type { FieldDefinition, ObjectDefinition } from './definition.ts';
import { audit, field, idField, isDeleted, ownerId } from './fields.ts';
import { BUSINESS, objectDefinition } from './objects.ts';

const QUOTE_STATUS = [
  'Draft*',
  'Needs Review',
  'In Review',
  'Approved',
  'Rejected',
  'Presented',
  'Accepted',
  'Denied',
];

const link = (name: string, to: string, children: string, flags: string): FieldDefinition =>
  field(name, 'reference', `${to} ID`, flags, { to, relation: to, children });
const total = (name: string, label: string): FieldDefinition =>
  field(name, 'currency(18,2)', label, 'nfsp');

const quote = (): ObjectDefinition =>
  objectDefinition('Quote', '0Q0', 'Quote', 'Quotes', BUSINESS, [
    idField('Quote ID'),
    ownerId(),
    isDeleted(),
    field('Name', 'string(255)', 'Quote Name', 'cufsg', { nameField: true, idLookup: true }),
    ...audit(),
    field('OpportunityId', 'reference', 'Opportunity ID', 'ncfsg', {
      to: 'Opportunity',
      relation: 'Opportunity',
      children: 'Quotes',
      cascadeDelete: true,
    }),
    link('AccountId', 'Account', 'Quotes', 'nfsg'),
    link('ContactId', 'Contact', 'Quotes', 'ncufsgp'),
    field('QuoteNumber', 'string(30)', 'Quote Number', 'fsd', { autoNumber: true }),
    field('IsSyncing', 'boolean', 'Syncing', 'fsgd'),
    field('Status', 'picklist(255)', 'Status', 'ncufsgp', {
      values: QUOTE_STATUS,
      defaultValue: 'Draft',
    }),
    field('ExpirationDate', 'date', 'Expiration Date'),
    field('Description', 'textarea(32000)', 'Description'),
    total('Subtotal', 'Subtotal'),
    total('TotalPrice', 'Total Price'),
    field('Tax', 'currency(18,2)', 'Tax'),
    field('ShippingHandling', 'currency(18,2)', 'Shipping and Handling'),
    total('GrandTotal', 'Grand Total'),
  ]);

const order = (): ObjectDefinition =>
  objectDefinition('Order', '801', 'Order', 'Orders', BUSINESS, [
    idField('Order ID'),
    ownerId(),
    isDeleted(),
    ...audit(),
    link('AccountId', 'Account', 'Orders', 'cufsgp'),
    link('OpportunityId', 'Opportunity', 'Orders', 'ncufsgp'),
    link('QuoteId', 'Quote', 'Orders', 'ncufsgp'),
    field('OrderNumber', 'string(30)', 'Order Number', 'fsd', {
      autoNumber: true,
      nameField: true,
      idLookup: true,
    }),
    field('EffectiveDate', 'date', 'Order Start Date', 'cufsgp'),
    field('EndDate', 'date', 'Order End Date'),
    field('Status', 'picklist(255)', 'Status', 'cufsgp', { values: ['Draft*', 'Activated'] }),
    field('StatusCode', 'picklist(40)', 'Status Category', 'fsg', {
      values: ['Draft', 'Activated', 'Canceled', 'Expired'],
      restrictedPicklist: true,
    }),
    field('ActivatedDate', 'datetime', 'Activated Date', 'nfsp'),
    link('ActivatedById', 'User', 'OrdersActivated', 'nfsgp'),
    field('Description', 'textarea(32000)', 'Description'),
    total('TotalAmount', 'Order Amount'),
  ]);

export const quoteObjects = (): ObjectDefinition[] => [quote(), order()];
