import { access, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { stringify } from 'yaml';
import { parseMapping } from '../../mapping/document/parse.ts';
import type { ConnectionCheck, Connector, CrmSession } from '../../model/connector.ts';
import { connectionSchema } from '../../model/connection.ts';
import { asHeadwaterError, HeadwaterError } from '../../model/error.ts';
import {
  callbackUrl,
  type SetupQuestion,
  type SetupStep,
  type SetupWay,
} from '../../model/setup.ts';
import { connectionChecks } from '../connection-checks.ts';
import { loadConnection, readText, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps } from '../deps.ts';
import { signInWithBrowser } from './browser-sign-in.ts';
import { makeKeyPair, writeSecret } from './key-pair.ts';
import { withOrgSettings } from './org-settings.ts';
import { writeSchemaBeside } from './schema-file.ts';
import { askOpen } from './questions.ts';
import { dropState, saveState, type SetupState } from './state.ts';

export interface WalkOptions {
  document: string;
  answers: Record<string, string>;
  secrets: SetupState['secrets'];
  callbackPort: number;
  timeoutMs: number;
  /** For progress; never a secret. */
  say: (text: string) => void;
  /** Shows what to do in the CRM, before anything is asked that only it can tell. */
  showSteps: (way: SetupWay, steps: SetupStep[]) => void;
}

export interface WalkResult {
  state: 'waiting' | 'failed' | 'connected';
  missing: SetupQuestion[];
  steps: SetupStep[];
  files: string[];
  checks: ConnectionCheck[];
}

/** Every step is repeatable: a walk that stops anywhere goes on from its state file. */
export async function walk(
  deps: CliDeps,
  connector: Connector,
  way: SetupWay,
  state: SetupState,
  options: WalkOptions,
): Promise<WalkResult> {
  const dir = dirname(options.document);
  await mkdir(dir, { recursive: true });
  Object.assign(state.answers, options.answers);
  Object.assign(state.secrets, options.secrets);
  await saveState(options.document, state);
  const result: WalkResult = { state: 'waiting', missing: [], steps: [], files: [], checks: [] };
  await ownKey(dir, way, state, options, result);
  result.steps = way.steps({
    certificate: state.certificate === null ? null : join(dir, state.certificate),
    callbackUrl: way.signIn === null ? null : callbackUrl(options.callbackPort),
  });
  options.showSteps(way, result.steps);
  await askOpen(deps, way, state, options.document);
  result.missing = way.questions.filter((question) => !isAnswered(question, state));
  if (result.missing.length > 0) return result;
  faults(way, state);
  if (way.signIn !== null && !state.signedIn) await browser(deps, dir, way, state, options);
  await writeDocuments(deps, way, state, options.document);
  await saveState(options.document, state);
  result.files = [
    options.document,
    ...Object.values(state.secrets).flatMap((source) =>
      'file' in source ? [join(dir, source.file)] : [],
    ),
  ];
  result.checks = await verify(deps, connector, options.document);
  result.state = result.checks.every(({ ok }) => ok) ? 'connected' : 'failed';
  if (result.state === 'connected') await dropState(options.document);
  return result;
}

const isAnswered = (question: SetupQuestion, state: SetupState): boolean =>
  question.optional === true ||
  (question.secret
    ? state.secrets[question.name] !== undefined
    : state.answers[question.name] !== undefined);

/** A key made here, unless the admin brought one. */
async function ownKey(
  dir: string,
  way: SetupWay,
  state: SetupState,
  options: WalkOptions,
  result: WalkResult,
): Promise<void> {
  if (way.keySecret === null || options.secrets[way.keySecret] !== undefined) return;
  const key = `${state.id}.key.pem`;
  const given = state.secrets[way.keySecret];
  if (given !== undefined && !('file' in given && given.file === key)) return;
  const certificate = `${state.id}.certificate.pem`;
  await makeKeyPair(
    { key: join(dir, key), certificate: join(dir, certificate) },
    `headwater-${state.id}`,
  );
  state.secrets[way.keySecret] = { file: key };
  state.certificate = certificate;
  await saveState(options.document, state);
  result.files.push(join(dir, key), join(dir, certificate));
}

function faults(way: SetupWay, state: SetupState): void {
  const found = way.questions.flatMap((question) => {
    const answer = state.answers[question.name];
    const fault = answer === undefined ? null : (question.fault?.(answer) ?? null);
    return fault === null ? [] : [`${question.name} ${fault}`];
  });
  if (found.length > 0)
    throw new HeadwaterError('config', found.join('; '), {
      code: 'ANSWER',
      cure: 'Go on with --resume and --set name=value.',
    });
}

async function browser(
  deps: CliDeps,
  dir: string,
  way: SetupWay,
  state: SetupState,
  options: WalkOptions,
): Promise<void> {
  const { signIn } = way;
  if (signIn === null) return;
  const callback = await signInWithBrowser({
    port: options.callbackPort,
    timeoutMs: options.timeoutMs,
    authorizeUrl: (request) => signIn.authorizeUrl(state.answers, request),
    show: (url) =>
      options.say(
        `Open this page and allow the access (waiting for ${Math.round(options.timeoutMs / 1000)} s):\n  ${url}\n`,
      ),
  });
  const secrets: Record<string, string> = {};
  for (const [name, source] of Object.entries(state.secrets))
    secrets[name] =
      'env' in source
        ? (deps.env[source.env] ?? '')
        : (
            await readText(
              join(dir, source.file),
              `secret ${name}`,
              'Put the secret into that file.',
            )
          ).trim();
  const got = await signIn.redeem(
    { ...state.answers, ...secrets },
    callback,
    deps.connectorDeps(async () => {}),
  );
  for (const [name, value] of Object.entries(got.secrets)) {
    const file = `${state.id}.${name}.secret`;
    await writeSecret(join(dir, file), value);
    state.secrets[name] = { file };
  }
  Object.assign(state.answers, got.settings);
  state.signedIn = true;
  await saveState(options.document, state);
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * The connection document, and beside it the shipped mapping to begin with. Somebody else's
 * file is never written over.
 */
async function writeDocuments(
  deps: CliDeps,
  way: SetupWay,
  state: SetupState,
  document: string,
): Promise<void> {
  if (!state.written && (await exists(document)))
    throw new HeadwaterError('config', `${document} is there already`, {
      code: 'EEXIST',
      cure: 'Name another with --out, or move it away.',
    });
  const whole = connectionSchema.parse({
    version: 1,
    id: state.id,
    crm: state.crm,
    mapping: state.mapping,
    settings: way.settings(state.answers),
    secrets: state.secrets,
  });
  const { limits: _, ...plain } = whole;
  await writeFile(document, stringify(plain));
  state.written = true;
  const mapping = resolve(dirname(document), state.mapping);
  const shipped = join(deps.packageRoot, 'mappings', `${state.crm}.yaml`);
  if ((await exists(mapping)) || !(await exists(shipped))) return;
  await copyFile(shipped, mapping);
  await writeSchemaBeside(deps, mapping);
}

/** A mapping that is still the shipped one takes over what the org says of itself. */
async function ownMapping(
  deps: CliDeps,
  { document, mappingFile }: LoadedConnection,
  session: CrmSession,
): Promise<string> {
  const text = await readText(mappingFile, 'mapping document', 'Name another with --mapping.');
  const shipped = join(deps.packageRoot, 'mappings', `${document.crm}.yaml`);
  if (!(await exists(shipped)) || (await readFile(shipped, 'utf8')) !== text) return text;
  const own = withOrgSettings(text, await session.identity());
  if (own !== text) await writeFile(mappingFile, own);
  return own;
}

/** Signs in with the document just written, and looks at each permission the mapping needs. */
async function verify(
  deps: CliDeps,
  connector: Connector,
  document: string,
): Promise<ConnectionCheck[]> {
  try {
    const loaded = await loadConnection(deps, document);
    const session = await connector.open(
      loaded.document.settings,
      loaded.secrets,
      deps.connectorDeps(loaded.saveSecret),
    );
    try {
      return await connectionChecks(
        session,
        parseMapping(await ownMapping(deps, loaded, session)),
        loaded.document.mapping,
      );
    } finally {
      await session.close();
    }
  } catch (error) {
    const known = asHeadwaterError(error);
    if (known.kind === 'bug') throw known;
    return [{ ok: false, name: 'Sign in', detail: known.message, cure: known.cure ?? null }];
  }
}

export const shortName = (document: string): string =>
  basename(document)
    .replace(/\.(?:connection\.)?ya?ml$/i, '')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'connection';
export const beside = (deps: CliDeps, document: string, file: string): string =>
  relative(dirname(document), resolve(deps.cwd, file));
