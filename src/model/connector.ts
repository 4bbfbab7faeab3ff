import type { ConnectorDeps } from './connector-deps.ts';
import type { CrmObject } from './crm-object.ts';
import type { CrmTasks } from './crm-task.ts';
import type { HeadwaterError } from './error.ts';
import type { FieldSpec } from './field-spec.ts';
import type { PackageFault, Packager } from './packaging.ts';
import type { ConnectorSetup } from './setup.ts';
import type { ConnectorWebhook } from './webhook.ts';

export type { ConnectorDeps } from './connector-deps.ts';
export type { CrmField, CrmObject, CrmType } from './crm-object.ts';
export type { FieldSpec } from './field-spec.ts';

/**
 * The connector contract. A connector turns these requests into a CRM's wire calls and its answers
 * into these shapes; it keeps no state of a run, so every call is a step that can be repeated. All
 * calls throw only HeadwaterError.
 */

/**
 * A CRM value in canonical form, the same whichever transport carried it: text as it is, number,
 * boolean, date `YYYY-MM-DD`, date-time ISO 8601 UTC with milliseconds
 * (`2026-05-01T07:25:37.000Z`), multi-select `a;b`, null = read and empty.
 */
export type CrmValue = string | number | boolean | null;

export interface CrmLink {
  toId: string;
  labels: string[];
}

export interface CrmHistoryEntry {
  field: string;
  value: CrmValue;
  atMs: number;
  byId: string | null;
}

export interface CrmRow {
  object: string;
  /** Canonical id (Salesforce: 18 characters). */
  id: string;
  /**
   * Exactly the requested paths (`Amount`, `Account.Name`). A missing key was not read;
   * null was read and is empty.
   */
  fields: Record<string, CrmValue>;
  /** The CRM's own last-modified stamp, else its created stamp (append-only objects). */
  stampMs: number;
  deleted: boolean;
  /** Id of the surviving record when this one lost a merge. */
  mergedIntoId: string | null;
  /** Per association type; null = the read failed, which is never "none". */
  links?: Record<string, CrmLink[] | null>;
  /** Property history, where the CRM carries it on the row. */
  history?: CrmHistoryEntry[];
  /** How the source writes numbers that would lose something by being one (`1.10`), by path. */
  spelt?: Record<string, string>;
  /** Why the CRM would not give this row's fields, though it gives those of other rows. */
  unread?: string;
}

/**
 * A filter pushed down to the CRM; safe only on values that never change after
 * creation. All terms must hold.
 */
export interface CrmFilterTerm {
  field: string;
  op: 'eq' | 'ne' | 'in' | 'notIn' | 'lt' | 'lte' | 'gt' | 'gte' | 'isNull' | 'notNull';
  value?: CrmValue;
  values?: CrmValue[];
}

export type ReadRange =
  /** `cheaply`: in fewer calls, as an index has it that may lag behind by the settling time. */
  | { kind: 'all'; cheaply?: true }
  /**
   * Stamp in [fromMs, untilMs): the CRM's own clock. `older`: of an object that has rows for each
   * record of another one, also the older rows of the records that changed since `fromMs`.
   */
  | { kind: 'changed'; fromMs: number; untilMs: number; older?: true }
  | { kind: 'ids'; ids: string[] };

/** Known records whose links are asked for, under the stamps that they are known by. */
export interface LinksRequest extends Omit<ReadRequest, 'range' | 'where' | 'history'> {
  records: { id: string; stampMs: number }[];
}

export interface ReadRequest {
  object: string;
  fields: string[];
  where: CrmFilterTerm[];
  range: ReadRange;
  /** Also rows that were deleted or merged away (flagged as such). */
  includeDeleted: boolean;
  associations?: string[];
  history?: string[];
  /** Objects with rows for each record of this one (`CrmObject.perRecord`), read in the same go. */
  beside?: BesideRequest[];
}

export type BesideRequest = Pick<ReadRequest, 'object' | 'fields' | 'where'>;

/** Rows of such an object that belong to the records of a page. */
export interface BesidePage {
  object: string;
  rows: CrmRow[];
}

