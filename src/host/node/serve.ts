import { connectors, loaderOf } from '../../../connectors/index.ts';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { ApiRequest, CliDeps } from '../../cli/deps.ts';
import { createApp } from '../../http/api/app.ts';
import type { AppDeps, RunRequest } from '../../http/api/deps.ts';
import { listRuns } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { childRuns } from './child-runs.ts';
import { pageFiles } from './page-files.ts';
import { keepSchedule } from './schedule.ts';
import { servedDocuments, type ServedDocuments } from './served-documents.ts';
import { servedOrgs, servedOutbound } from './served-orgs.ts';
import { parseTokens, principalOfToken } from '../../http/api/auth/tokens.ts';
import { HeadwaterError } from '../../model/error.ts';
import { demandSecrets, webhookSettings } from '../../http/webhooks/settings.ts';
import { markHints } from '../../store/hints.ts';
import { clientAddress, rateLimit } from './rate-limit.ts';

/** Requests a minute of one address and of one token, as on Workers (wrangler.toml). */
const REQUESTS_PER_MINUTE = 120;
/** Of one browser: a page asks for many things at once, and looks again while a run is at work. */
const BROWSER_REQUESTS_PER_MINUTE = 1200;

export interface ServeSurroundings {
  version: string;
  env: Record<string, string | undefined>;
  cwd: string;
  /** Folder of the package: the built pages stand there. */
  root: string;
  nowMs: () => number;
  /** By which a connection's CRM is asked; absent where nobody edits mappings. */
  cli?: CliDeps;
}

export interface Serving {
  url: string;
  close(): Promise<void>;
}

/**
 * The API, the webhooks and the pages on Node, over one database. `config` errors: a port that
 * cannot be had, tokens or documents that cannot be read.
 */
export async function startApi(request: ApiRequest, around: ServeSurroundings): Promise<Serving> {
  const { store, host, port, log, everyMs } = request;
  const { nowMs } = around;
  const documents = servedDocuments(around.cwd, request.connections);
  const served = await documents.list();
  const runs = childRuns(request, documents, around);
  const ticking =
    everyMs === null
      ? null
      : keepSchedule(
          everyMs,
          await Promise.all(
            served.map(async ({ id }) => ({
              id,
              lastMs: (await listRuns(store, 1, id, { kind: 'sync' }))[0]?.startedMs ?? null,
            })),
          ),
          async (id) => await runs.startRun('DB', id, SCHEDULED),
          nowMs,
        );
  const app = createApp({
    ...openTo(around, request.trustedProxies ?? []),
    nowMs,
    log,
    stores: new Map([['DB', store]]),
    sessions: store,
    asset: pageFiles(around.root),
    ...(served.length === 0 ? {} : { documents, startRun: runs.startRun, stopRun: runs.stopRun }),
    ...askingCrms(around, documents, store),
    schedule: (id) => ticking?.of(id) ?? null,
    // One of somebody else's is loaded where a document names it, never because a request does.
    connector: async (crm) =>
      (await loaderOf(connectors, crm)?.()) ??
      (served.some((one) => one.crm === crm) ? await around.cli?.connector(crm) : null) ??
      null,
    takeHints: async ({ connectionId, marks, markedMs }) => {
      await store.batch(markHints(store, connectionId, marks, markedMs));
    },
  });
  const server = await listening(app.fetch, host, port);
  return {
    url: server.url,
    close: async () => {
      ticking?.close();
      await runs.close();
      await server.close();
    },
  };
}

const SCHEDULED: RunRequest = {
  ...{ kind: 'sync', dryRun: false, full: false, sourceId: null, only: null },
};

/** What is asked, and sent, as the command line would. */
function askingCrms(
  { cli }: ServeSurroundings,
  documents: ServedDocuments,
  store: Store,
): Pick<AppDeps, 'orgs' | 'outbound'> {
  if (cli === undefined) return {};
  return {
    orgs: servedOrgs(cli, documents, store),
    outbound: async (_, id) => await servedOutbound(cli, documents, id),
  };
}

/** Who may ask, and how often. */
function openTo(
  { version, env, nowMs }: ServeSurroundings,
  trustedProxies: readonly string[],
): Pick<AppDeps, 'version' | 'authenticate' | 'addressOf' | 'allow' | 'webhooks'> {
  const text = (name: string): string | undefined => env[name] || undefined;
  const tokens = parseTokens(text('HEADWATER_TOKENS') ?? '');
  const webhooks = webhookSettings(text);
  demandSecrets(webhooks, Object.keys(connectors));
  const client = clientAddress(trustedProxies);
  const programs = rateLimit(REQUESTS_PER_MINUTE, nowMs);
  const browsers = rateLimit(BROWSER_REQUESTS_PER_MINUTE, nowMs);
  return {
    version,
    authenticate: (request) => principalOfToken(tokens, request.headers.get('authorization')),
    addressOf: (c) => client(getConnInfo(c).remote.address, c.req.header('x-forwarded-for')),
    allow: async (key) => (/^(browser|webhook):/.test(key) ? browsers(key) : programs(key)),
    webhooks,
  };
}

/** Listens, or says why it cannot. */
async function listening(
  fetch: (request: Request) => Response | Promise<Response>,
  host: string,
  port: number,
): Promise<Serving> {
  const server = createAdaptorServer({ fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new HeadwaterError(
          'config',
          `cannot listen on ${host} port ${port}: ${error.code ?? error.message}`,
          {
            code: error.code ?? 'LISTEN',
            cure: 'Take another --port (0 for any free one), and for --host an address of this machine.',
            cause: error,
          },
        ),
      ),
    );
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
