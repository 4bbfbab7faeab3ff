/**
 * The only place that reads Salesforce's codes: what the wire answered becomes what the engine
 * should do.
 */
import { type ErrorDetails, type ErrorKind, HeadwaterError } from '../../src/model/error.ts';
import {
  blockedOnTheWay,
  OAUTH_CODE,
  type FailureContext,
  foreignWords,
  isCode,
  MESSAGE_CHARACTERS,
  statusCode,
  unreadableAnswer,
  wireFailure,
} from '../kit/failure.ts';
import type { HttpFailure } from '../kit/wire.ts';

/** The daily allocation rolls over 24 hours, so some of it comes free every hour. */
const LIMIT_WAIT_MS = 60 * 60 * 1000;

interface Rule {
  kind: ErrorKind;
  cure?: string;
}

const FLS_CURE =
  'Run `headwater field deploy`, or give the integration user access to the field (permission set Headwater_Integration).';
/** Every way but `access-token` has already signed in once more by itself when this is read. */
const SESSION_CURE =
  'Sign in again: the session was ended, or the app revoked. With `auth: access-token` put a new token into the secret accessToken; with any other way allow the app and its user again (Setup, Connected Apps OAuth Usage), then run again.';
/** A 401 in nobody's words: most often not the org itself answered. */
const ADDRESS_CURE =
  "See that `instanceUrl` is the org's own My Domain address and that no proxy asks for a sign-in of its own; with `auth: access-token` put a new token into the secret accessToken.";
const RULES: Record<string, Rule> = {
  MALFORMED_QUERY: { kind: 'bug' },
  INVALID_FIELD: {
    kind: 'config',
    cure: 'The field was renamed, deleted or hidden from the integration user: give access to it or take it out of the mapping.',
  },
  INVALID_FIELD_FOR_INSERT_UPDATE: { kind: 'config', cure: FLS_CURE },
  INVALID_TYPE: {
    kind: 'config',
    cure: 'The object does not exist in this org, or the integration user may not see it: grant Read on it or take it out of the mapping.',
  },
  INVALID_QUERY_LOCATOR: {
    kind: 'transient',
    cure: 'Start the read again; the cursor has expired.',
  },
  QUERY_TIMEOUT: {
    kind: 'transient',
    cure: 'The query is too heavy for one call; read a smaller window.',
  },
  QUERY_TOO_COMPLICATED: {
    kind: 'config',
    cure: 'Map fewer formula fields of the object, or a shorter `pull` filter.',
  },
  INVALID_QUERY_FILTER_OPERATOR: {
    kind: 'config',
    cure: "Correct the mapping's `pull` filter: the operator or value does not fit the field.",
  },
  UNABLE_TO_LOCK_ROW: { kind: 'transient' },
  INVALID_SESSION_ID: {
    kind: 'auth',
    cure: SESSION_CURE,
  },
  INVALID_AUTH_HEADER: { kind: 'auth', cure: SESSION_CURE },
  API_DISABLED_FOR_ORG: {
    kind: 'config',
    cure: 'Give the integration user the permission "API Enabled"; the org needs an edition with API access.',
  },
  API_CURRENTLY_DISABLED: {
    kind: 'config',
    cure: 'Switch API access on for the org or the integration user (permission "API Enabled").',
  },
  INSUFFICIENT_ACCESS: {
    kind: 'config',
    cure: 'Give the integration user the missing permission.',
  },
  INSUFFICIENT_ACCESS_OR_READONLY: {
    kind: 'config',
    cure: 'Give the integration user Edit on the object.',
  },
  FUNCTIONALITY_NOT_ENABLED: {
    kind: 'config',
    cure: 'This org has the feature switched off: take the object out of the mapping.',
  },
  INVALID_OPERATION_WITH_EXPIRED_PASSWORD: {
    kind: 'auth',
    cure: "The integration user's password has expired: set a new one, or make it never expire.",
  },
  OPERATION_TOO_LARGE: {
    kind: 'config',
    cure: 'Give the integration user "View All" on the object: the sharing check is too large for it.',
  },
  UNSUPPORTED_API_VERSION: {
    kind: 'config',
    cure: 'Raise `apiVersion` in the connection settings.',
  },
  INVALID_TYPE_FOR_OPERATION: {
    kind: 'config',
    cure: 'Salesforce keeps no delete log for this object: its deletions are found by a full read.',
  },
  INVALID_REPLICATION_DATE: { kind: 'config' },
  EXCEEDED_ID_LIMIT: {
    kind: 'config',
    cure: 'Too many deletions for the delete log: run `headwater sync run --full`.',
  },
  LIMIT_EXCEEDED: { kind: 'limit' },
  CUSTOM_ENTITY_OR_FIELD_LIMIT: {
    kind: 'config',
    cure: 'The object has as many custom fields as the edition allows: delete some that nobody uses, and erase them for good.',
  },
  EXCEEDED_QUOTA: { kind: 'limit' },
  EXCEEDEDQUOTA: { kind: 'limit' },
};

/**
 * The user may not have this object or record; what may not be seen at all is said to be absent.
 */
