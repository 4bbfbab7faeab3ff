/**
 * The objects a portal knows, by every name a path may give them: `deals`, `deal`, `DEAL`, `0-3`,
 * `p62515_partner_plan`, `2-1200345`.
 */
import type { CustomSchema, ObjectType } from './types.ts';

const ENGAGEMENT_SCOPE = 'contacts'; // calls, e-mails and so on have no scope of their own

const standard = (
  id: string,
  name: string,
  plural: string,
  more: Partial<ObjectType> = {},
): ObjectType => ({
  id,
  name,
  plural,
  scope: plural,
  eventName: name,
  modifiedProperty: 'hs_lastmodifieddate',
  custom: null,
  ...more,
});
const engagement = (id: string, name: string): ObjectType =>
  standard(id, name, `${name}s`, { scope: ENGAGEMENT_SCOPE, eventName: null });

export const CONTACT = '0-1';
export const COMPANY = '0-2';
export const DEAL = '0-3';
export const CALL = '0-48';
export const EMAIL = '0-49';
export const MEETING = '0-47';
export const NOTE = '0-46';
export const TASK = '0-27';
export const LEAD = '0-136';
export const TICKET = '0-5';
export const PRODUCT = '0-7';
export const LINE_ITEM = '0-8';
export const QUOTE = '0-14';
export const ORDER = '0-123';
export const ENGAGEMENTS = [CALL, EMAIL, MEETING, NOTE, TASK];

/**
 * The rest of HubSpot's own objects, by number, name and plural
 * (developers.hubspot.com/docs/guides/crm/using-object-apis): there and empty. Appointments,
 * courses, listings and services are left out, as in a portal where nobody activated them.
 */
export const OTHERS = {
  COMMUNICATION: ['0-18', 'communication', 'communications'],
  FEEDBACK_SUBMISSION: ['0-19', 'feedback_submission', 'feedback_submissions'],
  INVOICE: ['0-53', 'invoice', 'invoices'],
  SUBSCRIPTION: ['0-69', 'subscription', 'subscriptions'],
  GOAL_TARGET: ['0-74', 'goal_target', 'goal_targets'],
  DISCOUNT: ['0-84', 'discount', 'discounts'],
  FEE: ['0-85', 'fee', 'fees'],
  TAX: ['0-86', 'tax', 'taxes'],
  COMMERCE_PAYMENT: ['0-101', 'commerce_payment', 'commerce_payments'],
  USER: ['0-115', 'user', 'users'],
  POSTAL_MAIL: ['0-116', 'postal_mail', 'postal_mail'],
  CART: ['0-142', 'cart', 'carts'],
} as const satisfies Record<string, readonly [string, string, string]>;

const STANDARD: readonly ObjectType[] = [
  standard(CONTACT, 'contact', 'contacts', { modifiedProperty: 'lastmodifieddate' }),
  standard(COMPANY, 'company', 'companies'),
  standard(DEAL, 'deal', 'deals'),
  engagement(CALL, 'call'),
  engagement(EMAIL, 'email'),
  engagement(MEETING, 'meeting'),
  engagement(NOTE, 'note'),
  engagement(TASK, 'task'),
  standard(LEAD, 'lead', 'leads', { eventName: null }),
  standard(TICKET, 'ticket', 'tickets'),
  standard(PRODUCT, 'product', 'products'),
  standard(LINE_ITEM, 'line_item', 'line_items'),
  standard(QUOTE, 'quote', 'quotes', { eventName: null }),
  standard(ORDER, 'order', 'orders', { eventName: null }),
  ...Object.values(OTHERS).map(([id, name, plural]) =>
    standard(id, name, plural, {
      eventName: null,
      // Messages are activities, which have no scope of their own.
      ...(['communication', 'postal_mail'].includes(name) ? { scope: ENGAGEMENT_SCOPE } : {}),
    }),
  ),
];

/** First number of custom object type ids; the vendor's are seven digits long. */
const FIRST_CUSTOM_NUMBER = 1_200_001;

export class ObjectTypes {
  readonly #portalId: number;
  readonly #byId = new Map<string, ObjectType>();
  readonly #byWord = new Map<string, ObjectType>();
  #nextNumber = FIRST_CUSTOM_NUMBER;

  constructor(portalId: number) {
    this.#portalId = portalId;
    for (const type of STANDARD) this.#add(type);
  }

  #add(type: ObjectType): void {
    this.#byId.set(type.id, type);
    for (const word of [type.id, type.name, type.plural, this.qualifiedName(type)])
      this.#byWord.set(word.toLowerCase(), type);
  }

  /** `p62515_partner_plan` for custom objects, the upper-case name for HubSpot's own. */
  qualifiedName(type: ObjectType): string {
    return type.custom === null ? type.name.toUpperCase() : `p${this.#portalId}_${type.name}`;
  }

  find(word: string): ObjectType | null {
    return this.#byWord.get(decodeURIComponent(word).toLowerCase()) ?? null;
  }

  /** A type by its id; the id must exist. */
  get(id: string): ObjectType {
    const type = this.#byId.get(id);
    if (type === undefined) throw new RangeError(`No object type ${id}`);
    return type;
  }

  list(): ObjectType[] {
    return [...this.#byId.values()];
  }

  define(name: string, custom: CustomSchema): ObjectType {
    const type: ObjectType = {
      id: `2-${this.#nextNumber}`,
      name,
      plural: name,
      scope: 'custom',
      eventName: null,
      modifiedProperty: 'hs_lastmodifieddate',
      custom,
    };
    this.#nextNumber += 1;
    this.#add(type);
    return type;
  }

  /** Forgets a purged custom object. */
  remove(type: ObjectType): void {
    this.#byId.delete(type.id);
    for (const [word, one] of this.#byWord) if (one === type) this.#byWord.delete(word);
  }
}