export interface ReadPage {
  rows: CrmRow[];
  /**
   * Opaque text to pass for the next page; null = this was the last.
   * Survives a crash of the reader.
   */
  next: string | null;
  /** How the connector read it, in a word of its own that people are shown. */
  transport: string;
  /** Why it took a slower way than it would have, in words that follow the object's name. */
  slower?: string;
  /** Rows the CRM says the whole read has, where it says so. */
  totalRows: number | null;
  /**
   * A COUNT could say no more of this part of the read: the CRM gave its total with the rows, and
   * they are as many; or it has no count of such rows, so that counting is reading them again.
   * `gone`: that holds of the rows that were deleted or merged away, and not of the others.
   */
  confirmed?: boolean | 'gone';
  /** As far as the request asks for them and the range is not one of ids. */
  beside?: BesidePage[];
}

export interface DeletedPage {
  ids: { id: string; deletedAtMs: number }[];
  /** The CRM vouches for deletions up to here. */
  coveredUntilMs: number;
}

export interface WriteRow {
  id: string;
  fields: Record<string, CrmValue>;
}

export type WriteOutcome =
  /** `stampMs`: the record's stamp after the write, where the CRM tells it. */
  | { id: string; status: 'done'; stampMs?: number }
  /**
   * `retryable`: the row itself is sound (a lock, a busy trigger); the same write
   * may succeed a moment later.
   * `gone`: the record was deleted or merged away, which says nothing about the values: they may be
   * written when it comes back.
   */
  | {
      id: string;
      status: 'rejected';
      code: string;
      message: string;
      fields: string[];
      retryable?: boolean;
      gone?: boolean;
    };

export type FieldPlanItem = FieldSpec &
  // `access`: who will see and edit it
  (
    | { action: 'create'; access?: string }
    | { action: 'grant'; detail: string } // exists, but somebody who needs it cannot see or edit it
    | { action: 'none' }
    // exists with another type or size, or the CRM takes no more; `cure`: where another name helps nothing
    | { action: 'conflict'; detail: string; cure?: string }
  );

export interface FieldDeployResult {
  object: string;
  name: string;
  done: string[];
  error: string | null;
}

/**
 * Budget as the CRM tells it; null limits = the CRM gave none, which is an alarm and never a pass.
 */
export interface BudgetReading {
  usedCalls: number | null;
  limitCalls: number | null;
  readAtMs: number;
}

export interface CrmIdentity {
  orgId: string;
  userId: string;
  userName: string;
  orgName: string;
  instanceUrl: string;
  apiVersion: string;
  currency: string | null;
  multiCurrency: boolean;
  timeZone: string | null;
  /** 1 = January; null or absent where the CRM knows no fiscal year. */
  fiscalYearStartMonth?: number | null;
}

export interface ConnectionCheck {
  ok: boolean;
  name: string;
  detail: string;
  cure: string | null;
}

/** What a mapping reads the values of a field as, where that is not text. */
export type ReadAs = 'number' | 'time' | 'boolean';

/** What a connector that finds types by looking at values must know to tell a doubt from a text. */
export interface MappedFields {
  /** Objects that the mapping does without. */
  optional: string[];
  /** Object -> field -> what it is read as. */
  readAs: Record<string, Record<string, ReadAs>>;
}

export interface CrmSession {
  identity(): Promise<CrmIdentity>;
  /**
   * Steps an admin should see pass: token, org, objects, permissions. Never
   * throws for a failed check. The first step is the sign-in. `objects`: those that must be there;
   * `written`: those of them that Headwater writes to (all, when left out), which alone need the
   * right to be edited; `mapped`: what else the mapping makes of this CRM.
   */
  check(objects: string[], written?: string[], mapped?: MappedFields): Promise<ConnectionCheck[]>;
  /** The CRM's clock (Date header), epoch ms. */
  serverTimeMs(): Promise<number>;
  budget(): Promise<BudgetReading>;
  /** Calls made through this session so far. */
  calls(): number;
  listObjects(): Promise<{ name: string; label: string; custom: boolean }[]>;
  /**
   * null = the object does not exist, or this user may not see it. Cached for the life of the
   * session. `wanted`: the fields that matter, where that spares calls; all, when left out.
   */
  describe(object: string, wanted?: readonly string[]): Promise<CrmObject | null>;
  /**
   * Why `describe` gave null, where the CRM said it: the object is not there, or this user may not
   * see it. null = it did not say (some CRMs hide what one may not see), or `describe` gave no
   * null. What was blocked on the way is no null: `describe` throws it.
   */
  refusal?(object: string): HeadwaterError | null;
  count(
    request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
  ): Promise<number>;
  /** One page. `next` null starts. */
  read(request: ReadRequest, next: string | null): Promise<ReadPage>;
  /**
   * Of known records only what their links lead to: rows without any other field. A record that is
   * not there any more has no links. Present where links are read apart from their records anyway;
   * such a connector also reads everything `cheaply`.
   */
  readLinks?(request: LinksRequest): Promise<Pick<ReadPage, 'rows' | 'beside'>>;
  /**
   * Hard and soft deletions in a window, from the CRM's delete log; null = the log does not reach
   * back to `fromMs`, so only an audit of ids can tell.
   */
  deleted(object: string, fromMs: number, untilMs: number): Promise<DeletedPage | null>;
  /**
   * At most `features.writeBatch` rows; outcomes in input order. A thrown error with
   * `outcomeUnknown` means: read back.
   */
  write(object: string, rows: WriteRow[]): Promise<WriteOutcome[]>;
  /** Tasks for people; absent where the CRM has none. */
  tasks?: CrmTasks;
  planFields(specs: FieldSpec[]): Promise<FieldPlanItem[]>;
  deployFields(plan: FieldPlanItem[]): Promise<FieldDeployResult[]>;
  /**
   * Sends the files of a package to the org, all or none; absent where only the vendor's own tool
   * can. Gives the components with what is wrong with them, none when all are there.
   */
  deployPackage?(files: ReadonlyMap<string, string>): Promise<PackageFault[]>;
  close(): Promise<void>;
  inOwnWords?: InOwnWords;
}

