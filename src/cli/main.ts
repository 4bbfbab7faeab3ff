import { Command, CommanderError } from 'commander';
import { EXIT, reportError, usage } from './command.ts';
import { registerBacktest } from './commands/backtest.ts';
import { registerAttention } from './commands/attention.ts';
import { registerCare } from './commands/care.ts';
import { registerChange } from './commands/change.ts';
import { registerConnection } from './commands/connection.ts';
import { registerCredit } from './commands/credit.ts';
import { registerDemo } from './commands/demo.ts';
import { registerField } from './commands/field.ts';
import { registerForecast } from './commands/forecast.ts';
import { registerMapping } from './commands/mapping.ts';
import { registerPackage } from './commands/package.ts';
import { registerPlan } from './commands/plan.ts';
import { registerQuarantine } from './commands/quarantine.ts';
import { registerRecord } from './commands/record.ts';
import { registerRun } from './commands/run.ts';
import { registerSandbox } from './commands/sandbox.ts';
import { registerScore } from './commands/score.ts';
import { registerServe } from './commands/serve.ts';
import { registerSession } from './commands/session.ts';
import { registerStatus } from './commands/status.ts';
import { registerSync } from './commands/sync.ts';
import { registerWorker } from './commands/worker.ts';
import type { CliDeps } from './deps.ts';
import { harmless } from './format.ts';

/**
 * Runs one command line (without node and script). Returns the exit code: 0
 * done, 1 failed, 2 wrong usage.
 */
export async function runCli(machine: CliDeps, args: string[]): Promise<number> {
  const deps: CliDeps = {
    ...machine,
    stdout: (text) => machine.stdout(harmless(text)),
    stderr: (text) => machine.stderr(harmless(text)),
  };
  const outcome = { code: EXIT.ok as number };
  const program = createProgram(deps, (code) => {
    outcome.code = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return outcome.code;
  } catch (error) {
    if (!(error instanceof CommanderError))
      return reportError(deps, error, args.includes('--json'));
    if (error.exitCode === 0) return EXIT.ok;
    if (error.code === 'headwater.usage')
      deps.stderr(`headwater: ${error.message} (add --help to see how)\n`);
    return EXIT.usage;
  }
}

/**
 * `setExit`: a command that ran but found what it looks for wrong (a failed check, a rejected
 * write).
 */
function createProgram(deps: CliDeps, setExit: (code: number) => void): Command {
  const program = new Command('headwater')
    .description(
      'Makes a CRM tell the truth about its partner channel: pulls partners and deals, scores them, forecasts, and writes the results back.',
    )
    .version(deps.version)
    .addHelpText(
      'after',
      '\nStart here:\n  $ headwater demo                 the whole job against a sandbox CRM, offline\n  $ headwater sync run --dry-run   everything but the last arrow: shows what would be written\n\nExit codes: 0 done (single refusals of the CRM are reported) · 1 failed, or a check failed · 2 wrong usage · 3 done with refusals, with --strict',
    )
    .helpCommand(false);
  for (const register of [
    registerDemo,
    registerSync,
    registerStatus,
    registerRun,
    registerPlan,
    registerQuarantine,
    registerCare,
    registerScore,
    registerForecast,
    registerAttention,
    registerChange,
    registerRecord,
    registerBacktest,
    registerCredit,
    registerMapping,
    registerField,
    registerPackage,
    registerConnection,
    registerServe,
    registerSession,
    registerWorker,
    registerSandbox,
  ])
    register(program, deps, setExit);
  harden(program, deps);
  return program;
}

/** Every level throws instead of exiting, and a wrong usage is one line with where to look. */
function harden(command: Command, deps: CliDeps): void {
  command.configureHelp({
    subcommandTerm: (inner) =>
      `${inner.name()} ${inner.commands.length > 0 ? '<verb>' : '[options]'}`,
  });
  command.exitOverride().configureOutput({
    writeOut: deps.stdout,
    writeErr: deps.stderr,
    outputError: (text, write) =>
      write(
        `headwater: ${withoutValues(text)
          .replace(/^error: /, '')
          .replaceAll('\n', ' ')
          .trim()} (see: ${fullName(command)} --help)\n`,
      ),
  });
  if (command.commands.length > 0) {
    const known = command.commands.map((inner) => inner.name()).join(', ');
    const kind = command.parent === null ? 'command' : 'verb';
    // Whatever stands in the verb's place is named in the answer, options and all.
    command
      .argument('[word]')
      .allowExcessArguments()
      .allowUnknownOption()
      .usage(command.parent === null ? '[options] <command>' : '<verb> [options]')
      .action((word: string | undefined) => {
        throw usage(
          word === undefined
            ? `${fullName(command)} needs a ${kind}: ${known}`
            : `${fullName(command)} has no ${kind} "${word.replace(/^(-[^=]*)=.*$/s, '$1')}": ${known}`,
        );
      });
  }
  for (const inner of command.commands) harden(inner, deps);
}

/** A secret that somebody gave as an unknown `--option=value` must not go on into logs. */
const withoutValues = (text: string): string =>
  text.replace(/(unknown option '--?[^'=]*)=[^']*'/, "$1'");

const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
