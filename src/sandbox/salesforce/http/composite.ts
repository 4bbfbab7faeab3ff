/** `/composite` and `/composite/graph`: dependent subrequests, one API call. */
import type { Hono } from 'hono';
import { anyCase, asList, asObject, readJsonObject } from './body.ts';
import { fault, jsonResponse } from './faults.ts';
import { runInner, type InnerAnswer } from './inner.ts';
import { resolveReferences, UnresolvedReference } from './references.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from './site.ts';

const MAX_SUBREQUESTS = 25;
/** Queries and collections among them. */
const MAX_QUERIES = 5;
const MAX_GRAPHS = 75;
const MAX_NODES = 500;

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  headers: Record<string, string>;
}
interface Subanswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

export function mountComposite(app: Hono<SalesforceEnv>, site: Site): void {
  app.get('/services/data/:version/composite', (c) =>
    jsonResponse(
      Object.fromEntries(
        ['tree', 'batch', 'sobjects', 'graph'].map((name) => [
          name,
          `${base(c)}/composite/${name}`,
        ]),
      ),
    ),
  );
  app.post('/services/data/:version/composite', async (c) => {
    const body = await readJsonObject(c.req.raw);
    const requests = subrequests(anyCase(body, 'compositeRequest'));
    if (requests.length > MAX_SUBREQUESTS)
      throw fault(
        400,
        'LIMIT_EXCEEDED',
        `The number of composite subrequests exceeds the limit of ${MAX_SUBREQUESTS}`,
      );
    const queries = requests.filter(({ url }) =>
      /\/(query|queryAll|composite\/sobjects)\b/.test(url),
    ).length;
    if (queries > MAX_QUERIES)
      throw fault(
        400,
        'LIMIT_EXCEEDED',
        `Limit of ${MAX_QUERIES} query and sObject Collections operations exceeded`,
      );
    return jsonResponse({
      compositeResponse: (await runAll(site, c, requests, anyCase(body, 'allOrNone') === true))
        .answers,
    });
  });
  app.post('/services/data/:version/composite/graph', async (c) => {
    const graphs = asList((await readJsonObject(c.req.raw)).graphs, 'graphs').map(asObject);
    if (graphs.length > MAX_GRAPHS)
      throw fault(400, 'LIMIT_EXCEEDED', `The number of graphs exceeds the limit of ${MAX_GRAPHS}`);
    const parsed = graphs.map((graph) => ({
      graphId: String(graph.graphId ?? ''),
      requests: subrequests(graph.compositeRequest),
    }));
    if (parsed.reduce((sum, { requests }) => sum + requests.length, 0) > MAX_NODES)
      throw fault(400, 'LIMIT_EXCEEDED', `The number of nodes exceeds the limit of ${MAX_NODES}`);
    const out = [];
    // Each graph is a transaction of its own.
    for (const { graphId, requests } of parsed) {
      const { answers, ok } = await runAll(site, c, requests, true);
      out.push({ graphId, graphResponse: { compositeResponse: answers }, isSuccessful: ok });
    }
    return jsonResponse({ graphs: out });
  });
}

function subrequests(list: unknown): Subrequest[] {
  const seen = new Set<string>();
  return asList(list, 'compositeRequest').map((item) => {
    const one = asObject(item);
    const referenceId = String(one.referenceId ?? '');
    if (!/^[A-Za-z]\w*$/.test(referenceId) || seen.has(referenceId))
      throw fault(400, 'JSON_PARSER_ERROR', `Invalid or repeated referenceId '${referenceId}'`);
    seen.add(referenceId);
    return {
      method: String(one.method ?? 'GET').toUpperCase(),
      url: String(one.url ?? ''),
      referenceId,
      body: one.body,
      headers: (one.httpHeaders ?? {}) as Record<string, string>,
    };
  });
}

/**
 * One after another; a subrequest whose references point to a failed one is not run. With
 * `allOrNone` a failure takes everything back:
 * the others answer PROCESSING_HALTED.
 */
async function runAll(
  site: Site,
  c: SalesforceContext,
  requests: Subrequest[],
  allOrNone: boolean,
): Promise<{ answers: Subanswer[]; ok: boolean }> {
  const done = new Map<string, InnerAnswer>();
  const answers: Subanswer[] = [];
  const work = async (): Promise<boolean> => {
    for (const request of requests) {
      const answer = await runOne(site, c, request, done);
      done.set(request.referenceId, answer);
      answers.push({
        body: answer.body,
        httpHeaders: answer.headers,
        httpStatusCode: answer.status,
        referenceId: request.referenceId,
      });
      if (allOrNone && answer.status >= 300) return false;
    }
    return answers.every(({ httpStatusCode }) => httpStatusCode < 300);
  };
  if (!allOrNone) return { ok: await work(), answers };
  const ok = await rollingBack(site, work);
  return {
    ok,
    answers: ok
      ? answers
      : requests.map((request, index) => failedOrHalted(request, answers[index])),
  };
}

async function runOne(
  site: Site,
  c: SalesforceContext,
  request: Subrequest,
  done: Map<string, InnerAnswer>,
): Promise<InnerAnswer> {
  try {
    const url = resolveReferences(request.url, done) as string;
    const body = request.body === undefined ? undefined : resolveReferences(request.body, done);
    return await runInner(site, c, request.method, url, body, request.headers);
  } catch (error) {
    if (!(error instanceof UnresolvedReference)) throw error;
    return {
      status: 400,
      headers: {},
      body: [{ errorCode: 'PROCESSING_HALTED', message: error.message }],
    };
  }
}

/** The one that failed keeps its words, the others were halted or taken back. */
function failedOrHalted(request: Subrequest, answer: Subanswer | undefined): Subanswer {
  if (answer !== undefined && answer.httpStatusCode >= 300) return answer;
  const message =
    'The transaction was rolled back since another operation in the same transaction failed.';
  return {
    body: [{ errorCode: 'PROCESSING_HALTED', message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId: request.referenceId,
  };
}

/**
 * Nobody else writes between the first subrequest and the last, so that a rollback takes
 * back only what was done here.
 */
function rollingBack(site: Site, work: () => Promise<boolean>): Promise<boolean> {
  return site.turnstile.exclusively(async () => {
    const transaction = site.org.begin();
    let ok = false;
    try {
      ok = await work();
    } finally {
      if (ok) transaction.commit();
      else transaction.rollback();
    }
    return ok;
  });
}
