import type { Command } from 'commander';
import { count, DEFAULT_DATABASE, onExistingStore } from '../command.ts';
import type { CliDeps } from '../deps.ts';
import { logLine } from '../progress.ts';

const HIGHEST_PORT = 65_535;

export function registerServe(program: Command, deps: CliDeps): void {
  program
    .command('serve')
    .description('serve the API and the webhooks over a database, until stopped')
    .option('--db <file>', 'database', DEFAULT_DATABASE)
    .option(
      '--host <address>',
      'address to listen on; put a proxy with TLS before any other than this',
      '127.0.0.1',
    )
    .option('--port <n>', 'port; 0 picks a free one', count('--port', 0, HIGHEST_PORT), 8788)
    .option('--json', 'one JSON line when ready', false)
    .addHelpText(
      'after',
      `
It is closed without HEADWATER_TOKENS (lines of \`headwater worker token\`). Webhooks are off without their secrets: HEADWATER_HUBSPOT_SECRET for /webhooks/hubspot,
HEADWATER_SALESFORCE_SECRET for /webhooks/salesforce/<secret>; HEADWATER_PUBLIC_ORIGIN is the origin that HubSpot posts to, where a proxy changes it.
A webhook marks records; the next \`headwater sync run\` reads them.

Example:
  $ HEADWATER_TOKENS="$(cat tokens.txt)" headwater serve --db acme.sqlite --port 8788`,
    )
    .action(
      async ({
        db,
        host,
        port,
        json,
      }: {
        db: string;
        host: string;
        port: number;
        json: boolean;
      }) => {
        // Asked for first: whoever reads the ready line may stop us at once.
        const stopped = deps.stopped();
        await onExistingStore(deps, db, async (store) => {
          const { url, close } = await deps.startApi({
            store,
            host,
            port,
            log: (event, data) => logLine(deps, event, data),
          });
          deps.stdout(
            json ? `${JSON.stringify({ url })}\n` : `serving ${db} at ${url}\nCtrl-C stops it.\n`,
          );
          await stopped;
          await close();
        });
      },
    );
}
