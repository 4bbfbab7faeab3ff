/** What every connector's `errors.ts` shares; the codes of a CRM stay in its own. */
import { HeadwaterError } from '../../src/model/error.ts';
import { HttpFailure, NetworkFailure } from './wire.ts';

/** Characters of a CRM's own words that go into a message. */
export const MESSAGE_CHARACTERS = 500;

export interface FailureContext {
  nowMs: number;
  /** The call may have changed records. */
  write: boolean;
  what: string;
}

const NO_NAME =
  'No host of this name: check the address in the connection settings, and that this machine has a network and DNS.';
const NO_TRUST =
  'The certificate of the host is not trusted: where a proxy opens TLS, name its authority in NODE_EXTRA_CA_CERTS.';
/** What to do about a host that was not reached, by Node's code for it. */
const UNREACHED: Record<string, string | undefined> = {
  ENOTFOUND: NO_NAME,
  EAI_AGAIN: NO_NAME,
  ECONNREFUSED: 'Nothing listens at this address: check host and port in the connection settings.',
  SELF_SIGNED_CERT_IN_CHAIN: NO_TRUST,
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_TRUST,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_TRUST,
};

/** Any failure of a call as the engine's error. Errors that are already ours pass through. */
export function wireFailure(
  vendor: string,
  error: unknown,
  context: FailureContext,
  fromHttp: (failure: HttpFailure) => HeadwaterError,
): HeadwaterError {
  if (error instanceof HeadwaterError) return error;
  if (error instanceof HttpFailure) return fromHttp(error);
  if (error instanceof NetworkFailure) {
    const words = error.timedOut
      ? `${vendor} did not answer in time`
      : `${vendor} could not be reached: ${error.message}`;
    return new HeadwaterError('transient', `${words} (${context.what}).`, {
      code: error.timedOut ? 'TIMEOUT' : 'NETWORK',
      outcomeUnknown: context.write && error.sent,
      tooMuch: error.timedOut && !context.write,
      cause: error,
      ...(UNREACHED[error.code ?? ''] === undefined ? {} : { cure: UNREACHED[error.code ?? ''] }),
    });
  }
  return new HeadwaterError(
    'bug',
    `${context.what}: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error, outcomeUnknown: context.write },
  );
}

/**
 * A 2xx whose body is not what the call returns: cut off on the way, or not from the CRM at all.
 */
export const unreadableAnswer = (
  vendor: string,
  context: FailureContext,
  detail: string,
): HeadwaterError =>
  new HeadwaterError(
    'transient',
    `${vendor}'s answer could not be read (${context.what}): ${detail}.`,
    { code: 'UNREADABLE_ANSWER', outcomeUnknown: context.write },
  );

export const statusCode = (failure: HttpFailure): string => `HTTP_${failure.status}`;

/** What an error body that is no JSON says, in words for a message. */
export const foreignWords = ({ body }: HttpFailure): string =>
  /^\s*</.test(body)
    ? 'a web page instead of data (maintenance, a proxy, or a wrong host)'
    : body.slice(0, MESSAGE_CHARACTERS) || 'no body';

/** The bare code of an error, for the few callers that have another way to go on. */
export const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof HeadwaterError && error.code !== undefined && codes.includes(error.code);

/** `invalid_grant`: sign-in errors are words of OAuth's own, where others write sentences. */
export const OAUTH_CODE = /^[a-z]+(?:_[a-z]+)+$/;

/** Whether a text is JSON of the CRM's own form; gateways answer in JSON, too. */
const isOwnJson = (text: string, isOwn: (body: unknown) => boolean): boolean => {
  try {
    return isOwn(JSON.parse(text));
  } catch {
    return false;
  }
};
/** Answers that only a proxy or a network's login page gives. */
const PROXY_STATUSES = new Set([407, 451, 511]);
const REFUSING_STATUSES = new Set([401, 403, 404, 405, 406]);

/**
 * A refusal that the CRM did not write: proxies, firewalls and login pages answer in its place, and
 * what they say of a path says nothing of the object behind it. `isOwn`: the CRM refuses in that
 * form. null = the CRM's own words.
 */
export function blockedOnTheWay(
  vendor: string,
  failure: HttpFailure,
  context: FailureContext,
  isOwn: (body: unknown) => boolean,
): HeadwaterError | null {
  const { status, body, headers } = failure;
  const foreign =
    PROXY_STATUSES.has(status) ||
    // A 401 in JSON may be the CRM's in any form, and its cure names both the sign-in and a proxy.
    (REFUSING_STATUSES.has(status) &&
      (body.trim() === ''
        ? status === 403
        : !isOwnJson(body, status === 401 ? () => true : isOwn)));
  if (!foreign) return null;
  const server = headers['server'] === undefined ? '' : `, from ${headers['server'].slice(0, 40)}`;
  return new HeadwaterError(
    'config',
    `Somebody between here and ${vendor} answered in its place: ${statusCode(failure)}${server}, ${foreignWords(failure)} (${context.what}).`,
    {
      code: 'BLOCKED',
      refused: 'blocked',
      cause: failure,
      cure: `Let this program reach ${vendor}: look at the proxy, the firewall and the address in the connection's settings.`,
    },
  );
}
