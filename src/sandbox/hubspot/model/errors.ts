/** HubSpot's error answers: `{status:'error', message, correlationId, category, ...}`. */
import { randomUUID } from 'node:crypto';

export type ErrorExtra = Record<string, unknown>;

/** A refusal, with the body as HubSpot words it; the correlation id is made when the answer is. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly category: string | null;
  readonly extra: ErrorExtra;

  constructor(status: number, category: string | null, message: string, extra: ErrorExtra = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.extra = extra;
  }

  body(): Record<string, unknown> {
    return {
      status: 'error',
      message: this.message,
      correlationId: randomUUID(),
      ...this.extra,
      ...(this.category === null ? {} : { category: this.category }),
    };
  }
}

export interface PropertyFault {
  name: string;
  message: string;
  error: string;
}

export const invalid = (message: string, extra: ErrorExtra = {}) =>
  new HubSpotError(400, 'VALIDATION_ERROR', message, extra);
export const notFound = () => new HubSpotError(404, 'OBJECT_NOT_FOUND', 'resource not found');
/** No route of the API; the front end answers, in fewer words. */
export const noRoute = () => new HubSpotError(404, null, 'resource not found');
export const objectNotFound = (message = 'Object not found.  objectId are usually numeric.') =>
  new HubSpotError(404, 'OBJECT_NOT_FOUND', message);
export const conflict = (message: string, extra: ErrorExtra = {}) =>
  new HubSpotError(409, 'CONFLICT', message, extra);

/**
 * Wrong property values, all of a record in one answer; the message carries the list
 * as JSON, as HubSpot's does.
 */
export function wrongValues(portalId: number, faults: PropertyFault[]): HubSpotError {
  const listed = faults.map((fault) => ({
    isValid: false,
    message: fault.message,
    error: fault.error,
    name: fault.name,
    localizedErrorMessage: fault.message,
    portalId,
  }));
  const errors = faults.map((fault) => ({
    message: fault.message,
    code: fault.error,
    context: { propertyName: [fault.name] },
  }));
  return new HubSpotError(
    400,
    'VALIDATION_ERROR',
    `Property values were not valid: ${JSON.stringify(listed)}`,
    { errors },
  );
}

export function missingScopes(scopes: string[]): HubSpotError {
  const link = 'https://developers.hubspot.com/scopes';
  return new HubSpotError(
    403,
    'MISSING_SCOPES',
    `This app hasn't been granted all required scopes to make this call. Read more about required scopes here: ${link}.`,
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: scopes },
        },
      ],
      links: { scopes: link },
    },
  );
}

export const noCredentials = () =>
  new HubSpotError(
    401,
    'INVALID_AUTHENTICATION',
    'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  );
export const expiredToken = (sinceSeconds: number) =>
  new HubSpotError(
    401,
    'EXPIRED_AUTHENTICATION',
    `The OAuth token used to make this call expired ${sinceSeconds} second(s) ago.`,
  );

/** The three kinds of 429. */
export function tooMany(policy: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY'): HubSpotError {
  const message = `You have reached your ${policy.toLowerCase()} limit.`;
  return new HubSpotError(429, null, message, {
    errorType: 'RATE_LIMIT',
    policyName: policy,
    ...(policy === 'DAILY' ? { requestId: randomUUID() } : {}),
  });
}
