/**
 * The only place that reads HubSpot's codes: what the wire answered becomes what the engine should
 * do.
 */
import { type ErrorDetails, type ErrorKind, HeadwaterError } from '../../src/model/error.ts';
import type { Obstacle } from '../kit/backoff.ts';
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
import { HttpFailure } from '../kit/wire.ts';
import { nextMidnightMs } from './midnight.ts';

/** The burst limit rolls over ten seconds; searches and the older limit over one. */
const BURST_WAIT_MS = 10_000;
const SECOND_WAIT_MS = 1_000;
/**
 * A smaller piece of the same may be answered: a gateway waited in vain for HubSpot's own answer
 * (HubSpot's 504, Cloudflare's 524), or the request or its address was too long.
 */
const TOO_MUCH = new Set([413, 414, 431, 504, 524]);

export interface HubspotContext extends FailureContext {
  /** The portal's zone, where known: its midnight ends a daily limit. */
  timeZone?: string | null;
}

interface Rule {
  kind: ErrorKind;
  cure?: string;
}

const SCOPE_CURE = 'Add the missing scope to the service key or app, and connect again.';
const RULES: Record<string, Rule> = {
  INVALID_AUTHENTICATION: {
    kind: 'auth',
    cure: 'The token is wrong or was revoked: put the current service key or private-app token into the connection.',
  },
  EXPIRED_AUTHENTICATION: { kind: 'auth', cure: 'Sign in again: the access token has expired.' },
  BAD_REFRESH_TOKEN: {
    kind: 'auth',
    cure: 'Install the app in the portal again: its refresh token is no longer valid.',
  },
  invalid_grant: {
    kind: 'auth',
    cure: 'Install the app in the portal again: its refresh token is no longer valid.',
  },
  BAD_CLIENT_ID: { kind: 'config', cure: 'Check `clientId`: it is on the Auth page of the app.' },
  BAD_CLIENT_SECRET: {
    kind: 'config',
    cure: 'Check the secret clientSecret: it is on the Auth page of the app.',
  },
  invalid_client: { kind: 'config', cure: 'Check `clientId` and the secret clientSecret.' },
  MISSING_SCOPES: { kind: 'config', cure: SCOPE_CURE },
  BANNED: { kind: 'config', cure: 'The portal or app is suspended; ask HubSpot.' },
  PROPERTY_DOESNT_EXIST: {
    kind: 'config',
    cure: 'The property was renamed or archived: restore it, take it out of the mapping, or run `headwater field deploy` when it is one of ours.',
  },
};

/** Any failure of a call as the engine's error. Errors that are already ours pass through. */
export const toHeadwaterError = (error: unknown, context: HubspotContext): HeadwaterError =>
  wireFailure('HubSpot', error, context, (failure) => fromHttp(failure, context));

/** A 2xx whose body is not what the call returns. */
export const unreadable = (context: FailureContext, detail: string): HeadwaterError =>
  unreadableAnswer('HubSpot', context, detail);

function fromHttp(failure: HttpFailure, context: HubspotContext): HeadwaterError {
  const body = readBody(failure);
  const details: ErrorDetails = {
    code: body.code,
    cause: failure,
    tooMuch: TOO_MUCH.has(failure.status) && !context.write,
  };
  const words = `HubSpot answered ${body.code}: ${body.message} (${context.what}${body.correlationId === null ? '' : `; correlation id ${body.correlationId}`})`;
  if (failure.status === 429) return fromTooMany(body, words, details, context);
  if (failure.status === 477) {
    const seconds = Number(failure.headers['retry-after'] ?? '');
    return new HeadwaterError('limit', words, {
      ...details,
      retryAtMs: context.nowMs + (seconds > 0 ? seconds * 1000 : 60 * 60_000),
      cure: 'HubSpot is moving the portal to another data centre. A schedule goes on afterwards by itself; by hand, run the sync again then.',
    });
  }
  if (failure.status === 423)
    return new HeadwaterError('transient', words, { ...details, code: 'LOCKED' });
  if (failure.status >= 500 || failure.status === 408)
    return new HeadwaterError('transient', words, { ...details, outcomeUnknown: context.write });
  const blocked = blockedOnTheWay('HubSpot', failure, context, isOwnForm);
  if (blocked !== null) return blocked;
  const rule = RULES[body.code] ?? byStatus(failure.status, context);
  const cure =
    body.scopes.length > 0
      ? `Add ${body.scopes.join(', ')} to the service key or app, and connect again.`
      : rule.cure;
  return new HeadwaterError(rule.kind, words, {
    ...details,
    unknownFields: unknownProperties(failure.body),
    ...(cure === undefined ? {} : { cure }),
    ...refusedBy(failure, body.code),
  });
}

