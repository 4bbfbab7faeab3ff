/**
 * The Salesforce org behind the wire protocol: what the HTTP layer may ask of it. One org =
 * schema + rows + users + history.
 * Rows hold wire values: text, number, boolean, null; date `YYYY-MM-DD`; date-time as epoch ms
 * (whole seconds), printed by the HTTP layer as `2026-05-01T07:25:37.000+0000`. Field names in any
 * letter case come in, canonical names go out.
 */
import type { FieldDefinition, ObjectDefinition } from './metadata/definition.ts';

export type Cell = string | number | boolean | null;
export type Row = Record<string, Cell>;

/**
 * A Salesforce error as REST bodies carry it; `status` is the HTTP status of a single-record call.
 */
export interface SalesforceFault {
  errorCode: string;
  message: string;
  fields?: string[];
  status: number;
  extra?: Record<string, unknown>;
}

export type SaveResult =
  | { ok: true; id: string; created: boolean }
  | { ok: false; faults: SalesforceFault[]; id?: string };

export interface OrgUser {
  id: string;
  username: string;
  /**
   * sees and edits everything, as a system administrator does for object access; field-level
   * security still applies
   */
  admin: boolean;
  active: boolean;
  permissionSetIds: Set<string>;
}

export interface SaveOptions {
  /** stamps of a seeded row */
  atMs?: number;
  /** assignment, duplicate and validation rules off: seeding only */
  seeding?: boolean;
  allowDuplicates?: boolean;
}

/**
 * A queried record: cells by output path, with nested parents and child results, in SELECT order.
 */
export interface QueriedRecord {
  type: string;
  id: string | null;
  values: [string, QueriedValue][];
}
export type QueriedValue = Cell | { address: Record<string, Cell> } | QueriedRecord | QueriedResult;
export interface QueriedResult {
  totalSize: number;
  records: QueriedRecord[];
}

export interface QueryColumn {
  name: string;
  type: string;
  aggregate: boolean;
  children?: QueryColumn[];
}

export interface OrgQuery {
  object: string;
  totalSize: number;
  /** Lazily materialised records [from, to). */
  slice(from: number, to: number): QueriedRecord[];
  columns(): QueryColumn[];
  /** The statement has a child subquery: pages may be smaller. */
  hasChildren: boolean;
}

/** Throws OrgFault (wrapping SalesforceFault[]) where Salesforce answers an error. */
export interface Org {
  readonly id: string; // 18 characters, 00D…
  readonly name: string;
  nowMs(): number;

  users(): OrgUser[];
  user(id: string): OrgUser | undefined;
  userByName(username: string): OrgUser | undefined;

  objects(): ObjectDefinition[];
  object(name: string): ObjectDefinition | undefined;
  /** Fields this user may see. */
  visibleFields(user: OrgUser, object: ObjectDefinition): FieldDefinition[];
  canEdit(user: OrgUser, object: ObjectDefinition, field: FieldDefinition): boolean;
  /** When the object's schema last changed (If-Modified-Since). */
  schemaModifiedMs(object: string): number;

  /** A live row of any object by id prefix; `deletedToo` also finds binned rows. */
  find(id: string, deletedToo?: boolean): { object: ObjectDefinition; row: Row } | undefined;
  /** Cell value with formula and calculated fields computed. */
  read(user: OrgUser, object: ObjectDefinition, row: Row, fieldName: string): Cell;

  insert(user: OrgUser, object: string, fields: Row, options?: SaveOptions): SaveResult;
  update(user: OrgUser, object: string, id: string, fields: Row, options?: SaveOptions): SaveResult;
  /** Upsert by an external id field; several matches give a fault with status 300. */
  upsert(
    user: OrgUser,
    object: string,
    externalField: string,
    value: string,
    fields: Row,
    options?: SaveOptions & { updateOnly?: boolean },
  ): SaveResult;
  remove(user: OrgUser, id: string, options?: SaveOptions & { hard?: boolean }): SaveResult;
  undelete(user: OrgUser, id: string, options?: SaveOptions): SaveResult;
  merge(user: OrgUser, winnerId: string, loserIds: string[], options?: SaveOptions): SaveResult;
  /** Run `work`; when it returns false every change of it is taken back (allOrNone). */
  transaction(work: () => boolean): boolean;
  /**
   * The same for work that awaits (composite calls): what was changed since is kept or taken back.
   * The caller sees to it that nobody else writes meanwhile.
   */
  begin(): { commit(): void; rollback(): void };

  /** `all`: deleted and archived rows too (queryAll). */
  query(user: OrgUser, soql: string, all: boolean): OrgQuery;
  explain(
    user: OrgUser,
    soql: string,
  ): { object: string; index: string | null; candidates: number };
  recordCount(object: string): number;
  updated(
    object: string,
    startMs: number,
    endMs: number,
  ): { ids: string[]; latestDateCoveredMs: number };
  deleted(
    object: string,
    startMs: number,
    endMs: number,
  ): {
    deletedRecords: { id: string; deletedMs: number }[];
    earliestDateAvailableMs: number;
    latestDateCoveredMs: number;
  };

  /**
   * Metadata id (00N…, 01I…) of a custom field or object; `key` is `Object` or `Object.Field__c`.
   */
  metadataId(key: string): string | undefined;
  /** How many custom fields an object may have, and how many are left. */
  fieldRoom(objectName: string): { most: number; left: number };
  createObject(definition: ObjectDefinition): SaveResult;
  createField(object: string, field: FieldDefinition): SaveResult;
  updateField(object: string, name: string, changes: Partial<FieldDefinition>): SaveResult;
  deleteField(object: string, name: string): SaveResult;
}

export class OrgFault extends Error {
  readonly faults: SalesforceFault[];
  constructor(faults: SalesforceFault[]) {
    super(faults[0]?.message ?? 'fault');
    this.faults = faults;
  }
}
