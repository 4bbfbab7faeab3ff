import { plainJson } from '../../model/clean-text.ts';
import { loaderOf, portable } from '../../../connectors/index.ts';
import { parseHosts } from '../../../connectors/kit/hosts.ts';
import { createApp } from '../../http/api/app.ts';
import { ACCESS_HEADER, accessVerifier } from '../../http/api/auth/access.ts';
import { parseScopes, type Principal } from '../../http/api/auth/principal.ts';
import { parseTokens, principalOfToken } from '../../http/api/auth/tokens.ts';
import type { AppDeps } from '../../http/api/deps.ts';
import { asProblem, problemBody } from '../../http/api/problem.ts';
import { webhookSettings } from '../../http/webhooks/settings.ts';
import { readBundle } from '../../store/bundles.ts';
import { openD1Store } from '../../store/d1.ts';
import { HeadwaterError } from '../../model/error.ts';
import { parseAllowedSecrets } from '../../model/secret-names.ts';
import { demandRunnable } from './connectors.ts';
import type { KnownOrg } from '../../http/api/mapping/org-memory.ts';
import { journeyHost } from './journey-host.ts';
import { openPushed } from './open-run.ts';
import { databasesOf, textOf, workflowOf, type WorkerEnv } from './env.ts';
import { requestsOf } from './requests.ts';
import { VERSION } from './version.ts';

/** What orgs said of themselves a moment ago: plain data, so that it may outlive a request. */
const KNOWN_ORGS = new Map<string, KnownOrg>();

/** The HTTP surface on Workers. A deployment that lacks a binding answers with what it lacks. */
export async function workerApp(request: Request, env: WorkerEnv): Promise<Response> {
  try {
    return await createApp(appDeps(env)).fetch(request);
  } catch (error) {
    const problem = asProblem(error);
    console.error(
      plainJson({ event: 'request failed', code: problem.code, message: problem.message }),
    );
    return Response.json(problemBody(problem), {
      status: problem.status === 409 ? 503 : problem.status,
    });
  }
}

function appDeps(env: WorkerEnv): AppDeps {
  const nowMs = (): number => Date.now();
  return {
    version: VERSION,
    nowMs,
    stores: new Map([...databasesOf(env)].map(([name, binding]) => [name, openD1Store(binding)])),
    authenticate: (request) => authenticate(request, env, nowMs()),
    // Cloudflare sets it itself, whatever the client sent.
    addressOf: (c) => c.req.header('cf-connecting-ip') ?? 'local',
    allow: async (key) => {
      const rate = /^(browser|webhook):/.test(key) ? env.BROWSER_RATE : env.API_RATE;
      return rate === undefined || (await rate.limit({ key })).success;
    },
    ...requestsOf(env, nowMs),
    orgs: {
      known: KNOWN_ORGS,
      open: async (database, connectionId) =>
        await openPushed(journeyHost(env, database), connectionId),
    },
    outbound: async (database, connectionId) => {
      const { store, secrets, connectorDeps } = journeyHost(env, database);
      const connection = (await readBundle(store, connectionId))?.connection;
      if (connection === undefined) return null;
      const { fetch: send, hosts } = connectorDeps;
      return { connection, fetch: send, hosts: hosts ?? [], secrets: secrets(connection) };
    },
    missingSecrets: (connection) =>
      Object.values(connection.secrets).flatMap((source) =>
        'env' in source && textOf(env, source.env) === undefined ? [source.env] : [],
      ),
    demandRunnable: (connection) =>
      demandRunnable(connection, parseHosts(textOf(env, 'HEADWATER_HOSTS') ?? '')),
    allowedSecrets: parseAllowedSecrets(textOf(env, 'HEADWATER_SECRET_NAMES') ?? ''),
    connector: async (crm) => (await loaderOf(portable, crm)?.()) ?? null,
    takeHints: async (message) => {
      if (env.HINTS === undefined)
        throw new HeadwaterError('config', 'this deployment lacks the queue binding HINTS', {
          code: 'BINDING',
          cure: 'Add [[queues.producers]] with binding = "HINTS" to wrangler.toml.',
        });
      await env.HINTS.send(message);
    },
    webhooks: webhookSettings((name) => textOf(env, name)),
    log: (event, data) => {
      console.error(plainJson({ event, ...data }));
    },
  };
}

async function authenticate(
  request: Request,
  env: WorkerEnv,
  nowMs: number,
): Promise<Principal | null> {
  workflowOf(env);
  const byToken = await principalOfToken(
    parseTokens(textOf(env, 'HEADWATER_TOKENS') ?? ''),
    request.headers.get('authorization'),
  );
  if (byToken !== null) return byToken;
  const [teamDomain, audience] = [
    textOf(env, 'ACCESS_TEAM_DOMAIN'),
    textOf(env, 'ACCESS_AUDIENCE'),
  ];
  const jwt = request.headers.get(ACCESS_HEADER);
  if (teamDomain === undefined || audience === undefined || jwt === null) return null;
  return await accessVerifier(
    { teamDomain, audience, scopes: parseScopes(textOf(env, 'ACCESS_SCOPES') ?? 'read') },
    (input, init) => fetch(input, init),
  )(jwt, nowMs);
}
