import type { Command } from 'commander';
import { HeadwaterError } from '../../model/error.ts';
import { EXIT, printJson } from '../command.ts';
import { openDeployment, soleDeployed, TOKEN_WORDS, URL_WORDS } from '../deployment.ts';
import type { CliDeps, SetExit } from '../deps.ts';
import { plural } from '../format.ts';

interface Options {
  url: string;
  connectionId?: string;
  full: boolean;
  dryRun: boolean;
  json: boolean;
}

/** What the API says of one run, as far as it is shown here. */
interface ShownRun {
  run: { id: string; state: string; calls: number; error: string | null };
}

const POLL_MS = 2_000;
/** An instance that waits for its turn stands in no list yet. */
const UNTIL_BEGUN_MS = 120_000;

export function registerWorkerRun(worker: Command, deps: CliDeps, setExit: SetExit): void {
  worker
    .command('run')
    .description(
      'start a run of a deployment now instead of at its next tick, and wait for its end',
    )
    .requiredOption('--url <address>', URL_WORDS)
    .option('--connection-id <id>', 'where the deployment holds several')
    .option('--full', 'read everything instead of what changed', false)
    .option('--dry-run', 'plan everything, write nothing', false)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText(
      'after',
      `${TOKEN_WORDS('read and run')}\n\nExample:\n  $ headwater worker run --url https://headwater.acme.workers.dev`,
    )
    .action(async (options: Options) => {
      const { ask } = openDeployment(deps, options.url);
      const id = await soleDeployed({ ask }, options.connectionId);
      const { full, dryRun } = options;
      const begun = await ask<{ id: string; started: boolean }>(
        'POST',
        `/v1/connections/${id}/runs`,
        {
          full,
          dryRun,
        },
      );
      const { run } = await ended(deps, async () =>
        ask<ShownRun>('GET', `/v1/runs/${encodeURIComponent(begun.id)}`),
      );
      if (run.state !== 'done') setExit(EXIT.failed);
      if (options.json) return printJson(deps, run);
      if (!begun.started)
        deps.stdout('  this run was started within the same minute; no second one was begun\n');
      const why = run.error === null ? '' : `: ${run.error}`;
      deps.stdout(`${id}: run ${run.id} is ${run.state}, ${plural(run.calls, 'CRM call')}${why}\n`);
    });
}

/**
 * Asks until the run is at work no more; one that waits for free calls is named, not waited for.
 */
async function ended(deps: CliDeps, look: () => Promise<ShownRun>): Promise<ShownRun> {
  const { sleep } = deps.connectorDeps(async () => {});
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    const found = await look().catch((error: unknown) => {
      const waits = error instanceof HeadwaterError && error.code === 'NO_RUN';
      if (waits && waitedMs < UNTIL_BEGUN_MS) return null;
      throw error;
    });
    if (found !== null && found.run.state !== 'running') return found;
    await sleep(POLL_MS);
  }
}