const FORBIDDEN = new Set([
  'INSUFFICIENT_ACCESS',
  'INSUFFICIENT_ACCESS_OR_READONLY',
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'INSUFFICIENT_RIGHTS',
  'HTTP_403',
]);

const APPROVAL_CURE =
  'Check that the user is active and pre-authorised for the app (permission set assigned, "admin approved users").';

/** `invalid_grant` stands for many faults; its words tell them apart, and each has its own cure. */
const GRANT_CURES: [RegExp, string][] = [
  [
    /invalid assertion/i,
    'The secret privateKey does not belong to the certificate of the app (`clientId`): upload the certificate made from this key, or give the key of that certificate.',
  ],
  [
    /audience/i,
    'Set `loginUrl` to https://test.salesforce.com for a sandbox, https://login.salesforce.com else; Experience sites need `audience`.',
  ],
  [/approved/i, APPROVAL_CURE],
  [
    /client credentials user/i,
    'Name the run-as user of the client credentials flow in the External Client App.',
  ],
  [
    /expired authorization code/i,
    'It was too old when it arrived: set the clock of this machine right and try once more.',
  ],
  [
    /refresh token|access\/refresh/i,
    'Sign in again: the refresh token was revoked, has expired or is of another app. `headwater connection add --auth refresh-token` with another --out gets a new one.',
  ],
];
const grantCure = (message: string): string =>
  GRANT_CURES.find(([words]) => words.test(message))?.[1] ?? APPROVAL_CURE;

const OAUTH_RULES: Record<string, Rule> = {
  invalid_grant: { kind: 'auth' },
  inactive_user: { kind: 'auth', cure: 'Activate the integration user.' },
  invalid_client: {
    kind: 'config',
    cure: 'Check the consumer key and the secret or certificate of the app.',
  },
  invalid_client_id: {
    kind: 'config',
    cure: 'Check `clientId`: it is the consumer key of the External Client App.',
  },
  unsupported_grant_type: {
    kind: 'config',
    cure: 'Switch this flow on in the External Client App.',
  },
  invalid_request: {
    kind: 'config',
    cure: 'Switch this flow on in the External Client App and name its run-as user.',
  },
  redirect_uri_mismatch: { kind: 'config', cure: 'Add the callback URL to the app.' },
  rate_limit_exceeded: { kind: 'transient' },
};

/** Any failure of a call as the engine's error. Errors that are already ours pass through. */
export const toHeadwaterError = (error: unknown, context: FailureContext): HeadwaterError =>
  wireFailure('Salesforce', error, context, (failure) => fromHttp(failure, context));

/** A 2xx whose body is not what the call returns. */
export const unreadable = (context: FailureContext, detail: string): HeadwaterError =>
  unreadableAnswer('Salesforce', context, detail);

function fromHttp(failure: HttpFailure, context: FailureContext): HeadwaterError {
  const { code, message } = readBody(failure);
  const details: ErrorDetails = {
    code,
    cause: failure,
    tooMuch: isTooMuch(failure, code, context),
  };
  const words = `Salesforce answered ${code}: ${message} (${context.what})`;
  if (
    failure.status >= 500 ||
    failure.status === 408 ||
    failure.status === 420 ||
    failure.status === 429
  ) {
    return new HeadwaterError('transient', words, { ...details, outcomeUnknown: context.write });
  }
  if (code === 'REQUEST_LIMIT_EXCEEDED')
    return requestLimit(words, message, details, context.nowMs);
  const blocked = blockedOnTheWay('Salesforce', failure, context, isOwnForm);
  if (blocked !== null) return blocked;
  const rule = RULES[code] ?? OAUTH_RULES[code] ?? byStatus(failure.status);
  const cure = code === 'invalid_grant' ? grantCure(message) : rule.cure;
  return new HeadwaterError(rule.kind, words, {
    ...details,
    unknownFields: unknownColumns(message),
    ...(FORBIDDEN.has(code) ? { refused: 'forbidden' as const } : {}),
    ...(cure === undefined ? {} : { cure }),
    ...(rule.kind === 'limit' ? { retryAtMs: context.nowMs + LIMIT_WAIT_MS } : {}),
  });
}

/**
 * The same code stands for two limits: too many long calls at once (over in seconds) and the org's
 * daily allocation.
 */
function requestLimit(
  words: string,
  message: string,
  details: ErrorDetails,
  nowMs: number,
): HeadwaterError {
  if (/concurrent/i.test(message)) return new HeadwaterError('transient', words, details);
  return new HeadwaterError('limit', words, {
    ...details,
    retryAtMs: nowMs + LIMIT_WAIT_MS,
    cure: "The org's daily API calls are used up. A schedule goes on by itself when some are free again; by hand, run the sync again then.",
  });
}

/** A smaller piece of the same may be answered. */
const isTooMuch = ({ status }: HttpFailure, code: string, { write }: FailureContext): boolean =>
  !write &&
  (TOO_MUCH.has(code) || status === 413 || status === 414 || status === 431 || status === 504);
const TOO_MUCH = new Set(['QUERY_TIMEOUT', 'REQUEST_TOO_LARGE', 'QUERY_TOO_COMPLICATED']);

