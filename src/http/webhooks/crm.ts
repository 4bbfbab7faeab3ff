import type { Context, Next } from 'hono';
import { digest, toHex } from '../../model/api-token.ts';
import type { ConnectorWebhook, DeliveryReading, OrgMarks } from '../../model/webhook.ts';
import { forgetDelivery, rememberDelivery } from '../../store/deliveries.ts';
import { sameText } from '../api/auth/tokens.ts';
import { boundedText } from '../api/body.ts';
import type { AppDeps } from '../api/deps.ts';
import { connectionsOfOrg } from '../api/places.ts';
import { asProblem, Problem } from '../api/problem.ts';
import { secretVariable } from './settings.ts';

/**
 * A delivery of a CRM, which its connector reads. It only marks ids; the engine reads the records
 * itself. An address that no connector posts to is not there.
 */
export async function onCrm(c: Context, deps: AppDeps, next: Next): Promise<Response | void> {
  const crm = c.req.param('crm') ?? '';
  const inAddress = c.req.param('secret');
  const webhook = (await deps.connector(crm))?.webhook;
  if (webhook === undefined || (webhook.proof === 'address') !== (inAddress !== undefined))
    return await next();
  try {
    const marked = await take(c, deps, { crm, webhook, inAddress });
    if (webhook.answer === undefined) return c.json({ marked });
    const { type, body } = webhook.answer(null);
    return c.body(body, 200, { 'content-type': type });
  } catch (error) {
    if (webhook.answer === undefined) throw error;
    const problem = asProblem(error);
    deps.log('webhook failed', { crm, code: problem.code });
    const refused = REFUSALS.includes(problem.status);
    const { type, body } = webhook.answer(refused ? problem.message : 'try again later');
    return c.body(body, refused ? problem.status : 503, { 'content-type': type });
  }
}

/** What sending again would not change; of anything else a CRM tries again. */
const REFUSALS: readonly Problem['status'][] = [400, 401, 403, 404, 413];

interface Posted {
  crm: string;
  webhook: ConnectorWebhook;
  /** The secret that the address holds, where it holds one. */
  inAddress: string | undefined;
}

/** How many marks a delivery set. */
async function take(c: Context, deps: AppDeps, posted: Posted): Promise<number> {
  const { crm, webhook } = posted;
  const secret = await provenSecret(deps, posted);
  const { publicOrigin } = deps.webhooks;
  const reading = await webhook.read(
    {
      method: c.req.method,
      url:
        publicOrigin === undefined
          ? c.req.url
          : `${publicOrigin}${c.req.url.slice(new URL(c.req.url).origin.length)}`,
      header: (name) => c.req.header(name) ?? null,
      body: await boundedText(c.req.raw, webhook.maxBytes),
    },
    secret,
    deps.nowMs(),
  );
  if (reading.kind === 'unsigned')
    throw new Problem(401, 'SIGNATURE', 'the signature is missing, wrong or too old');
  if (reading.kind === 'unreadable') throw new Problem(400, reading.code, reading.message);
  return await onlyOnce(deps, crm, reading.once, () => mark(deps, posted, reading.orgs));
}

async function provenSecret(deps: AppDeps, { crm, inAddress }: Posted): Promise<string> {
  const secret = deps.webhooks.secretOf(crm);
  // Who guesses an address learns not even whether the webhook is on.
  if (inAddress !== undefined && (secret === undefined || !(await sameText(inAddress, secret))))
    throw new Problem(404, 'NOT_FOUND', 'not found');
  if (secret === undefined)
    throw new Problem(
      404,
      'OFF',
      `the webhook of ${crm} is switched off`,
      `Set the secret ${secretVariable(crm)}.`,
    );
  return secret;
}

type Once = Extract<DeliveryReading, { kind: 'marks' }>['once'];

async function onlyOnce<T>(
  deps: AppDeps,
  crm: string,
  once: Once,
  work: () => Promise<T>,
): Promise<T> {
  if (once === undefined) return await work();
  const [main] = deps.stores.values();
  const delivery = toHex(await digest(`${crm} ${once.text}`));
  if (!(await rememberDelivery(main!, delivery, deps.nowMs(), once.keptMs)))
    throw new Problem(409, 'REPLAY', 'this delivery was here before');
  try {
    return await work();
  } catch (error) {
    // The CRM sends it again, and then it must not look like a replay.
    await forgetDelivery(main!, delivery);
    throw error;
  }
}

async function mark(deps: AppDeps, { crm, webhook }: Posted, orgs: OrgMarks[]): Promise<number> {
  let marked = 0;
  for (const { orgId, marks } of orgs) {
    const places = await connectionsOfOrg(deps, crm, orgId);
    if (places.length === 0 && webhook.knownOrgsOnly)
      throw new Problem(403, 'NO_CONNECTION', 'this organization is not connected');
    for (const { database, connection } of places) {
      await deps.takeHints({
        ...{ database, connectionId: connection.id, marks, markedMs: deps.nowMs() },
      });
      marked += marks.length;
    }
  }
  return marked;
}