/** Who is suspended is refused everything, which says nothing of one object. */
const refusedBy = (failure: HttpFailure, code: string): Pick<ErrorDetails, 'refused'> =>
  code === 'MISSING_SCOPES' || (failure.status === 403 && code !== 'BANNED')
    ? { refused: 'forbidden' }
    : isAbsent(failure, code)
      ? { refused: 'absent' }
      : {};
const isAbsent = ({ status, body }: HttpFailure, code: string): boolean =>
  ['OBJECT_NOT_FOUND', 'NOT_FOUND', 'OBJECT_TYPE_NOT_FOUND'].includes(code) ||
  status === 404 ||
  /unable to infer object type|invalid object type|unknown object type/i.test(body);

/**
 * Three limits answer 429: the day's calls (until midnight in the portal's zone), ten seconds, and
 * one second.
 */
function fromTooMany(
  body: ErrorBody,
  words: string,
  details: ErrorDetails,
  context: HubspotContext,
): HeadwaterError {
  const said = `${body.policyName ?? ''} ${body.message}`.toLowerCase();
  if (said.includes('daily')) {
    return new HeadwaterError('limit', words, {
      ...details,
      code: 'DAILY_LIMIT',
      retryAtMs: nextMidnightMs(context.nowMs, context.timeZone ?? null),
      cure: "The portal's calls of the day are used up until midnight in its time zone. A schedule goes on then by itself; by hand, run the sync again.",
    });
  }
  const second = !said.includes('ten') && said.includes('secondly');
  return new HeadwaterError('limit', words, {
    ...details,
    code: second ? 'SECONDLY_LIMIT' : 'BURST_LIMIT',
    retryAtMs: context.nowMs + (second ? SECOND_WAIT_MS : BURST_WAIT_MS),
  });
}

function byStatus(status: number, context: FailureContext): Rule {
  if (status === 401)
    return {
      kind: 'auth',
      cure: 'The token was refused: put the current service key or private-app token into the connection, or install the app again; and see that no proxy asks for a sign-in of its own.',
    };
  if (status === 403) return { kind: 'config', cure: SCOPE_CURE };
  // HubSpot refuses a whole batch for one bad row; the engine halves it until it has found the row.
  if (context.write && (status === 400 || status === 404 || status === 409 || status === 413))
    return { kind: 'rejected' };
  if (status === 413 || status === 414 || status === 431)
    return { kind: 'config', cure: 'Map fewer properties of the object.' };
  if (status > 300 && status < 400)
    return { kind: 'config', cure: 'The host redirects: set `baseUrl` to https://api.hubapi.com.' };
  if (status === 410)
    return {
      kind: 'config',
      cure: 'This version of the API is retired: set `apiVersion` to 2026-09.',
    };
  return { kind: 'config' };
}

interface ErrorBody {
  code: string;
  message: string;
  policyName: string | null;
  correlationId: string | null;
  scopes: string[];
}

/**
 * Code and words of an error body, all of whose keys are optional, or of whatever a proxy put
 * there.
 */
