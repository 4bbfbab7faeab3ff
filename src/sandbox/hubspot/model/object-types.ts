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
