import type { Command } from 'commander';
import { dirname, join, resolve } from 'node:path';
import { CONNECTION_ID } from '../../model/connection.ts';
import { createToken, isScope, SCOPES } from '../../model/api-token.ts';
import { HeadwaterError } from '../../model/error.ts';
import { DEFAULT_CONNECTION, printJson, usage } from '../command.ts';
import { readConnection, readText } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';

const PUSH_TIMEOUT_MS = 30_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

export function registerWorker(worker: Command, deps: CliDeps): void {
  worker
    .command('push')
    .description(
      'send a connection document and its mapping to a deployment; the next run uses them',
    )
    .requiredOption(
      '--url <address>',
      'address of the deployment, such as https://headwater.acme.workers.dev',
    )
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

async function push(
  deps: CliDeps,
  options: { url: string; connection: string; database: string; json: boolean },
): Promise<void> {
  const base = URL.canParse(options.url) ? new URL(options.url) : null;
  if (base === null || (base.protocol !== 'https:' && !LOOPBACK.has(base.hostname)))
    throw usage('--url takes an https:// address');
  const token = deps.env['HEADWATER_TOKEN'];
  if (token === undefined || token === '')
    throw new HeadwaterError('config', 'there is no token in HEADWATER_TOKEN', {
      code: 'TOKEN',
      cure: 'Make one with `headwater worker token --name me --scopes admin`, store its line in the deployment, and set HEADWATER_TOKEN.',
    });
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
  const answer = await send(
    deps,
    new URL(
      `/v1/connections/${document.id}?database=${encodeURIComponent(options.database)}`,
      base,
    ),
    token,
    { connection: document, mapping },
  );
  if (options.json) return printJson(deps, answer);
  deps.stdout(
    `${answer.id}: version ${answer.version} in ${answer.database}; the next run uses it\n`,
  );
  for (const name of answer.missingSecrets)
    deps.stdout(`  ! the secret ${name} is not set yet: npx wrangler secret put ${name}\n`);
}

interface Pushed {
  id: string;
  database: string;
  version: string;
  missingSecrets: string[];
}

async function send(deps: CliDeps, url: URL, token: string, body: unknown): Promise<Pushed> {
  const { fetch } = deps.connectorDeps(async () => {});
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'PUT',
      redirect: 'error',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PUSH_TIMEOUT_MS),
    });
  } catch (error) {
    throw new HeadwaterError('transient', `${url.origin} does not answer`, {
      code: 'NETWORK',
      cure: 'Check the address and that the Worker is deployed.',
      cause: error,
    });
  }
  const answer = (await response.json().catch(() => null)) as
    | Pushed
    | { error: { code: string; message: string; cure: string | null } }
    | null;
  if (answer === null)
    throw new HeadwaterError('config', `${url.origin} answered ${response.status} and no JSON`, {
      code: 'ANSWER',
      cure: 'Is this the address of a Headwater deployment?',
    });
  if ('error' in answer)
    throw new HeadwaterError('config', answer.error.message, {
      code: answer.error.code,
      ...(answer.error.cure === null ? {} : { cure: answer.error.cure }),
    });
  return answer;
}
