/** Routes of the Metadata API: SOAP under `/services/Soap/m`, and deployments over REST. */
import type { Hono } from 'hono';
import { asObject, readJsonObject, type JsonObject } from '../http/body.ts';
import { fault, jsonResponse, noSession, notFound, overBudget } from '../http/faults.ts';
import { base, type SalesforceContext, type SalesforceEnv, type Site } from '../http/site.ts';
import { versionOf } from '../http/versions.ts';
import { requireAccess, requireApi } from '../http/access.ts';
import { OrgFault } from '../org-types.ts';
import { perform } from './calls.ts';
import { deployResult } from './deploy-result.ts';
import { deployJob, deployValidated, startDeployment } from './deployments.ts';
import { findJob, type DeployJob } from './jobs.ts';
import { readEnvelope, soapFault } from './soap.ts';

const REQUEST = '/services/data/:version/metadata/deployRequest';

export function mountMetadataApi(app: Hono<SalesforceEnv>, site: Site): void {
  const soap = (c: SalesforceContext) => answerSoap(site, c);
  app.post('/services/Soap/m/:version', soap);
  app.post('/services/Soap/m/:version/:org', soap);
  app.post(REQUEST, (c) => startRest(site, c));
  app.get(`${REQUEST}/:id`, (c) => {
    const id = c.req.param('id') ?? '';
    if (findJob(site.org, 'deploy', id) === null) throw notFound();
    return jsonResponse(
      restResult(site, c, deployJob(site, id), c.req.query('includeDetails') === 'true'),
    );
  });
}

/** The session stands in the envelope, not in a header; every refusal is a SOAP fault. */
async function answerSoap(site: Site, c: SalesforceContext): Promise<Response> {
  try {
    versionOf(`v${c.req.param('version') ?? ''}`);
  } catch {
    return soapFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
  }
  try {
    const call = readEnvelope(await c.req.text());
    if (call.sessionId === null) throw noSession();
    const { user, session } = requireAccess(
      site,
      new Request(c.req.url, { headers: { authorization: `Bearer ${call.sessionId}` } }),
    );
    requireApi(session);
    if (!site.budget.spend()) throw overBudget();
    await site.turnstile.pass();
    return perform(site, user, call);
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    const [first] = error.faults;
    const lost = first?.errorCode === 'INVALID_SESSION_ID';
    return soapFault(
      first?.errorCode ?? 'UNKNOWN_EXCEPTION',
      lost ? 'Invalid Session ID found in SessionHeader: Illegal Session' : error.message,
    );
  }
}

/**
 * A multipart body with the options (`entity_content`) and the archive (`file`), or JSON naming a
 * validation to put in force.
 */
async function startRest(site: Site, c: SalesforceContext): Promise<Response> {
  const contentType = c.req.header('content-type') ?? '';
  const user = c.get('user');
  if (!contentType.startsWith('multipart/')) {
    const { validatedDeployRequestId } = await readJsonObject(c.req.raw);
    const job = deployValidated(site, user, String(validatedDeployRequestId ?? ''));
    return jsonResponse({ ...restResult(site, c, job, false), validatedDeployRequestId }, 201);
  }
  const form = await c.req.raw.formData().catch(() => null);
  const file = form?.get('file');
  if (form === null || !(file instanceof Blob))
    throw fault(
      400,
      'INVALID_MULTIPART_REQUEST',
      'Multipart message must include a non-binary part first and a file part',
    );
  const entity = form.get('entity_content');
  const asked = parsed(entity instanceof Blob ? await entity.text() : (entity ?? '{}'));
  const job = startDeployment(
    site,
    user,
    new Uint8Array(await file.arrayBuffer()),
    asObject(asked.deployOptions ?? {}),
  );
  return jsonResponse(restResult(site, c, job, false), 201);
}

function parsed(text: string): JsonObject {
  try {
    return asObject(JSON.parse(text));
  } catch (error) {
    throw error instanceof OrgFault
      ? error
      : fault(
          400,
          'JSON_PARSER_ERROR',
          `The entity_content part is not JSON: ${error instanceof Error ? error.message : String(error)}`,
        );
  }
}

function restResult(
  site: Site,
  c: SalesforceContext,
  job: DeployJob,
  includeDetails: boolean,
): JsonObject {
  return {
    validatedDeployRequestId: null,
    id: job.id,
    url: `${base(c)}/metadata/deployRequest/${job.id}${includeDetails ? '?includeDetails=true' : ''}`,
    deployResult: deployResult(site, job, includeDetails),
    deployOptions: { ...job.asked, ...job.options },
  };
}
