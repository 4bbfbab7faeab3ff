import type { Context } from 'hono';
import { sameText } from '../api/auth/tokens.ts';
import { boundedText } from '../api/body.ts';
import type { AppDeps } from '../api/deps.ts';
import { connectionsOfOrg } from '../api/places.ts';
import { asProblem, Problem } from '../api/problem.ts';
import { ACKNOWLEDGED, faultOf, parseOutboundMessage } from './outbound-message.ts';

/** A hundred notifications of wide records. */
const MAX_BYTES = 1024 * 1024;

/**
 * An Outbound Message. It carries no signature, so the address holds a secret, the org must be one
 * that we sync, and nothing of its content is used but ids.
 * It may come again and in any order; a mark set twice is one mark.
 */
export async function onSalesforce(c: Context, deps: AppDeps): Promise<Response> {
  const soap = (text: string, status: 200 | 400 | 403 | 404 | 413 | 500 | 503): Response =>
    c.body(text, status, { 'content-type': 'text/xml; charset=utf-8' });
  try {
    const secret = deps.webhooks.salesforceSecret;
    if (secret === undefined || !(await sameText(c.req.param('secret') ?? '', secret)))
      return soap(faultOf('not found'), 404);
    const message = parseOutboundMessage(await boundedText(c.req.raw, MAX_BYTES));
    if (message === null) return soap(faultOf('this is no Outbound Message'), 400);
    const places = await connectionsOfOrg(deps, 'salesforce', message.orgId);
    if (places.length === 0) return soap(faultOf('this organization is not connected'), 403);
    for (const { database, connection } of places)
      await deps.takeHints({
        database,
        connectionId: connection.id,
        marks: message.marks,
        markedMs: deps.nowMs(),
      });
    return soap(ACKNOWLEDGED, 200);
  } catch (error) {
    const problem = asProblem(error);
    deps.log('webhook failed', { crm: 'salesforce', code: problem.code });
    return soap(
      faultOf(
        problem instanceof Problem && problem.status < 500 ? problem.message : 'try again later',
      ),
      problem.status === 413 ? 413 : problem.status === 400 ? 400 : 503,
    );
  }
}
