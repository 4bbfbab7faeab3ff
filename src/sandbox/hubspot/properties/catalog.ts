/**
 * The properties and groups of every object of a portal, with HubSpot's rules
 * for making and changing them.
 */
import { conflict, invalid, notFound } from '../model/errors.ts';
import type { ObjectType, PropertyDefinition, PropertyGroup } from '../model/types.ts';
import { type CompactProperty, expand } from './compact.ts';
import { COMMERCE } from './commerce.ts';
import { OTHER_PROPERTIES } from './others.ts';
import { COMMON, STANDARD } from './standard.ts';

interface ObjectCatalog {
  properties: Map<string, PropertyDefinition>;
  groups: Map<string, PropertyGroup>;
}

/** Unique-valued properties an object may have. */
const MAX_UNIQUE = 10;
/** Custom properties of one object in a paid portal. */
export const MAX_CUSTOM = 1000;

export class PropertyCatalog {
  readonly #objects = new Map<string, ObjectCatalog>();
  readonly #createdMs: number;

  readonly #maxCustom: () => number;

  constructor(createdMs: number, maxCustom = (): number => MAX_CUSTOM) {
    this.#createdMs = createdMs;
    this.#maxCustom = maxCustom;
  }

  /** How many custom properties an object has, and may have. */
  room(type: ObjectType): { usage: number; limit: number } {
    const own = this.list(type, false).filter((one) => !one.hubspotDefined);
    return { usage: own.length, limit: this.#maxCustom() };
  }

  /** The object's own properties, from the start. */
  open(type: ObjectType): void {
    const listed = STANDARD[type.id] ??
      COMMERCE[type.id] ??
      OTHER_PROPERTIES[type.id] ?? { group: `${type.name}_information`, properties: [] };
    this.#objects.set(type.id, {
      properties: new Map(),
      groups: new Map([
        [
          listed.group,
          {
            name: listed.group,
            label: `${type.name} information`,
            displayOrder: 0,
            archived: false,
          },
        ],
      ]),
    });
    this.addStandard(type, [...COMMON, ...listed.properties]);
  }

  close(type: ObjectType): void {
    this.#objects.delete(type.id);
  }

  /**
   * HubSpot's own properties that come later: one set for every pipeline stage, currency fields.
   */
  addStandard(type: ObjectType, list: readonly CompactProperty[]): PropertyDefinition[] {
    const catalog = this.#of(type);
    const group = [...catalog.groups.keys()][0] ?? '';
    return list.map((one) => {
      const definition = expand(one, group, this.#createdMs);
      catalog.properties.set(definition.name, definition);
      return definition;
    });
  }

  #of(type: ObjectType): ObjectCatalog {
    const catalog = this.#objects.get(type.id);
    if (catalog === undefined) throw notFound();
    return catalog;
  }

  /** The live property, or null. */
  find(type: ObjectType, name: string): PropertyDefinition | null {
    const found = this.#of(type).properties.get(name);
    return found === undefined || found.archivedMs !== null ? null : found;
  }

  list(type: ObjectType, archived: boolean): PropertyDefinition[] {
    return [...this.#of(type).properties.values()].filter(
      (one) => (one.archivedMs !== null) === archived,
    );
  }

  /**
   * Throws 409 when the name is taken, 400 when the definition breaks a rule. An archived
   * property of the name is replaced.
   */
  create(type: ObjectType, definition: PropertyDefinition): PropertyDefinition {
    const catalog = this.#of(type);
    const there = this.find(type, definition.name);
    if (there !== null)
      throw conflict(`A property named '${definition.name}' already exists.`, {
        subCategory: 'Properties.PROPERTY_EXISTS',
      });
    if (!this.hasGroup(type, definition.groupName))
      throw invalid(`Property group '${definition.groupName}' does not exist.`, {
        subCategory: 'Properties.GROUP_DOES_NOT_EXIST',
      });
    const live = this.list(type, false);
    if (
      definition.hasUniqueValue &&
      live.filter((one) => one.hasUniqueValue && !one.hubspotDefined).length >= MAX_UNIQUE
    )
      throw invalid(`Only ${MAX_UNIQUE} properties of an object can have unique values.`);
    const { usage, limit } = this.room(type);
    if (usage >= limit)
      throw invalid('The limit of custom properties for this object has been reached.', {
        category: 'PROPERTY_LIMIT_REACHED',
      });
    catalog.properties.set(definition.name, definition);
    return definition;
  }

  replace(type: ObjectType, definition: PropertyDefinition): void {
    this.#of(type).properties.set(definition.name, definition);
  }

  archive(type: ObjectType, name: string, atMs: number): void {
    const found = this.find(type, name);
    if (found === null) return;
    if (found.hubspotDefined)
      throw invalid(`The property '${name}' is defined by HubSpot and cannot be archived.`);
    this.replace(type, { ...found, archivedMs: atMs });
  }

  groups(type: ObjectType): PropertyGroup[] {
    return [...this.#of(type).groups.values()];
  }

  hasGroup(type: ObjectType, name: string): boolean {
    return this.#of(type).groups.has(name);
  }

  createGroup(type: ObjectType, group: PropertyGroup): PropertyGroup {
    if (this.hasGroup(type, group.name))
      throw conflict(`A property group named '${group.name}' already exists.`, {
        subCategory: 'Properties.GROUP_EXISTS',
      });
    this.#of(type).groups.set(group.name, group);
    return group;
  }

  updateGroup(type: ObjectType, name: string, change: Partial<PropertyGroup>): PropertyGroup {
    const group = this.#of(type).groups.get(name);
    if (group === undefined) throw notFound();
    return Object.assign(group, change);
  }

  archiveGroup(type: ObjectType, name: string): void {
    if (this.list(type, false).some((one) => one.groupName === name))
      throw invalid(`The property group '${name}' still has properties.`);
    this.#of(type).groups.delete(name);
  }
}
