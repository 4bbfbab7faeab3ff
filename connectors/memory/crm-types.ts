import type {
  CrmField,
  CrmHistoryEntry,
  CrmLink,
  CrmType,
  CrmValue,
} from '../../src/model/connector.ts';

/**
 * A field as the CRM keeps it; a hidden one exists, but the connected user may neither see nor
 * write it.
 */
export interface MemoryField extends CrmField {
  hidden: boolean;
}

/** What must be said about a field; all else has an ordinary value. */
export interface MemoryFieldInput {
  name: string;
  type: CrmType;
  label?: string;
  length?: number;
  precision?: number;
  scale?: number;
  options?: string[];
  /** Object that a reference points at; `AccountId` is then walked as `Account.Name`. */
  to?: string;
  calculated?: boolean;
  hidden?: boolean;
}

export interface MemoryRecord {
  id: string;
  createdMs: number;
  stampMs: number;
  fields: Record<string, CrmValue>;
  /** In the bin: gone for people, still there for whoever asks for deleted rows. */
  binned: boolean;
  mergedIntoId: string | null;
  /** By association type. */
  links: Record<string, CrmLink[]>;
  /** Every value that a field ever took, oldest first. */
  history: CrmHistoryEntry[];
  /** Refuses writes until it is freed: a lock, a validation rule, a busy trigger. */
  refusal: MemoryRefusal | null;
}

export interface MemoryRefusal {
  code: string;
  message: string;
  retryable: boolean;
}

export interface MemoryObject {
  name: string;
  label: string;
  custom: boolean;
  fields: Map<string, MemoryField>;
  records: Map<string, MemoryRecord>;
  /** The delete log, oldest first. */
  deletions: { id: string; deletedAtMs: number }[];
}

export interface ChangeOptions {
  /**
   * Stamp of the change; now when left out. An older one is a transaction that began then and is
   * committed late.
   */
  atMs?: number;
  /** As a formula does it: the value changes, the stamp stays. */
  silent?: boolean;
}

/** The CRM's own codes. Only `errors.ts` reads them. */
export type MemoryCode =
  | 'BUSY'
  | 'LOST_ANSWER'
  | 'OVER_BUDGET'
  | 'SIGNED_OUT'
  | 'NO_SUCH_OBJECT'
  | 'NO_SUCH_FIELD'
  | 'FORBIDDEN';

export type MemoryCall =
  | 'identity'
  | 'time'
  | 'objects'
  | 'describe'
  | 'count'
  | 'read'
  | 'links'
  | 'deleted'
  | 'write'
  | 'deploy';

/** What goes wrong with a call. `after`: the call takes effect, and its answer is lost. */
export interface MemoryFaultRule {
  call: MemoryCall;
  code: MemoryCode;
  object?: string;
  times?: number;
  when?: 'before' | 'after';
}

/** What the CRM answers instead of a result. */
export class MemoryFault extends Error {
  readonly code: MemoryCode;
  constructor(code: MemoryCode, message: string) {
    super(message);
    this.name = 'MemoryFault';
    this.code = code;
  }
}
