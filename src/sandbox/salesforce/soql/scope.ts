/** Names of one FROM: paths to columns and parents, with hidden fields behaving as absent. */
import type { FieldDefinition, ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, Row } from '../org-types.ts';
import type { Table } from '../table/table.ts';
import type { SoqlContext } from './context.ts';
import { NAME_ENTITY, NAME_FIELDS } from './name-entity.ts';
import { soqlFault } from './statement.ts';
import type { Clause, Statement } from './statement.ts';

/** Parent relationships in one path (SOQL relationship limits). */
const MAX_PARENT_HOPS = 5;

export interface Found {
  object: ObjectDefinition;
  row: Row;
}

/** A chain of parent relationships; `object` is null where the last one is polymorphic. */
export interface Parent {
  names: string[];
  /** Reference field of the last hop. */
  field: FieldDefinition | null;
  object: ObjectDefinition | null;
  follow(row: Row): Found | null;
}

export interface Column {
  /** Canonical path, `Account.Name`. */
  path: string;
  parent: Parent;
  field: FieldDefinition;
  get(row: Row): Cell;
}

const namesCache = new WeakMap<
  readonly FieldDefinition[],
  { fields: Map<string, FieldDefinition>; relationships: Map<string, FieldDefinition> }
>();

function names(fields: readonly FieldDefinition[]): {
  fields: Map<string, FieldDefinition>;
  relationships: Map<string, FieldDefinition>;
} {
  let known = namesCache.get(fields);
  if (known === undefined) {
    known = { fields: new Map(), relationships: new Map() };
    for (const field of fields) {
      known.fields.set(field.name.toLowerCase(), field);
      if (field.relationshipName !== undefined && field.relationshipName !== '')
        known.relationships.set(field.relationshipName.toLowerCase(), field);
    }
    namesCache.set(fields, known);
  }
  return known;
}

export class Scope {
  readonly context: SoqlContext;
  readonly statement: Statement;
  readonly object: ObjectDefinition;
  readonly table: Table;
  readonly #alias: string | undefined;

  constructor(
    context: SoqlContext,
    statement: Statement,
    object: ObjectDefinition,
    alias?: string,
  ) {
    this.context = context;
    this.statement = statement;
    this.object = object;
    this.table = context.table(object);
    this.#alias = alias?.toLowerCase();
  }

  field(name: string): FieldDefinition | undefined {
    return names(this.context.visibleFields(this.object)).fields.get(name.toLowerCase());
  }

  /** A leading alias, or the object's own name, names the object itself. */
  #segments(path: string): string[] {
    const segments = path.split('.');
    const first = segments[0]?.toLowerCase();
    if (segments.length < 2 || first === undefined) return segments;
    const isOwn =
      first === this.#alias ||
      (first === this.object.name.toLowerCase() &&
        !names(this.context.visibleFields(this.object)).relationships.has(first));
    return isOwn ? segments.slice(1) : segments;
  }

  root(): Parent {
    return {
      names: [],
      field: null,
      object: this.object,
      follow: (row) => ({ object: this.object, row }),
    };
  }

  /** Throws OrgFault INVALID_FIELD for an unknown relationship. */
  parent(segments: string[], path: string, clause: Clause): Parent {
    if (segments.length > MAX_PARENT_HOPS)
      throw soqlFault(
        'MALFORMED_QUERY',
        `Relationship path '${path}' exceeds the maximum of ${MAX_PARENT_HOPS} levels`,
      );
    let parent = this.root();
    for (const segment of segments) parent = this.#step(parent, segment, path, clause);
    return parent;
  }

  #step(from: Parent, segment: string, path: string, clause: Clause): Parent {
    const reference = names(
      from.object === null ? NAME_FIELDS : this.context.visibleFields(from.object),
    ).relationships.get(segment.toLowerCase());
    if (reference === undefined) throw this.statement.noSuchRelationship(segment, path, clause);
    const targets = reference.referenceTo ?? [];
    const target = targets.length === 1 ? this.context.object(targets[0] as string) : undefined;
    if (targets.length === 1 && target === undefined)
      throw this.statement.noSuchRelationship(segment, path, clause);
    const { context } = this;
    const table = target === undefined ? undefined : context.table(target);
    const isRoot = from.names.length === 0;
    const follow = (row: Row): Found | null => {
      const holder = isRoot ? row : from.follow(row)?.row;
      const id = holder?.[reference.name];
      if (typeof id !== 'string') return null;
      const object = target ?? context.objectOfId(id);
      const found = object === undefined ? undefined : (table ?? context.table(object)).get(id);
      return object === undefined || found === undefined ? null : { object, row: found };
    };
    return {
      names: [...from.names, reference.relationshipName ?? segment],
      field: reference,
      object: target ?? null,
      follow,
    };
  }

  /**
   * A parent one hop on from the Name entity, followed from the record behind it.
   * Throws OrgFault INVALID_FIELD.
   */
  beyondName(segment: string, path: string): Parent {
    const reference = names(NAME_FIELDS).relationships.get(segment.toLowerCase());
    const target = this.context.object(reference?.referenceTo?.[0] ?? '');
    if (reference === undefined || target === undefined)
      throw this.statement.noSuchRelationship(segment, path, 'SELECT');
    const follow = (row: Row): Found | null => {
      const id = row[reference.name];
      const found = typeof id === 'string' ? this.context.table(target).get(id) : undefined;
      return found === undefined ? null : { object: target, row: found };
    };
    return { names: [segment], field: reference, object: target, follow };
  }

  /** Throws OrgFault INVALID_FIELD for an unknown or hidden column. */
  column(path: string, clause: Clause): Column {
    const segments = this.#segments(path);
    const name = segments.at(-1) ?? '';
    const parent = this.parent(segments.slice(0, -1), path, clause);
    return this.columnOf(parent, name, path, clause);
  }

  /** The column `name` of a parent already resolved. */
  columnOf(parent: Parent, name: string, path: string, clause: Clause): Column {
    const fields = parent.object === null ? NAME_FIELDS : this.context.visibleFields(parent.object);
    const field = names(fields).fields.get(name.toLowerCase());
    if (field === undefined)
      throw this.statement.noSuchColumn(name, parent.object?.name ?? NAME_ENTITY, path, clause);
    return {
      path: [...parent.names, field.name].join('.'),
      parent,
      field,
      get: this.#getter(parent, field),
    };
  }

  #getter(parent: Parent, field: FieldDefinition): (row: Row) => Cell {
    const { context } = this;
    if (parent.object === null) return (row) => this.nameCell(parent.follow(row), field.name);
    const { object } = parent;
    const computed = context.isComputed(object, field);
    const { name } = field;
    const read = computed
      ? (row: Row): Cell => context.read(object, row, name)
      : (row: Row): Cell => row[name] ?? null;
    if (parent.names.length === 0) return read;
    return (row) => {
      const found = parent.follow(row);
      return found === null ? null : read(found.row);
    };
  }

  /** A cell of the Name entity, read from whatever object stands behind it. */
  nameCell(found: Found | null, name: string): Cell {
    if (found === null) return null;
    if (name === 'Type') return found.object.name;
    const visible = this.context.visibleFields(found.object);
    const field =
      names(visible).fields.get(name.toLowerCase()) ??
      (name === 'Name' ? visible.find(({ nameField }) => nameField === true) : undefined);
    if (field === undefined) return null;
    return this.context.isComputed(found.object, field)
      ? this.context.read(found.object, found.row, field.name)
      : (found.row[field.name] ?? null);
  }
}
