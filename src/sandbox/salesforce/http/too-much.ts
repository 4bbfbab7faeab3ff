/** What Salesforce answers when it is asked for too much at once, and how much that was. */
import type { FaultRule } from '../../faults.ts';
import { fault, faultResponse } from './faults.ts';
import type { Site } from './site.ts';

/** By Salesforce's own codes: status and words. */
const REFUSALS: Record<string, [status: number, message: string]> = {
  QUERY_TIMEOUT: [400, 'Your query request was running for too long.'],
  QUERY_TOO_COMPLICATED: [
    400,
    'Query is either selecting too many fields or the filter conditions are too complicated.',
  ],
  REQUEST_TOO_LARGE: [413, 'The request is too large'],
  EXCEEDED_ID_LIMIT: [400, 'exceeded the maximum number of ids'],
  URI_TOO_LONG: [414, 'The request address is too long'],
};
/** A Bulk result page that outgrew its time: 200, and nothing in it. */
const EMPTY_BODY = 'EMPTY_BODY';
/** Answers of the front end, in HTML; those of a header or an address that is too long are two. */
const FRONT_END = new Set([414, 431, 502, 504]);

/** null = the front end's page with the rule's status. */
export function tooMuchAnswer({ code, status }: FaultRule): Response | null {
  if (code === EMPTY_BODY)
    return new Response('', { status: 200, headers: { 'content-type': 'text/csv' } });
  if (code === undefined && status !== undefined && FRONT_END.has(status)) return null;
  const name = code ?? (status === 413 ? 'REQUEST_TOO_LARGE' : 'QUERY_TIMEOUT');
  const [usual, message] = REFUSALS[name] ?? [400, 'The request asks for too much at once'];
  return faultResponse(fault(status ?? usual, name, message).faults);
}

/** Rows of an answer, and the fields of a statement, or of the statement behind a Bulk job. */
export async function sizeOfAnswer(
  site: Site,
  request: Request,
  answer: Response,
): Promise<{ rows: number; fields: number }> {
  const url = new URL(request.url);
  const job = site.jobs.get(/\/jobs\/query\/(\w+)/.exec(url.pathname)?.[1] ?? '');
  const soql =
    job?.kind === 'query'
      ? job.soql
      : (url.searchParams.get('q') ?? String((await json(request))['query'] ?? ''));
  const given = await json(answer);
  const rows = [given['records'], given['deletedRecords'], given['ids']].find(Array.isArray);
  return {
    rows: rows?.length ?? Number(answer.headers.get('sforce-numberofrecords') ?? 0),
    fields: /^\s*select\s+(.+?)\s+from\s/is.exec(soql)?.[1]?.split(',').length ?? 0,
  };
}

const json = async (body: Request | Response): Promise<Record<string, unknown>> =>
  await (body.json() as Promise<Record<string, unknown>>).catch(() => ({}));