function byStatus(status: number): Rule {
  if (status === 401) return { kind: 'auth', cure: ADDRESS_CURE };
  if (status === 410)
    return {
      kind: 'config',
      cure: 'This API version is retired: raise `apiVersion` in the connection settings.',
    };
  if (status === 413 || status === 414 || status === 431)
    return { kind: 'config', cure: 'Map fewer fields of the object, or a shorter `pull` filter.' };
  if (status > 300 && status < 400)
    return {
      kind: 'config',
      cure: 'The host redirects: set `instanceUrl` to the My Domain address of the org.',
    };
  return { kind: 'config' };
}

/**
 * Code and words of an error body: REST's array, OAuth's object, or anything else a proxy put
 * there.
 */
/** A list of errors with codes from the APIs, one error from the sign-in. */
const isOwnForm = (body: unknown): boolean => {
  const first: unknown = Array.isArray(body) ? body[0] : body;
  return (
    typeof first === 'object' &&
    first !== null &&
    (['errorCode', 'statusCode', 'exceptionCode'].some(
      (key) => typeof Reflect.get(first, key) === 'string',
    ) ||
      OAUTH_CODE.test(String(Reflect.get(first, 'error'))))
  );
};

function readBody(failure: HttpFailure): { code: string; message: string } {
  const fallback = statusCode(failure);
  let body: unknown;
  try {
    body = JSON.parse(failure.body);
  } catch {
    return { code: fallback, message: foreignWords(failure) };
  }
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof first !== 'object' || first === null)
    return { code: fallback, message: failure.body.slice(0, MESSAGE_CHARACTERS) };
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(first, key);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    code: text('errorCode') ?? text('statusCode') ?? text('error') ?? fallback,
    message: (text('message') ?? text('error_description') ?? 'no message').slice(
      0,
      MESSAGE_CHARACTERS,
    ),
  };
}

/** Columns that Salesforce says it does not have; it names them in its words alone. */
export const unknownColumns = (message: string): string[] =>
  [...message.matchAll(/No such column '([^']+)'/g)].flatMap(([, name]) => name ?? []);

/** The object, record or job is not there (or not for this user). */
export const isNotFound = (error: unknown): boolean =>
  isCode(error, 'NOT_FOUND', 'INVALID_TYPE', 'HTTP_404');
/**
 * The row is sound, and somebody else holds it or its parent: the same write may succeed a moment
 * later.
 */
export const isBusyRow = (code: string): boolean => code === 'UNABLE_TO_LOCK_ROW';
/**
 * The record was deleted, merged away or purged; an invalid reference that names no field is the
 * record's own id.
 */
export const isGoneRow = (code: string, fields: string[]): boolean =>
  code === 'ENTITY_IS_DELETED' || (code === 'INVALID_CROSS_REFERENCE_KEY' && fields.length === 0);
/** Bulk refuses objects that REST reads. */
export const isBulkRefusal = (error: unknown): boolean =>
  isCode(
    error,
    'INVALIDENTITY',
    'INVALIDJOB',
    'API_ERROR',
    'FEATURENOTENABLED',
    'FUNCTIONALITY_NOT_ENABLED',
    'INVALID_FEATURE',
  );
/**
 * The day's query jobs or their volume are used up: Bulk's own codes come with and without the
 * underscore.
 */
export const isBulkSpent = (error: unknown): boolean =>
  isCode(error, 'EXCEEDED_QUOTA', 'EXCEEDEDQUOTA', 'LIMIT_EXCEEDED');
/** A read that neither Bulk nor REST has room for now. */
export const noRoom = (object: string, why: string, nowMs: number): HeadwaterError =>
  new HeadwaterError('limit', `${object} is too large to read now: ${why}`, {
    code: 'BULK_FLOOR',
    retryAtMs: nowMs + LIMIT_WAIT_MS,
    cure: 'Run again when the rolling 24 hours have freed some, or lower `bulkFloorPercent` in the connection settings.',
  });
/** A query job or its results are gone (they live 7 days). */
export const isJobGone = (error: unknown): boolean =>
  isNotFound(error) ||
  isCode(error, 'INVALIDJOB', 'INVALIDJOBSTATE', 'INVALID_QUERY_LOCATOR', 'INVALIDLOCATOR');
export const isDuplicateName = (error: unknown): boolean =>
  isCode(error, 'DUPLICATE_DEVELOPER_NAME', 'DUPLICATE_VALUE');
/** A query that no smaller number of rows makes lighter: its fields are too many or too costly. */
export const isTooComplicated = (error: unknown): boolean => isCode(error, 'QUERY_TOO_COMPLICATED');
/** A query that Salesforce gave up on, or that outlasted our own time limit. */
export const isQueryTooHeavy = (error: unknown): boolean =>
  isCode(error, 'QUERY_TIMEOUT', 'TIMEOUT');
/**
 * A setup call was refused for want of a permission; setup objects vanish altogether for users who
 * may not see them.
 */
export const isMissingPermission = (error: unknown): boolean =>
  isCode(
    error,
    'INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INVALID_TYPE',
    'NOT_FOUND',
    'HTTP_403',
  );
