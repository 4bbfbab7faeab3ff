import type { Command } from 'commander';
import { dirname, join, resolve } from 'node:path';
import { CONNECTION_ID } from '../../model/connection.ts';
import { createToken, isScope, SCOPES } from '../../model/api-token.ts';
import { DEFAULT_CONNECTION, printJson, usage } from '../command.ts';
import { readConnection, readText } from '../connection-file.ts';
import { openDeployment, URL_WORDS } from '../deployment.ts';
import { registerWorkerRun } from './worker-run.ts';
import type { CliDeps, SetExit } from '../deps.ts';

export function registerWorker(worker: Command, deps: CliDeps, setExit: SetExit): void {
  worker
    .command('push')
    .description(
      'send a connection document and its mapping to a deployment; the next run uses them',
    )
    .requiredOption('--url <address>', URL_WORDS)
    .option('-c, --connection <file>', 'connection document', DEFAULT_CONNECTION)
    .option('--database <binding>', 'D1 binding that holds the connection', 'DB')
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText(
      'after',
      '\nThe token (scope admin) comes from the environment variable HEADWATER_TOKEN.\n\nExample:\n  $ headwater worker push --url https://headwater.acme.workers.dev --connection acme.yaml',
    )
    .action(
      async (options: { url: string; connection: string; database: string; json: boolean }) =>
        await push(deps, options),
    );
  registerWorkerRun(worker, deps, setExit);
  worker
    .command('token')
    .description('make an API token, and the line to store for it: only its hash is ever kept')
    .requiredOption('--name <name>', 'who will use it')
    .option('--scopes <list>', `${SCOPES.join(', ')}; separated by commas`, 'read')
    .option(
      '--connections <list>',
      'ids of connections that it is limited to; separated by commas. All when left out',
    )
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText('after', '\nExample:\n  $ headwater worker token --name ci --scopes read,run')
    .action(
      async (options: { name: string; scopes: string; connections?: string; json: boolean }) => {
        const scopes = options.scopes.split(',').map((scope) => scope.trim());
        if (!scopes.every(isScope))
          throw usage(`--scopes takes ${SCOPES.join(', ')}, not "${options.scopes}"`);
        if (!/^[\w.@-]{1,60}$/.test(options.name))
          throw usage('--name takes letters, digits and . _ @ -');
        const connections = options.connections?.split(',').map((id) => id.trim()) ?? [];
        const odd = connections.find((id) => !CONNECTION_ID.test(id));
        if (odd !== undefined) throw usage(`--connections takes ids of connections, not "${odd}"`);
        const made = await createToken(options.name, scopes.filter(isScope), connections);
        if (options.json) return printJson(deps, made);
        deps.stdout(
          `token  ${made.token}\n       shown once; give it to ${options.name}\nstore  ${made.line}\n       one such line a token: npx wrangler secret put HEADWATER_TOKENS\n`,
        );
      },
    );
}

interface Pushed {
  id: string;
  database: string;
  version: string;
  missingSecrets: string[];
}

async function push(
  deps: CliDeps,
  options: { url: string; connection: string; database: string; json: boolean },
): Promise<void> {
  const { ask } = openDeployment(deps, options.url);
  const file = resolve(deps.cwd, options.connection);
  const { document } = readConnection(
    options.connection,
    await readText(file, 'connection document', 'Name it with --connection.'),
  );
  const mapping = await readText(
    join(dirname(file), document.mapping),
    'mapping document',
    'Correct `mapping:` in the connection document.',
  );
  const answer = await ask<Pushed>(
    'PUT',
    `/v1/connections/${document.id}?database=${encodeURIComponent(options.database)}`,
    { connection: document, mapping },
  );
  if (options.json) return printJson(deps, answer);
  deps.stdout(
    `${answer.id}: version ${answer.version} in ${answer.database}; the next run uses it\n`,
  );
  for (const name of answer.missingSecrets)
    deps.stdout(`  ! the secret ${name} is not set yet: npx wrangler secret put ${name}\n`);
}
