import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ROLES } from '../../model/api-token.ts';
import type { Store } from '../../store/store.ts';
import { newSignInLink } from '../../store/web-sessions.ts';
import {
  count,
  DEFAULT_CONNECTION,
  DEFAULT_DATABASE,
  existingFile,
  onExistingStore,
  usage,
} from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { logLine } from '../progress.ts';

const HIGHEST_PORT = 65_535;
const UNITS_MS = { s: 1000, m: 60_000, h: 3_600_000 } as const;
/** A run more often than this would find the one before still at work. */
const SHORTEST_MS = 10_000;

/** `15m`, `2h`, `90s` as milliseconds. */
function every(text: string): number {
  const [, number, unit] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const ms = Number(number) * UNITS_MS[(unit ?? 's') as keyof typeof UNITS_MS];
  if (!(ms >= SHORTEST_MS))
    throw usage(`--every takes a time such as 15m, 2h or 90s (at least 10s), not "${text}"`);
  return ms;
}

interface ServeOptions {
  db: string;
  connection?: string[];
  every?: number;
  host: string;
  port: number;
  trustProxy: string[];
  json: boolean;
}

export function registerServe(serve: Command, deps: CliDeps): void {
  serve
    .option('--db <file>', 'database', DEFAULT_DATABASE)
    .option(
      '-c, --connection <file>',
      `connection document whose runs it may start; may be repeated (${DEFAULT_CONNECTION} where that is)`,
      (one: string, all: string[] = []) => [...all, one],
    )
    .option('--every <time>', 'start a run of each connection so often, such as 15m', every)
    .option(
      '--host <address>',
      'address to listen on; put a proxy with TLS before any other than this',
      '127.0.0.1',
    )
    .option('--port <n>', 'port; 0 picks a free one', count('--port', 0, HIGHEST_PORT), 8788)
    .option(
      '--trust-proxy <address>',
      'address or network of a proxy whose X-Forwarded-For is believed; may be repeated (this machine always is)',
      (one: string, all: string[]) => [...all, one],
      [],
    )
    .option('--json', 'one JSON line when ready', false)
    .addHelpText(
      'after',
      `
The last line that it prints is a link that signs you in once (\`headwater session link\` makes more).
For programs it is closed without HEADWATER_TOKENS (lines of \`headwater worker token\`). Webhooks are off without their secrets: HEADWATER_HUBSPOT_SECRET for /webhooks/hubspot,
HEADWATER_SALESFORCE_SECRET for /webhooks/salesforce/<secret> (of another connector: HEADWATER_<NAME>_SECRET), HEADWATER_SIGNALS_SECRET for /webhooks/signals/<connection>/<feed>;
HEADWATER_PUBLIC_ORIGIN is the origin that a CRM posts to, where a proxy changes it.
A webhook marks records; the next run reads them.

Example:
  $ headwater serve --connection acme.yaml --db acme.sqlite --every 15m`,
    )
    .action(async (options: ServeOptions) => {
      // Asked for first: whoever reads the ready line may stop us at once.
      const stopped = deps.stopped();
      await onExistingStore(deps, options.db, async (store) => {
        const connections = connectionsOf(deps, options);
        if (options.every !== undefined && connections.length === 0)
          throw usage('--every needs the connection document that it runs: --connection <file>');
        const { url, close } = await deps.startApi({
          store,
          database: await existingFile(deps, options.db),
          connections,
          everyMs: options.every ?? null,
          host: options.host,
          port: options.port,
          trustedProxies: options.trustProxy,
          log: (event, data) => logLine(deps, event, data),
        });
        const link = await signInLink(deps, store, url);
        deps.stdout(
          options.json
            ? `${JSON.stringify({ url, link })}\n`
            : `serving ${options.db} at ${url}\nCtrl-C stops it. This link signs you in, once:\n${link}\n`,
        );
        await stopped;
        await close();
      });
    });
}

const connectionsOf = (deps: CliDeps, { connection }: ServeOptions): string[] =>
  connection ?? (existsSync(resolve(deps.cwd, DEFAULT_CONNECTION)) ? [DEFAULT_CONNECTION] : []);

/** Whoever can start the service may do everything. */
export const signInLink = async (deps: CliDeps, store: Store, url: string): Promise<string> =>
  `${url}/sign-in?token=${await newSignInLink(store, { name: deps.env['USER'] ?? 'admin', scopes: ROLES.admin }, deps.nowMs())}`;
