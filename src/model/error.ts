/**
 * What the engine does about an error is decided by its kind alone; only a connector's
 * `errors.ts` reads CRM codes.
 */
export type ErrorKind =
  | 'config' // stop and tell the admin
  | 'auth' // pause the connection
  | 'limit' // wait until `retryAtMs`, then the same call
  | 'transient' // bounded backoff with jitter
  | 'rejected' // quarantine the record, go on
  | 'bug'; // fail the run loudly

/** One thing that is wrong with a document, and the place in it. */
interface DocumentFault {
  path: (string | number)[];
  message: string;
  cure: string;
}

/**
 * Why something could not be had: it is not there, the connected user may not have it, or somebody
 * between us and the CRM answered in its place. Each wants another hand.
 */
export type Refused = 'absent' | 'forbidden' | 'blocked';

export interface ErrorDetails {
  /** The CRM's or the library's own code, kept for the log and the quarantine list. */
  code?: string;
  /** What the reader can do about it, in one sentence. */
  cure?: string;
  /** For `limit`: when the same call may go on, epoch ms. */
  retryAtMs?: number;
  /** For a write: the call may have been applied although it failed. */
  outcomeUnknown?: boolean;
  /** For a read: the CRM gave up on its size; the same question about less may be answered. */
  tooMuch?: boolean;
  refused?: Refused;
  /** For a write refused as a whole: fields that the CRM does not have, or not any more. */
  unknownFields?: string[];
  /** What is wrong with the settings of a connection; `path` begins below `settings`. */
  settings?: readonly DocumentFault[];
  cause?: unknown;
}

/** The one error class of the engine. */
export class HeadwaterError extends Error {
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly cure: string | undefined;
  readonly retryAtMs: number | undefined;
  readonly outcomeUnknown: boolean;
  readonly tooMuch: boolean;
  readonly refused: Refused | undefined;
  readonly unknownFields: readonly string[];
  readonly settings: readonly DocumentFault[];

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HeadwaterError';
    this.kind = kind;
    this.code = details.code;
    this.cure = details.cure;
    this.retryAtMs = details.retryAtMs;
    this.outcomeUnknown = details.outcomeUnknown ?? false;
    this.tooMuch = details.tooMuch ?? false;
    this.refused = details.refused;
    this.unknownFields = details.unknownFields ?? [];
    this.settings = details.settings ?? [];
  }
}

/**
 * The query layer wraps a database's error in a message that holds every bound value, secrets
 * too; only its cause may go on.
 */
const QUERY_FAILURE = 'Failed query:';

export const DAMAGED_CURE =
  'Move the file away and run `headwater sync run --full`: everything but the write ledger can be read again from the CRM.';

/**
 * What a machine does to its files and its database, by the beginning of the system's and of
 * SQLite's own codes (https://www.sqlite.org/rescode.html); the rest would be a mistake of ours.
 */
const MACHINE_FAILURES: { code: string; kind: ErrorKind; words: string; cure: string }[] = [
  { code: 'SQLITE_CORRUPT', kind: 'config', words: 'the database is damaged', cure: DAMAGED_CURE },
  { code: 'SQLITE_NOTADB', kind: 'config', words: 'the database is damaged', cure: DAMAGED_CURE },
  {
    code: 'SQLITE_FULL',
    kind: 'config',
    words: 'the database cannot grow',
    cure: 'Make space on its disk and run again: the run goes on from its last page.',
  },
  {
    code: 'SQLITE_READONLY',
    kind: 'config',
    words: 'the database cannot be written',
    cure: 'Check the permissions of the file and its folder, and run again.',
  },
  {
    code: 'SQLITE_IOERR',
    kind: 'config',
    words: 'the disk of the database fails',
    cure: 'Check the disk and run again: the run goes on from its last page.',
  },
  {
    code: 'SQLITE_BUSY',
    kind: 'transient',
    words: 'another process is writing to the database',
    cure: 'Run again when it is done.',
  },
  { code: 'ENOSPC', kind: 'config', words: 'the disk is full', cure: 'Make room, and run again.' },
  {
    code: 'EDQUOT',
    kind: 'config',
    words: 'the quota of this user on the disk is used up',
    cure: 'Make room, and run again.',
  },
  {
    code: 'EROFS',
    kind: 'config',
    words: 'the disk is mounted to be read only',
    cure: 'Name a file or a folder elsewhere.',
  },
];

const machineCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Any thrown value as a HeadwaterError; what nobody classified is a bug, never a retry. */
export function asHeadwaterError(error: unknown): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  if (
    error instanceof Error &&
    error.cause !== undefined &&
    error.message.startsWith(QUERY_FAILURE)
  )
    return asHeadwaterError(error.cause);
  const message = error instanceof Error ? error.message : String(error);
  const failure = MACHINE_FAILURES.find(({ code }) => machineCode(error).startsWith(code));
  if (failure !== undefined)
    return new HeadwaterError(failure.kind, `${failure.words}: ${message}`, {
      code: failure.code,
      cure: failure.cure,
      cause: error,
    });
  return new HeadwaterError('bug', message, { cause: error });
}