/**
 * A message of the engine, which speaks of a CRM with an org, users and rights, as it is said of a
 * source that has none of them. Absent where it can stay as it is.
 */
type InOwnWords = (message: string) => string;

/**
 * Everything optional about a connector, as data; the conformance suite picks its subjects from it.
 */
export interface ConnectorFeatures {
  readPage: number;
  /** Calls that a full page of a whole read takes, about; 1 when left out. */
  pageCalls?: number;
  writeBatch: number;
  deletes: boolean;
  merges: boolean;
  /**
   * The CRM keeps a log of deletions this many days back; 0 = none, so that only an audit
   * of ids finds hard deletions.
   */
  deleteLogDays: number;
  associations: boolean;
  rowHistory: boolean;
  provisioning: boolean;
  counts: boolean;
  budget: boolean;
  /** How ids of queues begin, which may own records and are no users; absent = there are none. */
  queueIdPrefix?: string;
  stampResolutionMs: number;
  /**
   * Whoever saves a record, person or program, moves its stamp, and set-up that changes values by
   * itself does not: a value that is gone while the stamp stands was taken by set-up.
   */
  savesMoveStamp?: boolean;
  /**
   * How long after its stamp a change may still become visible to a read of a window (a transaction
   * that commits late, a search index that lags):
   * windows overlap by this much, and are counted and closed only when it is over.
   */
  settleMs: number;
  /**
   * The CRM promises `settleMs`. Where it only usually holds, a full pass every day
   * brings what came later still.
   */
  settlesSurely: boolean;
}

export interface Connector {
  name: string;
  features: ConnectorFeatures;
  /**
   * Settings and secrets as the connection document holds them; validated here,
   * `config` error when wrong.
   */
  open(
    settings: Record<string, unknown>,
    secrets: Record<string, string>,
    deps: ConnectorDeps,
  ): Promise<CrmSession>;
  /**
   * Settings of a document that is only kept, with the names of its secrets and the hosts that the
   * operator lists: a `config` error where `open` could never succeed. Absent: `open` alone knows.
   */
  demandSettings?(
    settings: Record<string, unknown>,
    secretNames: readonly string[],
    hosts: readonly string[] | undefined,
  ): void;
  /**
   * The first connection of an org, guided; a connector without it is connected by
   * a document written by hand.
   */
  setup?: ConnectorSetup;
  /**
   * What makes the files that show the results inside the CRM; loaded when it is asked for, since
   * no run needs it. Absent where the CRM has no such thing.
   */
  packaging?: () => Promise<Packager>;
  /**
   * Ids of records that a typed text may mean, of whatever object, in the spelling of rows; the
   * text itself is among them. Absent where an id has one spelling only.
   */
  spellings?: (typed: string) => string[];
  /** How the CRM posts what changed; absent where it posts nothing. */
  webhook?: ConnectorWebhook;
  /** Settings where memory is scarce, unless the document says otherwise. */
  smallMemory?: Readonly<Record<string, unknown>>;
  inOwnWords?: InOwnWords;
}
