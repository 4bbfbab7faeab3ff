/** `/composite/batch`: independent subrequests; each counts as a call. */
import type { Hono } from 'hono';
import { asList, asObject, readJsonObject } from './body.ts';
import { fault, jsonResponse, overBudget } from './faults.ts';
import { runInner } from './inner.ts';
import type { SalesforceEnv, Site } from './site.ts';

const MAX_SUBREQUESTS = 25;

export function mountBatch(app: Hono<SalesforceEnv>, site: Site): void {
  app.post('/services/data/:version/composite/batch', async (c) => {
    const body = await readJsonObject(c.req.raw);
    const requests = asList(body.batchRequests, 'batchRequests').map(asObject);
    if (requests.length > MAX_SUBREQUESTS)
      throw fault(
        400,
        'LIMIT_EXCEEDED',
        `The number of batch subrequests exceeds the limit of ${MAX_SUBREQUESTS}`,
      );
    const results: { statusCode: number; result: unknown }[] = [];
    let hasErrors = false;
    for (const [index, request] of requests.entries()) {
      if (hasErrors && body.haltOnError === true) {
        results.push({
          statusCode: 412,
          result: [
            {
              errorCode: 'BATCH_PROCESSING_HALTED',
              message: 'Batch processing halted per request',
            },
          ],
        });
        continue;
      }
      // The call itself was counted at the door; it stands for the first of them.
      const allowed = index === 0 || site.budget.spend();
      if (!allowed) {
        results.push({
          statusCode: 403,
          result: overBudget().faults.map(({ errorCode, message }) => ({ errorCode, message })),
        });
        hasErrors = true;
        continue;
      }
      const answer = await runInner(
        site,
        c,
        String(request.method ?? 'GET'),
        String(request.url ?? ''),
        request.richInput,
      );
      results.push({ statusCode: answer.status, result: answer.body });
      hasErrors ||= answer.status >= 400;
    }
    return jsonResponse({ hasErrors, results });
  });
}
