/** Which record is associated with which, and how. Every link is kept from both ends. */
import { COMPANY } from '../model/object-types.ts';
import type { AssociationType } from '../model/types.ts';
import type { AssociationTypes } from './types.ts';

/** One end's view: the other record and the kinds of association, the plain one among them. */
export interface Link {
  toId: string;
  types: readonly AssociationType[];
}

/** `from>to` of object type ids -> record id -> links, in the order in which they were made. */
type LinkTable = Map<string, Link[]>;

export class Links {
  readonly #types: AssociationTypes;
  readonly #tables = new Map<string, LinkTable>();

  constructor(types: AssociationTypes) {
    this.#types = types;
  }

  #table(fromTypeId: string, toTypeId: string): LinkTable {
    const key = `${fromTypeId}>${toTypeId}`;
    let table = this.#tables.get(key);
    if (table === undefined) this.#tables.set(key, (table = new Map()));
    return table;
  }

  of(fromTypeId: string, fromId: string, toTypeId: string): readonly Link[] {
    return this.#tables.get(`${fromTypeId}>${toTypeId}`)?.get(fromId) ?? [];
  }

  /**
   * Adds kinds of association between two records; returns those that are new. A new primary
   * takes the place of the old one.
   */
  add(fromId: string, toId: string, kinds: readonly AssociationType[]): AssociationType[] {
    const fresh: AssociationType[] = [];
    for (const kind of kinds) {
      const there = this.#find(kind, fromId, toId);
      if (there?.types.includes(kind)) continue;
      const reverse = this.#types.reverse(kind);
      if (isOwnPrimary(kind)) this.#demote(kind, fromId);
      if (isOwnPrimary(reverse)) this.#demote(reverse, toId);
      this.#put(kind, fromId, toId);
      this.#put(reverse, toId, fromId);
      fresh.push(kind);
    }
    return fresh;
  }

  #find(kind: AssociationType, fromId: string, toId: string): Link | undefined {
    return this.of(kind.fromTypeId, fromId, kind.toTypeId).find((link) => link.toId === toId);
  }

  #put(kind: AssociationType, fromId: string, toId: string): void {
    const table = this.#table(kind.fromTypeId, kind.toTypeId);
    const links = table.get(fromId);
    const there = links?.find((link) => link.toId === toId);
    if (there !== undefined) {
      if (!there.types.includes(kind)) there.types = interned([...there.types, kind]);
    } else if (links !== undefined) links.push({ toId, types: interned([kind]) });
    else table.set(fromId, [{ toId, types: interned([kind]) }]);
  }

  /** Cuts kinds of association, or all of them; returns what was cut. */
  remove(
    fromTypeId: string,
    fromId: string,
    toTypeId: string,
    toId: string,
    kinds: readonly AssociationType[] | null,
  ): AssociationType[] {
    const link = this.of(fromTypeId, fromId, toTypeId).find((one) => one.toId === toId);
    if (link === undefined) return [];
    const cut = link.types.filter((kind) => kinds === null || kinds.includes(kind));
    for (const kind of cut) {
      this.#cut(kind, fromId, toId);
      this.#cut(this.#types.reverse(kind), toId, fromId);
    }
    return cut;
  }

  #cut(kind: AssociationType, fromId: string, toId: string): void {
    const table = this.#table(kind.fromTypeId, kind.toTypeId);
    const links = table.get(fromId) ?? [];
    const left = links
      .map((link) =>
        link.toId === toId
          ? { toId, types: interned(link.types.filter((one) => one !== kind)) }
          : link,
      )
      .filter((link) => link.types.length > 0);
    if (left.length > 0) table.set(fromId, left);
    else table.delete(fromId);
  }

  /**
   * Moves every association of a record to another of its object; of two primaries the winner's
   * stays. Returns how many moved.
   */
  move(typeId: string, loserId: string, winnerId: string): number {
    let moved = 0;
    for (const [key, table] of [...this.#tables]) {
      const [fromTypeId, toTypeId = ''] = key.split('>');
      if (fromTypeId !== typeId) continue;
      const hasPrimary = this.of(typeId, winnerId, toTypeId).some((link) =>
        link.types.some(isOwnPrimary),
      );
      for (const link of [...(table.get(loserId) ?? [])]) {
        const kinds = this.remove(typeId, loserId, toTypeId, link.toId, null).filter(
          (kind) => !(hasPrimary && isOwnPrimary(kind)),
        );
        if (toTypeId === typeId && link.toId === winnerId) continue;
        this.add(winnerId, link.toId, kinds);
        moved += 1;
      }
    }
    return moved;
  }

  /** Cuts every association of a record that is gone. */
  drop(typeId: string, id: string): void {
    for (const [key, table] of [...this.#tables]) {
      const [fromTypeId, toTypeId = ''] = key.split('>');
      if (fromTypeId === typeId)
        for (const link of [...(table.get(id) ?? [])])
          this.remove(typeId, id, toTypeId, link.toId, null);
    }
  }

  /** Takes a kind that no longer exists out of every link. */
  forget(kind: AssociationType): void {
    const table = this.#table(kind.fromTypeId, kind.toTypeId);
    for (const [fromId, links] of [...table])
      if (links.some((link) => link.types.includes(kind)))
        for (const link of links) this.#cut(kind, fromId, link.toId);
  }

  /** The primary of a record loses that kind; its plain association stays. */
  #demote(kind: AssociationType, fromId: string): void {
    for (const link of this.of(kind.fromTypeId, fromId, kind.toTypeId)) {
      if (link.types.includes(kind))
        this.remove(kind.fromTypeId, fromId, kind.toTypeId, link.toId, [kind]);
    }
  }
}

/** HubSpot's Primary kinds, as seen from either end. */
export function isPrimary(kind: AssociationType): boolean {
  return kind.category === 'HUBSPOT_DEFINED' && kind.label === 'Primary';
}

/**
 * A primary of which the near end has one only: a deal has one primary company, a
 * company is primary of many deals.
 */
function isOwnPrimary(kind: AssociationType): boolean {
  return isPrimary(kind) && kind.toTypeId === COMPANY;
}

/** Made per process on purpose: it holds nothing but lists of definitions. */
const kindLists = new Map<string, readonly AssociationType[]>();

/**
 * The one shared list of these kinds, so that a hundred thousand links do not hold a list each.
 * Kinds of other portals never mix: they are compared one by one.
 */
function interned(kinds: readonly AssociationType[]): readonly AssociationType[] {
  const key = kinds.map((kind) => `${kind.category[0]}${kind.typeId}`).join();
  const known = kindLists.get(key);
  if (known !== undefined && known.every((kind, i) => kind === kinds[i])) return known;
  kindLists.set(key, kinds);
  return kinds;
}
