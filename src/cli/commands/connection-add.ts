import type { Command } from 'commander';
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { HeadwaterError } from '../../model/error.ts';
import { CALLBACK_PORT, type SetupWay } from '../../model/setup.ts';
import { count, DEFAULT_CONNECTION, EXIT, printJson, usage } from '../command.ts';
import type { Choice, CliDeps, SetExit } from '../deps.ts';
import { heading } from '../format.ts';
import { loadState, stateFile, type SetupState } from '../setup/state.ts';
import { beside, shortName, walk, type WalkOptions, type WalkResult } from '../setup/walk.ts';

/** Long enough to find a password and a phone. */
const WAIT_SECONDS = 300;

interface Options {
  crm?: string;
  auth?: string;
  out: string;
  id?: string;
  mapping: string;
  set: Record<string, string>;
  fromFile: Record<string, string>;
  fromEnv: Record<string, string>;
  callbackPort: number;
  waitSeconds: number;
  resume: boolean;
  json: boolean;
}

/** Collects `name=value` options. */
function pairs(
  option: string,
): (text: string, before: Record<string, string>) => Record<string, string> {
  return (text, before) => {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) throw usage(`${option} takes name=value, not "${text}"`);
    return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
  };
}

export function registerConnectionAdd(connection: Command, deps: CliDeps, setExit: SetExit): void {
  connection
    .command('add')
    .description(
      'connect an org, step by step: what to make here, what to click there, and a check of each permission',
    )
    .option('--crm <name>', 'which CRM')
    .option('--auth <way>', 'how to sign in; --auth help lists the ways')
    .option('-o, --out <file>', 'connection document to write', DEFAULT_CONNECTION)
    .option('--id <id>', 'id of the connection; from the file name when left out')
    .option(
      '--mapping <file>',
      'its mapping; the shipped one is copied there when there is none',
      'mapping.yaml',
    )
    .option('--set <name=value>', 'an answer; again for each', pairs('--set'), {})
    .option(
      '--from-file <name=path>',
      'something secret that is in a file',
      pairs('--from-file'),
      {},
    )
    .option(
      '--from-env <name=VARIABLE>',
      'something secret that is in the environment',
      pairs('--from-env'),
      {},
    )
    .option(
      '--callback-port <n>',
      'where the browser comes back to',
      count('--callback-port', 1, 65_535),
      CALLBACK_PORT,
    )
    .option(
      '--wait-seconds <n>',
      'how long to wait for the browser',
      count('--wait-seconds', 1, 3600),
      WAIT_SECONDS,
    )
    .option('--resume', 'go on where the last try stopped', false)
    .option('--json', 'one JSON document on stdout', false)
    .addHelpText(
      'after',
      '\nExamples:\n  $ headwater connection add --crm salesforce --auth jwt --set instanceUrl=https://acme.my.salesforce.com\n  $ headwater connection add --resume --set clientId=3MVG9... --set username=headwater@acme.com',
    )
    .action(async (options: Options) => {
      const document = resolve(deps.cwd, options.out);
      const state = await begin(deps, options, document);
      const connector = await deps.connector(state.crm);
      const way = connector.setup?.ways.find(({ id }) => id === state.way);
      if (way === undefined)
        throw new HeadwaterError('bug', `${state.crm} has no way "${state.way}" to sign in`);
      const result = await walk(
        deps,
        connector,
        way,
        state,
        walkOptions(deps, options, document, way),
      );
      if (result.state !== 'connected') setExit(EXIT.failed);
      if (options.json)
        return printJson(deps, {
          state: result.state,
          document,
          id: state.id,
          waitingFor: result.missing.map(({ name, ask, secret }) => ({ name, ask, secret })),
          steps: result.steps,
          files: result.files,
          checks: result.checks,
        });
      deps.stdout(resultText(result, options, document));
    });
}

/** The state to go on from: that of an earlier try, or a fresh one. */
async function begin(deps: CliDeps, options: Options, document: string): Promise<SetupState> {
  const known = await loadState(document);
  if (options.resume) {
    if (known === null)
      throw new HeadwaterError('config', `there is no set-up of ${document} to go on with`, {
        cure: 'Begin one without --resume.',
      });
    if (options.auth !== undefined && options.auth !== known.way)
      throw usage(`this set-up signs in by ${known.way}; begin again for ${options.auth}`);
    return known;
  }
  if (known !== null)
    throw new HeadwaterError('config', `a set-up of ${document} has begun already`, {
      code: 'SETUP_STATE',
      cure: `Go on with --resume, or remove ${stateFile(document)} to begin again.`,
    });
  const crm =
    options.crm ??
    (await oneOf(
      deps,
      'Which CRM',
      (await guided(deps)).map((name) => ({ value: name, label: name })),
    ));
  if (crm === undefined || crm === '')
    throw usage(`connection add needs --crm: ${deps.connectorNames.join(', ')}`);
  const ways = (await deps.connector(crm)).setup?.ways ?? [];
  if (ways.length === 0)
    throw new HeadwaterError('config', `there is no guide for ${crm}`, {
      cure: 'Write its connection document by hand: see "Connect a real org" in the README.',
    });
  const way = await chosenWay(deps, options, ways);
  if (
    await access(document).then(
      () => true,
      () => false,
    )
  )
    throw new HeadwaterError('config', `${document} is there already`, {
      code: 'EEXIST',
      cure: 'Name another with --out, or look at it with `headwater connection check`.',
    });
  return {
    version: 1,
    id: options.id ?? shortName(document),
    crm,
    way: way.id,
    mapping: beside(deps, document, options.mapping),
    answers: {},
    secrets: {},
    certificate: null,
    signedIn: false,
    written: false,
  };
}

