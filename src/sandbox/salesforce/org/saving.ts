/** One save on its way: what the rules of an object may look at and change. */
import type { ObjectDefinition } from '../metadata/definition.ts';
import type { Cell, OrgUser, Row, SalesforceFault } from '../org-types.ts';
import type { OrgCore } from './core.ts';

export interface Saving {
  core: OrgCore;
  user: OrgUser;
  object: ObjectDefinition;
  /** Null while creating. */
  previous: Row | null;
  /** Cells to be written; rules add calculated ones. */
  changes: Row;
  atMs: number;
  seeding: boolean;
  /** The client insists in spite of a duplicate warning. */
  allowDuplicates?: boolean;
}

export interface ObjectRules {
  /**
   * Fill in what the server works out and refuse what it does not allow. Runs before the
   * checks of required fields.
   */
  before?(saving: Saving): SalesforceFault[];
  /** Write the rows that follow from this one. */
  after?(saving: Saving, row: Row): void;
  /** Refuse or follow up a deletion. */
  removed?(core: OrgCore, row: Row, atMs: number): void;
}

/** The cell as it will be after the save. */
export function valueOf(saving: Saving, name: string): Cell {
  const changed = saving.changes[name];
  return changed !== undefined ? changed : (saving.previous?.[name] ?? null);
}

/** The save gives this cell another value than it had; on create, any value at all. */
export function changes(saving: Saving, name: string): boolean {
  const changed = saving.changes[name];
  return changed !== undefined && changed !== (saving.previous?.[name] ?? null);
}

/** Cells written without a save of their own: no checks, and stamps stay. */
export function writeQuietly(core: OrgCore, object: string, row: Row, cells: Row): void {
  core.storage.patch(core.must(object), row, cells);
}

/** A row the server makes by itself, with its stamps. Returns its id. */
export function serverInsert(
  core: OrgCore,
  object: string,
  cells: Row,
  userId: string | null,
  atMs: number,
  id?: string,
): string {
  const definition = core.must(object);
  const row = core.storage.blank(definition);
  row['Id'] = id ?? core.ids.next(definition.keyPrefix);
  const stamps: Row = {
    CreatedDate: atMs,
    CreatedById: userId,
    LastModifiedDate: atMs,
    LastModifiedById: userId,
    SystemModstamp: atMs,
  };
  const known = core.schema.fieldsByName(definition);
  for (const name in stamps) if (known.has(name)) row[name] = stamps[name] ?? null;
  Object.assign(row, cells);
  core.storage.insert(definition, row);
  return row['Id'] as string;
}
