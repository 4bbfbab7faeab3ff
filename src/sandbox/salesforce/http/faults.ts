/** Salesforce's error answers: a JSON array of `{message, errorCode, fields?}`. */
import { OrgFault, type SalesforceFault } from '../org-types.ts';

const JSON_TYPE = 'application/json;charset=UTF-8';

export function fault(
  status: number,
  errorCode: string,
  message: string,
  fields?: string[],
): OrgFault {
  return new OrgFault([{ status, errorCode, message, ...(fields ? { fields } : {}) }]);
}

export const notFound = () => fault(404, 'NOT_FOUND', 'The requested resource does not exist');
export const noSession = () => fault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
export const overBudget = () =>
  fault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

export function faultResponse(faults: SalesforceFault[]): Response {
  const body = faults.map(({ message, errorCode, fields, extra }) => ({
    message,
    errorCode,
    ...(fields ? { fields } : {}),
    ...extra,
  }));
  return jsonResponse(body, faults[0]?.status ?? 400);
}

/** The error of a single-record write; those list the fields even when there are none. */
export function saveFaults(faults: SalesforceFault[]): OrgFault {
  return new OrgFault(faults.map((one) => ({ ...one, fields: one.fields ?? [] })));
}

export function jsonResponse(
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': JSON_TYPE, ...headers },
  });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

/** The row form of an error inside collections and Bulk: `statusCode` instead of `errorCode`. */
export function rowErrors(
  faults: SalesforceFault[],
): { statusCode: string; message: string; fields: string[] }[] {
  return faults.map(({ errorCode, message, fields }) => ({
    statusCode: errorCode,
    message,
    fields: fields ?? [],
  }));
}
