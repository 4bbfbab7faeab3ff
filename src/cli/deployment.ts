import type { Command } from 'commander';
import { HeadwaterError } from '../model/error.ts';
import { usage } from './command.ts';
import type { CliDeps } from './deps.ts';

/** A page of plans is kept in a few statements of D1; what takes longer has lost its answer. */
const ANSWER_TIMEOUT_MS = 60_000;
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Words of `--url` wherever a command can speak to a deployment. */
export const URL_WORDS = 'address of a deployment, such as https://headwater.acme.workers.dev';
/** For `--help` of such a command. */
export const TOKEN_WORDS = (scope: string): string =>
  `\nWith --url the token (scope ${scope}) comes from the environment variable HEADWATER_TOKEN.`;

/** `--url`, for a command that otherwise looks into the local database. */
export const withUrl = (command: Command, scope: string): Command =>
  command
    .option('--url <address>', `${URL_WORDS}; instead of the local database`)
    .addHelpText('after', TOKEN_WORDS(scope));

/** The API of a deployment, asked with the token of the environment. */
export interface Deployment {
  /**
   * The answer of one request. Errors: `transient` where nothing answers; `config` with the
   * deployment's own words and code where it refuses.
   */
  ask<Answer>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<Answer>;
}

export function openDeployment(deps: CliDeps, url: string): Deployment {
  const base = URL.canParse(url) ? new URL(url) : null;
  if (base === null || (base.protocol !== 'https:' && !LOOPBACK.has(base.hostname)))
    throw usage('--url takes an https:// address');
  const token = deps.env['HEADWATER_TOKEN'];
  if (token === undefined || token === '')
    throw new HeadwaterError('config', 'there is no token in HEADWATER_TOKEN', {
      code: 'TOKEN',
      cure: 'Make one with `headwater worker token --name me --scopes admin`, store its line in the deployment, and set HEADWATER_TOKEN.',
    });
  const { fetch } = deps.connectorDeps(async () => {});
  return {
    ask: async <Answer>(
      method: 'GET' | 'PUT' | 'POST',
      path: string,
      body?: unknown,
    ): Promise<Answer> =>
      await answerOf<Answer>(base.origin, async () =>
        fetch(new URL(path, base), {
          method,
          redirect: 'error',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
        }),
      ),
  };
}

/** The only connection of a deployment, or the one that is named. */
export async function soleDeployed(
  { ask }: Deployment,
  wanted: string | undefined,
): Promise<string> {
  if (wanted !== undefined) return wanted;
  const { connections } = await ask<{ connections: { id: string }[] }>('GET', '/v1/connections');
  const [first, ...others] = connections.map(({ id }) => id);
  if (first === undefined)
    throw new HeadwaterError('config', 'the deployment has no connection yet', {
      cure: 'Push one: headwater worker push.',
    });
  if (others.length > 0)
    throw usage(
      `the deployment has several connections (${[first, ...others].join(', ')}); name one with --connection-id`,
    );
  return first;
}

interface Refusal {
  error?: { code: string; message: string; cure: string | null };
}

async function answerOf<Answer>(origin: string, send: () => Promise<Response>): Promise<Answer> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    throw new HeadwaterError('transient', `${origin} does not answer`, {
      code: 'NETWORK',
      cure: 'Check the address and that the Worker is deployed.',
      cause: error,
    });
  }
  const answer = (await response.json().catch(() => null)) as Answer | Refusal | null;
  const refused = response.ok ? undefined : (answer as Refusal | null)?.error;
  if (answer === null || (!response.ok && refused === undefined))
    throw new HeadwaterError(
      'config',
      `${origin} answered ${response.status}, no JSON of a deployment`,
      {
        code: 'ANSWER',
        cure: 'Is this the address of a Headwater deployment?',
      },
    );
  if (refused !== undefined) {
    const { code, message, cure } = refused;
    throw new HeadwaterError('config', message, { code, ...(cure === null ? {} : { cure }) });
  }
  return answer as Answer;
}
