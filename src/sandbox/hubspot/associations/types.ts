/**
 * The kinds of association between two objects: HubSpot's own by number, and
 * labels that people define.
 */
import { conflict, invalid, notFound } from '../model/errors.ts';
import {
  CALL,
  COMPANY,
  CONTACT,
  DEAL,
  EMAIL,
  LEAD,
  LINE_ITEM,
  MEETING,
  NOTE,
  ORDER,
  QUOTE,
  TASK,
  TICKET,
} from '../model/object-types.ts';
import type { AssociationType, ObjectType } from '../model/types.ts';

/**
 * `[from, to, type id, reverse type id, label, reverse label]`; without a label
 * it is the plain association.
 */
const DEFINED: readonly (readonly [string, string, number, number, string?, string?])[] = [
  [CONTACT, COMPANY, 279, 280],
  [CONTACT, COMPANY, 1, 2, 'Primary', 'Primary'],
  [DEAL, COMPANY, 341, 342],
  [DEAL, COMPANY, 5, 6, 'Primary', 'Primary'],
  [DEAL, CONTACT, 3, 4],
  [COMPANY, COMPANY, 450, 450],
  [COMPANY, COMPANY, 13, 14, 'Child Company', 'Parent Company'],
  [CONTACT, CONTACT, 449, 449],
  [DEAL, DEAL, 451, 451],
  [COMPANY, CALL, 181, 182],
  [COMPANY, EMAIL, 185, 186],
  [COMPANY, MEETING, 187, 188],
  [COMPANY, NOTE, 189, 190],
  [COMPANY, TASK, 191, 192],
  [CONTACT, CALL, 193, 194],
  [CONTACT, EMAIL, 197, 198],
  [CONTACT, MEETING, 199, 200],
  [CONTACT, NOTE, 201, 202],
  [CONTACT, TASK, 203, 204],
  [DEAL, CALL, 205, 206],
  [DEAL, EMAIL, 209, 210],
  [DEAL, MEETING, 211, 212],
  [DEAL, NOTE, 213, 214],
  [DEAL, TASK, 215, 216],
  [CALL, MEETING, 399, 400],
  [LEAD, CONTACT, 578, 579],
  [LEAD, COMPANY, 610, 611],
  [LEAD, DEAL, 583, 584],
  [CONTACT, TICKET, 15, 16],
  [COMPANY, TICKET, 340, 339],
  [COMPANY, TICKET, 25, 26, 'Primary', 'Primary'],
  [DEAL, TICKET, 27, 28],
  [TICKET, TICKET, 452, 452],
  [TICKET, CALL, 219, 220],
  [TICKET, EMAIL, 223, 224],
  [TICKET, MEETING, 225, 226],
  [TICKET, NOTE, 227, 228],
  [TICKET, TASK, 229, 230],
  [DEAL, LINE_ITEM, 19, 20],
  [DEAL, QUOTE, 63, 64],
  [QUOTE, LINE_ITEM, 67, 68],
  [QUOTE, CONTACT, 69, 70],
  [QUOTE, COMPANY, 71, 72],
  [ORDER, CONTACT, 507, 508],
  [ORDER, COMPANY, 509, 510],
  [ORDER, DEAL, 512, 511],
  [ORDER, LINE_ITEM, 513, 514],
];
/** Kinds whose names do not follow from the two objects. */
const NAMES: Readonly<Record<number, string>> = {
  13: 'parent_to_child_company',
  14: 'child_to_parent_company',
};
/** Labels of one's own, for one pair of objects. */
const MAX_LABELS = 50;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export class AssociationTypes {
  readonly #byPair = new Map<string, AssociationType[]>();
  readonly #reverse = new Map<AssociationType, AssociationType>();
  #nextUserId = 1;

  constructor(nameOf: (typeId: string) => string) {
    for (const [from, to, typeId, reverseId, label = null, reverseLabel = null] of DEFINED) {
      const mark = label === null ? '' : '_primary';
      const forward = this.#add({
        category: 'HUBSPOT_DEFINED',
        typeId,
        label,
        name: NAMES[typeId] ?? `${nameOf(from)}_to_${nameOf(to)}${mark}`,
        fromTypeId: from,
        toTypeId: to,
      });
      if (typeId === reverseId) this.#reverse.set(forward, forward);
      else
        this.#pair(
          forward,
          this.#add({
            category: 'HUBSPOT_DEFINED',
            typeId: reverseId,
            label: reverseLabel,
            name: NAMES[reverseId] ?? `${nameOf(to)}_to_${nameOf(from)}${mark}`,
            fromTypeId: to,
            toTypeId: from,
          }),
        );
    }
  }

  #add(type: AssociationType): AssociationType {
    const key = `${type.fromTypeId}>${type.toTypeId}`;
    this.#byPair.set(key, [...(this.#byPair.get(key) ?? []), type]);
    return type;
  }

  #pair(a: AssociationType, b: AssociationType): void {
    this.#reverse.set(a, b);
    this.#reverse.set(b, a);
  }

  /** Forgets a kind and the way back. */
  disconnect(type: AssociationType): void {
    for (const one of new Set([type, this.reverse(type)])) {
      const key = `${one.fromTypeId}>${one.toTypeId}`;
      this.#byPair.set(
        key,
        (this.#byPair.get(key) ?? []).filter((kind) => kind !== one),
      );
    }
  }

  /** All kinds from one object to another, the plain one first. */
  between(fromTypeId: string, toTypeId: string): AssociationType[] {
    return this.#byPair.get(`${fromTypeId}>${toTypeId}`) ?? [];
  }

  reverse(type: AssociationType): AssociationType {
    return this.#reverse.get(type) ?? type;
  }

  /** The association without a label. Throws 400 where the two objects cannot be associated. */
  plain(from: ObjectType, to: ObjectType): AssociationType {
    const found = this.between(from.id, to.id).find((one) => one.label === null);
    if (found === undefined)
      throw invalid(`No association type exists between ${from.id} and ${to.id}.`, {
        subCategory: 'crm.associations.INVALID_OBJECT_IDS',
      });
    return found;
  }

  find(from: ObjectType, to: ObjectType, category: string, typeId: number): AssociationType {
    const found = this.between(from.id, to.id).find(
      (one) => one.category === category && one.typeId === typeId,
    );
    if (found === undefined)
      throw invalid(
        `Association type ${category} ${typeId} doesn't exist between object types ${from.id} and ${to.id}.`,
        { subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE' },
      );
    return found;
  }

  /**
   * Makes two objects associable (a custom object's schema names those it goes with).
   * Without effect when they are.
   */
  connect(from: ObjectType, to: ObjectType): void {
    if (this.between(from.id, to.id).length > 0) return;
    this.#definePair(from, to, `${from.name}_to_${to.name}`, null, null);
  }

  /**
   * A label of one's own, in both directions. `inverseLabel` may word the other one. Throws 409
   * when the name or label is taken.
   */
  define(
    from: ObjectType,
    to: ObjectType,
    input: { name: string; label: string; inverseLabel?: string },
  ): AssociationType[] {
    this.plain(from, to);
    const there = this.between(from.id, to.id);
    if (!NAME.test(input.name))
      throw invalid(
        `Association label names hold letters, digits and underscores and do not start with a digit: '${input.name}'`,
      );
    if (there.some((one) => one.name === input.name || one.label === input.label))
      throw conflict(`An association label named '${input.label}' already exists.`, {
        subCategory: 'crm.associations.DUPLICATE_LABEL',
      });
    if (there.filter((one) => one.category === 'USER_DEFINED').length >= MAX_LABELS)
      throw invalid(`At most ${MAX_LABELS} association labels can be defined between two objects.`);
    return this.#definePair(from, to, input.name, input.label, input.inverseLabel ?? input.label);
  }

  #definePair(
    from: ObjectType,
    to: ObjectType,
    name: string,
    label: string | null,
    inverseLabel: string | null,
  ): AssociationType[] {
    const forward = this.#add({
      category: 'USER_DEFINED',
      typeId: this.#newId(),
      label,
      name,
      fromTypeId: from.id,
      toTypeId: to.id,
    });
    if (from === to && label === inverseLabel) {
      this.#reverse.set(forward, forward);
      return [forward];
    }
    const backward = this.#add({
      category: 'USER_DEFINED',
      typeId: this.#newId(),
      label: inverseLabel,
      name: `${name}_inverse`,
      fromTypeId: to.id,
      toTypeId: from.id,
    });
    this.#pair(forward, backward);
    return [forward, backward];
  }

  #newId(): number {
    this.#nextUserId += 1;
    return this.#nextUserId - 1;
  }

  relabel(
    from: ObjectType,
    to: ObjectType,
    typeId: number,
    labels: { label: string; inverseLabel?: string },
  ): void {
    const found = this.#userDefined(from, to, typeId);
    found.label = labels.label;
    this.reverse(found).label = labels.inverseLabel ?? labels.label;
  }

  /** Forgets a label, both directions; returns them so that their links can be cut. */
  remove(from: ObjectType, to: ObjectType, typeId: number): AssociationType[] {
    const found = this.#userDefined(from, to, typeId);
    const both = [found, this.reverse(found)];
    for (const one of both) {
      const key = `${one.fromTypeId}>${one.toTypeId}`;
      this.#byPair.set(
        key,
        (this.#byPair.get(key) ?? []).filter((kept) => kept !== one),
      );
      this.#reverse.delete(one);
    }
    return both;
  }

  #userDefined(from: ObjectType, to: ObjectType, typeId: number): AssociationType {
    const found = this.between(from.id, to.id).find(
      (one) => one.category === 'USER_DEFINED' && one.typeId === typeId,
    );
    if (found === undefined) throw notFound();
    return found;
  }
}
