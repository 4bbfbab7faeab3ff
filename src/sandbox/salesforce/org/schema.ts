/** The objects and fields an org has, found in any letter case, with who points to whom. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';

/** A foreign key pointing at an object. */
export interface ChildLink {
  child: ObjectDefinition;
  field: FieldDefinition;
}

export class Schema {
  readonly #objects = new Map<string, ObjectDefinition>();
  readonly #byPrefix = new Map<string, ObjectDefinition>();
  readonly #fields = new WeakMap<
    ObjectDefinition,
    { version: number; byName: Map<string, FieldDefinition> }
  >();
  readonly #modifiedMs = new Map<string, number>();
  readonly #ids = new Map<string, string>();
  #children: { version: number; byParent: Map<string, ChildLink[]> } | undefined;
  /** Counts changes; what is derived from the schema is kept until it moves. */
  version = 0;

  add(object: ObjectDefinition, atMs: number): void {
    this.#objects.set(object.name.toLowerCase(), object);
    // Objects that share a prefix are views of the one declared first.
    if (!this.#byPrefix.has(object.keyPrefix)) this.#byPrefix.set(object.keyPrefix, object);
    this.touch(object.name, atMs);
  }

  remove(object: ObjectDefinition, atMs: number): void {
    this.#objects.delete(object.name.toLowerCase());
    if (this.#byPrefix.get(object.keyPrefix) === object) this.#byPrefix.delete(object.keyPrefix);
    this.touch(object.name, atMs);
  }

  /** Say that an object's fields changed. */
  touch(object: string, atMs: number): void {
    this.version++;
    this.#modifiedMs.set(object, atMs);
  }

  objects(): ObjectDefinition[] {
    return [...this.#objects.values()];
  }

  object(name: string): ObjectDefinition | undefined {
    return this.#objects.get(name.toLowerCase());
  }

  ofId(id: string): ObjectDefinition | undefined {
    return this.#byPrefix.get(id.slice(0, 3));
  }

  /** The field by its name in any letter case. */
  field(object: ObjectDefinition, name: string): FieldDefinition | undefined {
    const byName = this.fieldsByName(object);
    return byName.get(name) ?? byName.get(name.toLowerCase());
  }

  /** All fields under their own names and these in lower case; good until the schema changes. */
  fieldsByName(object: ObjectDefinition): ReadonlyMap<string, FieldDefinition> {
    let known = this.#fields.get(object);
    if (known?.version !== this.version) {
      known = {
        version: this.version,
        byName: new Map(
          object.fields.flatMap((field) => [
            [field.name, field],
            [field.name.toLowerCase(), field],
          ]),
        ),
      };
      this.#fields.set(object, known);
    }
    return known.byName;
  }

  modifiedMs(object: string): number {
    return this.#modifiedMs.get(object) ?? 0;
  }

  /** Foreign keys that point at `parent`. */
  childrenOf(parent: string): readonly ChildLink[] {
    if (this.#children?.version !== this.version)
      this.#children = { version: this.version, byParent: this.#linkAll() };
    return this.#children.byParent.get(parent) ?? [];
  }

  #linkAll(): Map<string, ChildLink[]> {
    const byParent = new Map<string, ChildLink[]>();
    for (const child of this.#objects.values()) {
      for (const field of child.fields) {
        for (const target of field.referenceTo ?? [])
          byParent.set(target, [...(byParent.get(target) ?? []), { child, field }]);
      }
    }
    return byParent;
  }

  /**
   * Metadata id (00N…, 01I…) of a custom field or object; `key` is `Object` or `Object.Field__c`.
   */
  metadataId(key: string): string | undefined {
    return this.#ids.get(key);
  }

  setMetadataId(key: string, id: string | null): void {
    if (id === null) this.#ids.delete(key);
    else this.#ids.set(key, id);
  }
}
