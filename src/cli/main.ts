import { nearest } from '../model/nearest.ts';
import { Command, CommanderError } from 'commander';
import { EXIT, reportError, usage } from './command.ts';
import type { CliDeps, SetExit } from './deps.ts';
import { harmless } from './format.ts';
import { NOUNS, takenBy } from './nouns.ts';

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
  try {
    const program = await createProgram(deps, args, (code) => {
      outcome.code = code;
    });
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
async function createProgram(deps: CliDeps, args: string[], setExit: SetExit): Promise<Command> {
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
  const asked = args.find((arg) => !arg.startsWith('-'));
  for (const noun of NOUNS) {
    const command = program.command(noun.name).description(noun.about);
    if (noun.name === asked) (await noun.load())(command, deps, setExit);
  }
  harden(program, deps);
  return program;
}

/** Every level throws instead of exiting, and a wrong usage is one line with where to look. */
function harden(command: Command, deps: CliDeps): void {
  command.configureHelp({
    subcommandTerm: (inner) =>
      `${inner.name()} ${command.parent === null ? takenBy(inner.name()) : inner.commands.length > 0 ? '<verb>' : '[options]'}`,
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
            : `${fullName(command)} has no ${kind} "${word.replace(/^(-[^=]*)=.*$/s, '$1')}"${meant(command, word)}: ${known}`,
        );
      });
  }
  for (const inner of command.commands) harden(inner, deps);
}

/** The command or verb that a typo is nearest to. */
function meant(command: Command, word: string): string {
  const near = nearest(
    word,
    command.commands.map((inner) => inner.name()),
  );
  return near === null ? '' : `, did you mean ${near}`;
}

/** A secret that somebody gave as an unknown `--option=value` must not go on into logs. */
const withoutValues = (text: string): string =>
  text.replace(/(unknown option '--?[^'=]*)=[^']*'/, "$1'");

const fullName = (command: Command): string =>
  command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
