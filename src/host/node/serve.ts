import { connectors } from '../../../connectors/index.ts';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { ApiRequest } from '../../cli/deps.ts';
import { createApp } from '../../http/api/app.ts';
import { parseTokens, principalOfToken } from '../../http/api/auth/tokens.ts';
import { HeadwaterError } from '../../model/error.ts';
import { markHints } from '../../store/hints.ts';
import { clientAddress, rateLimit } from './rate-limit.ts';

/** Requests a minute of one address and of one token, as on Workers (wrangler.toml). */
const REQUESTS_PER_MINUTE = 120;

export interface ServeSurroundings {
  version: string;
  env: Record<string, string | undefined>;
  nowMs: () => number;
}

/**
 * The HTTP surface on Node, over one database. Runs are started by cron, not by it. `config`
 * errors: a port that cannot be had, tokens that cannot be read.
 */
export async function startApi(
  { store, host, port, log }: ApiRequest,
  { version, env, nowMs }: ServeSurroundings,
): Promise<{ url: string; close(): Promise<void> }> {
  const text = (name: string): string | undefined => env[name] || undefined;
  const tokens = parseTokens(text('HEADWATER_TOKENS') ?? '');
  const allow = rateLimit(REQUESTS_PER_MINUTE, nowMs);
  const app = createApp({
    version,
    nowMs,
    log,
    stores: new Map([['DB', store]]),
    authenticate: (request) => principalOfToken(tokens, request.headers.get('authorization')),
    addressOf: (c) => clientAddress(getConnInfo(c).remote.address, c.req.header('x-forwarded-for')),
    allow: async (key) => allow(key),
    spellings: async (crm, typed) => (await connectors[crm]?.())?.spellings?.(typed) ?? [typed],
    takeHints: async ({ connectionId, marks, markedMs }) => {
      await store.batch(markHints(store, connectionId, marks, markedMs));
    },
    webhooks: {
      hubspotSecret: text('HEADWATER_HUBSPOT_SECRET'),
      salesforceSecret: text('HEADWATER_SALESFORCE_SECRET'),
      publicOrigin: text('HEADWATER_PUBLIC_ORIGIN'),
    },
  });
  const server = createAdaptorServer({ fetch: app.fetch });
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