function readBody(failure: HttpFailure): ErrorBody {
  const nothing: ErrorBody = {
    code: statusCode(failure),
    message: 'no body',
    policyName: null,
    correlationId: null,
    scopes: [],
  };
  let body: unknown;
  try {
    body = JSON.parse(failure.body);
  } catch {
    return { ...nothing, message: foreignWords(failure) };
  }
  const first = firstDetail(body);
  const generic = ['error', 'VALIDATION_ERROR', 'ERROR'];
  const own = [
    textAt(first, 'code'),
    textAt(body, 'category'),
    textAt(body, 'errorType'),
    textAt(body, 'error'),
    textAt(body, 'status'),
  ].filter((code) => code !== null);
  const code =
    (/property .* does not exist/i.test(failure.body) ? 'PROPERTY_DOESNT_EXIST' : null) ??
    own.find((each) => !generic.includes(each)) ??
    own.find((each) => each !== 'error') ??
    nothing.code;
  return {
    code,
    message: (
      textAt(body, 'message') ??
      textAt(body, 'error_description') ??
      nothing.message
    ).slice(0, MESSAGE_CHARACTERS),
    policyName: textAt(body, 'policyName'),
    correlationId: textAt(body, 'correlationId'),
    scopes: scopesOf(first),
  };
}

/** Every refusal of HubSpot's has one of these beside its message, or a code as OAuth has them. */
const isOwnForm = (body: unknown): boolean =>
  ['category', 'correlationId', 'errorType'].some((key) => textAt(body, key) !== null) ||
  /^(?:error|[A-Z_]+)$/.test(textAt(body, 'status') ?? '') ||
  OAUTH_CODE.test(textAt(body, 'error') ?? '');

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
function textAt(value: unknown, key: string): string | null {
  const found = at(value, key);
  return typeof found === 'string' && found !== '' ? found : null;
}
function firstDetail(body: unknown): unknown {
  const errors = at(body, 'errors');
  return Array.isArray(errors) ? errors[0] : undefined;
}
function scopesOf(detail: unknown): string[] {
  const scopes =
    at(at(detail, 'context'), 'requiredGranularScopes') ??
    at(at(detail, 'context'), 'requiredScopes');
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

/** Properties that HubSpot says it does not have, in whichever part of its answer. */
const unknownProperties = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/property \\?"([^"\\]+)\\?" does not exist/gi)].flatMap(
      ([, name]) => name ?? [],
    ),
  ),
];

/** Every row of a write was refused because a property is not there. Nothing was changed. */
export const goneProperty = (object: string, message: string): HeadwaterError => {
  const { cure } = RULES['PROPERTY_DOESNT_EXIST'] ?? {};
  return new HeadwaterError('config', `HubSpot refused every row of ${object}: ${message}`, {
    code: 'PROPERTY_DOESNT_EXIST',
    unknownFields: unknownProperties(message),
    ...(cure === undefined ? {} : { cure }),
  });
};

/** What HubSpot refused before anything happened. */
export const obstacleOf = (error: HeadwaterError): Obstacle | null =>
  isCode(error, 'SECONDLY_LIMIT', 'BURST_LIMIT')
    ? 'burst'
    : isCode(error, 'LOCKED')
      ? 'locked'
      : null;

/** The record of a row was archived or purged. */
export const isGoneRow = (category: string | null | undefined): boolean =>
  category === 'OBJECT_NOT_FOUND';
/** The object is not there; an unknown object type is a 400 in HubSpot's words. */
export const isNotFound = (error: unknown): boolean =>
  error instanceof HeadwaterError && error.refused === 'absent';
/** Refused for want of a scope or a permission. */
export const isMissingScope = (error: unknown): boolean =>
  error instanceof HeadwaterError && error.refused === 'forbidden';
/** What was to be created is there already. */
export const isConflict = (error: unknown): boolean =>
  error instanceof HeadwaterError &&
  error.cause instanceof HttpFailure &&
  error.cause.status === 409;
/** Refused as a whole for what was in it, not for who asked or how often. */
export const isRefused = (error: unknown): boolean =>
  error instanceof HeadwaterError &&
  error.cause instanceof HttpFailure &&
  [400, 409].includes(error.cause.status);