/** Connectors that lead through a first connection; the others are set up by a document. */
async function guided(deps: CliDeps): Promise<string[]> {
  const known = await Promise.all(
    deps.connectorNames.map(async (name) => ({ name, setup: (await deps.connector(name)).setup })),
  );
  return known.flatMap(({ name, setup }) => (setup === undefined ? [] : [name]));
}

/** Chosen from a list where the terminal can show one, typed where it can only ask. */
async function oneOf(
  deps: CliDeps,
  question: string,
  choices: Choice[],
): Promise<string | undefined> {
  if (deps.choose !== undefined) return await deps.choose(question, choices);
  if (deps.ask === undefined) return undefined;
  const listed = choices.map(({ value, label }) => `  ${value}: ${label}`).join('\n');
  const typed = await deps.ask(`${listed}\n${question} [${choices[0]?.value}]: `, false);
  return typed.trim() || choices[0]?.value;
}

async function chosenWay(deps: CliDeps, options: Options, ways: SetupWay[]): Promise<SetupWay> {
  const listed = ways.map(({ id, title, when }) => `  ${id}: ${title}. ${when}`).join('\n');
  const asked =
    options.auth ??
    (await oneOf(
      deps,
      'How to sign in',
      ways.map(({ id, title, when }) => ({ value: id, label: title, hint: when })),
    ));
  const way = ways.find(({ id }) => id === asked);
  if (way === undefined)
    throw new HeadwaterError('config', `connection add needs --auth:\n${listed}`, {
      code: 'AUTH',
      cure: 'Choose one of these ways.',
    });
  return way;
}

function walkOptions(
  deps: CliDeps,
  options: Options,
  document: string,
  way: SetupWay,
): WalkOptions {
  const names = new Map(way.questions.map((question) => [question.name, question]));
  for (const name of Object.keys(options.set)) {
    if (names.get(name)?.secret === true || name === way.keySecret)
      throw usage(
        `${name} is a secret and never goes on the command line; use --from-file or --from-env`,
      );
    if (!names.has(name))
      throw usage(`${way.id} asks for no "${name}"; it asks for ${[...names.keys()].join(', ')}`);
  }
  const secret = (name: string): string => {
    if (name !== way.keySecret && names.get(name)?.secret !== true)
      throw usage(`${way.id} has no secret "${name}"`);
    return name;
  };
  return {
    document,
    answers: options.set,
    callbackPort: options.callbackPort,
    timeoutMs: options.waitSeconds * 1000,
    secrets: {
      ...Object.fromEntries(
        Object.entries(options.fromFile).map(([name, file]) => [
          secret(name),
          { file: beside(deps, document, file) },
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(options.fromEnv).map(([name, env]) => [secret(name), { env }]),
      ),
    },
    // With --json the page's address goes beside the document, so that a person can still open it.
    say: (text) => (options.json ? deps.stderr(text) : deps.stdout(text)),
    showSteps: (shown, steps) => {
      if (options.json) return;
      deps.stdout(heading(shown.title));
      for (const [index, { title, lines }] of steps.entries())
        deps.stdout(
          `  ${index + 1}. ${title}\n${lines.map((line) => `       ${line}\n`).join('')}`,
        );
      deps.stdout('\n');
    },
  };
}

function resultText(result: WalkResult, options: Options, document: string): string {
  const checks = result.checks
    .map(
      (check) =>
        `${check.ok ? '✓' : '✗'} ${check.name}: ${check.detail}${check.cure === null ? '' : `\n    ${check.cure}`}\n`,
    )
    .join('');
  const made = result.files.map((file) => `  ${file}\n`).join('');
  const resume = `headwater connection add --resume${options.out === DEFAULT_CONNECTION ? '' : ` --out ${options.out}`}`;
  if (result.state === 'waiting') {
    const needs = result.missing
      .map(
        ({ name, ask, secret }) =>
          `  ${secret ? `--from-file ${name}=<path>` : `--set ${name}=<value>`}    ${ask}\n`,
      )
      .join('');
    return `${made === '' ? '' : `Made on this machine:\n${made}`}Do the steps above in the CRM, then go on with what it tells you:\n  $ ${resume}\n${needs}`;
  }
  if (result.state === 'failed')
    return `${checks}\nNot connected yet. When that is cured: ${resume}\n`;
  return `${checks}\nConnected:\n${made}Next: headwater mapping suggest${options.out === DEFAULT_CONNECTION ? '' : ` -c ${join('.', options.out)}`}\n  (document: ${document})\n`;
}
