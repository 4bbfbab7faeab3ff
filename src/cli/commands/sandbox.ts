import { InvalidArgumentError, Option, type Command } from 'commander';
import { amount, count, usage } from '../command.ts';
import type { CliDeps, SandboxRequest } from '../deps.ts';

const HIGHEST_PORT = 65_535;
/** Beyond this a quarter could bring anything. */
const HIGHEST_SHOCK = 2;
/** The sandbox answers after this at the latest; longer than any client waits. */
const LONGEST_LATENCY_MS = 60_000;

const CLEAR_LINE = '\r\x1b[2K';
/** A terminal's line is redrawn this often; elsewhere a line is printed only now and then. */
const [REDRAW_MS, LINE_MS] = [200, 10_000];

/** Shows on stderr how far the loading is; a world that loads in a moment shows nothing. */
function progressLine(deps: CliDeps): (text: string) => void {
  let shownMs = deps.nowMs();
  return (text) => {
    if (deps.nowMs() - shownMs < (deps.interactive ? REDRAW_MS : LINE_MS)) return;
    shownMs = deps.nowMs();
    deps.stderr(deps.interactive ? `${CLEAR_LINE}  ${text}` : `  ${text}\n`);
  };
}

const STYLES = ['usual', 'renamed', 'minimal', 'person-accounts'];

/** `EUR=0.92,GBP=0.79`: units for one of the company's own currency. */
function currencies(text: string): Record<string, number> {
  const pairs = text.split(',').map((pair) => /^([A-Z]{3})=(\d+(?:\.\d+)?)$/.exec(pair.trim()));
  const rates = pairs.flatMap((pair) => (pair === null ? [] : [[pair[1]!, Number(pair[2])]]));
  if (rates.length < pairs.length || rates.some(([, rate]) => rate === 0))
    throw new InvalidArgumentError('Write such as EUR=0.92,GBP=0.79.');
  return Object.fromEntries(rates) as Record<string, number>;
}

/** What a portal has no counterpart of is refused, or somebody would take it for tried. */
function demandPossible({ crm, prm, orgStyle }: Request): void {
  if (crm !== 'hubspot') return;
  if (prm === false) throw usage('--no-prm is of Salesforce: HubSpot has no such add-on');
  if (orgStyle !== undefined) throw usage('--org-style is of Salesforce');
}

type Request = Omit<SandboxRequest, 'dataDir' | 'ticking'>;

export const DEFAULT_WORLD = { seed: 7, partners: 60, deals: 2000 } as const;

/** What makes a sandbox look like an org of somebody's own. */
const withOrg = (command: Command): Command =>
  command
    .option('--no-prm', 'an org without partner relationship management (Salesforce)')
    .option(
      '--currencies <rates>',
      "several currencies, such as EUR=0.92,GBP=0.79 for one of the company's own",
      currencies,
    )
    .addOption(
      new Option(
        '--org-style <style>',
        'how its admin named the partner channel (Salesforce)',
      ).choices(STYLES),
    );

export function registerSandbox(sandbox: Command, deps: CliDeps): void {
  withOrg(sandbox.command('serve').description('serve a sandbox CRM on loopback until stopped'))
    .addOption(
      new Option('--crm <name>', 'which CRM')
        .choices(['salesforce', 'hubspot'])
        .default('salesforce'),
    )
    .option('--port <n>', 'port; 0 picks a free one', count('--port', 0, HIGHEST_PORT), 0)
    .option('--seed <n>', 'seed of the generated world', count('--seed', 0), DEFAULT_WORLD.seed)
    .option('--partners <n>', 'partners', count('--partners', 0), DEFAULT_WORLD.partners)
    .option('--deals <n>', 'deals over three years', count('--deals', 0), DEFAULT_WORLD.deals)
    .option(
      '--shock <sd>',
      "spread of each quarter's shock to the pace of all deals, such as 0.15",
      amount('--shock', HIGHEST_SHOCK),
    )
    .option('--fading', 'new business fades: it halves in a year', false)
    .option('--data <dir>', 'load a real log instead of a generated world')
    .option(
      '--latency-ms <n>',
      'added to every answer',
      count('--latency-ms', 0, LONGEST_LATENCY_MS),
      0,
    )
    .option('--open-auth', 'accept any client and token (to try a tool on it)', false)
    .option('--json', 'one JSON line when ready', false)
    .addHelpText(
      'after',
      '\nExample:\n  $ headwater sandbox serve --crm salesforce --port 0 --partners 60 --deals 2000 --json',
    )
    .action(
      async (
        options: Request & {
          data?: string;
          shock?: number;
          json: boolean;
        },
      ) => {
        demandPossible(options);
        // Asked for first: whoever reads the ready line may stop us at once.
        const stopped = deps.stopped();
        const running = await deps.startSandbox(
          { ...options, dataDir: options.data ?? null, shockSd: options.shock, ticking: true },
          progressLine(deps),
        );
        if (deps.interactive) deps.stderr(CLEAR_LINE);
        const {
          crm,
          url,
          accessToken,
          controlUrl,
          clientId,
          clientSecret,
          refreshToken,
          username,
          privateKeyPem,
          provenance,
        } = running;
        if (options.json)
          deps.stdout(
            `${JSON.stringify({ crm, url, accessToken, controlUrl, clientId, username, clientSecret, refreshToken, privateKeyPem, provenance })}\n`,
          );
        else
          deps.stdout(
            `${crm} sandbox at ${url}\n  ${provenance}\n  access token  ${accessToken}\n  client id     ${clientId}\n${username === '' ? '' : `  user          ${username}\n`}  control plane ${controlUrl}\nCtrl-C stops it.\n`,
          );
        await stopped;
        await running.close();
      },
    );
}
