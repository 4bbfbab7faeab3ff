import { constants } from 'node:fs';
import { access, open, readFile, rename } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { locator, type Locate } from '../mapping/document/place.ts';
import { MAX_ALIASES, sizeFault } from '../mapping/document/size.ts';
import { connectionSchema, type ConnectionDocument } from '../model/connection.ts';
import { HeadwaterError } from '../model/error.ts';
import { fileSecretFault } from '../model/secret-names.ts';
import { nearest } from '../model/nearest.ts';
import { faultText, shapeFaults, type ShapeFault } from '../model/shape-faults.ts';
import type { CliDeps } from './deps.ts';

export interface LoadedConnection {
  file: string;
  document: ConnectionDocument;
  /** An error of its settings with the lines they stand in; any other one as it is. */
  placed: (error: unknown) => unknown;
  secrets: Record<string, string>;
  mappingFile: string;
  saveSecret: (name: string, value: string) => Promise<void>;
  /** Errors: `config` when `saveSecret` could not keep a new value. */
  canSave: (name: string) => Promise<void>;
  /** As its file holds it now: another process may have replaced it. */
  currentSecret: (name: string) => Promise<string>;
}

/** Only the owner may read a secret file. */
const SECRET_MODE = 0o600;

const SECRET_CURE = 'Put the secret into that file, readable by you alone.';

const beside = (file: string, name: string): string =>
  isAbsolute(name) ? name : join(dirname(file), name);

/**
 * A connection document and where its parts stand. Errors: `config` with the line of each fault.
 */
export function readConnection(
  name: string,
  text: string,
): { document: ConnectionDocument; locate: Locate } {
  const { value, locate } = parseYaml(name, text);
  const parsed = connectionSchema.safeParse(value);
  if (parsed.success) return { document: parsed.data, locate };
  throw new HeadwaterError(
    'config',
    `${name}: ${placedText(locate, shapeFaults(connectionSchema, parsed.error, value))}`,
    { code: 'CONNECTION', cure: 'See "Connect a real org" in the README for a whole example.' },
  );
}

/**
 * The connection document and the secrets it names. `config` errors say which line of the document
 * or which variable is missing.
 */
export async function loadConnection(deps: CliDeps, name: string): Promise<LoadedConnection> {
  const file = resolve(deps.cwd, name);
  const text = await readText(
    file,
    'connection document',
    'Name it with --connection, or run `headwater demo` to see one made.',
  );
  const { document, locate } = readConnection(name, text);
  await knownCrm(deps, name, document.crm, locate);
  const secrets: Record<string, string> = {};
  for (const [secret, source] of Object.entries(document.secrets)) {
    if ('file' in source) {
      secrets[secret] = (
        await readText(beside(file, source.file), `secret ${secret}`, SECRET_CURE)
      ).trim();
      continue;
    }
    const fault = fileSecretFault(source.env);
    if (fault !== null)
      throw new HeadwaterError('config', `${name}: the secret ${secret}: ${fault.message}`, {
        code: 'SECRET',
        cure: fault.cure,
      });
    const value = deps.env[source.env];
    if (value === undefined || value === '')
      throw new HeadwaterError(
        'config',
        `the secret ${secret} should be in the environment variable ${source.env}, which is not set`,
        {
          code: 'SECRET',
          cure: `Set ${source.env} for this process; secrets never go on the command line.`,
        },
      );
    secrets[secret] = value;
  }
  const placeOf = (secret: string): string => {
    const source = document.secrets[secret];
    if (source !== undefined && 'file' in source) return beside(file, source.file);
    throw new HeadwaterError(
      'config',
      `the CRM may replace the secret ${secret} at every sign-in, and there is no place to keep the new one in`,
      {
        code: 'SECRET',
        cure: `Keep ${secret} in a file (secrets.${secret}.file), set HEADWATER_KEY so that the database keeps it, or use an auth kind without rotation.`,
      },
    );
  };
  const saveSecret = async (secret: string, value: string): Promise<void> => {
    await replaceFile(placeOf(secret), value);
  };
  const canSave = async (secret: string): Promise<void> => {
    const place = placeOf(secret);
    await access(dirname(place), constants.W_OK).catch((error: unknown) => {
      throw new HeadwaterError(
        'config',
        `the CRM may replace the secret ${secret} at every sign-in, and the folder of ${place} cannot be written`,
        {
          code: 'SECRET',
          cure: 'Give this user write access to the folder of the secret file, or set HEADWATER_KEY so that the database keeps it.',
          cause: error,
        },
      );
    });
  };
  const currentSecret = async (secret: string): Promise<string> => {
    const source = document.secrets[secret];
    return source !== undefined && 'file' in source
      ? (await readText(beside(file, source.file), `secret ${secret}`, SECRET_CURE)).trim()
      : (secrets[secret] ?? '');
  };
  return {
    file,
    document,
    placed: (error) =>
      error instanceof HeadwaterError && error.settings.length > 0
        ? settingsError(name, locate, error)
        : error,
    secrets,
    mappingFile: beside(file, document.mapping),
    saveSecret,
    canSave,
    currentSecret,
  };
}

/** The whole new text or the whole old one, whenever the process or the machine dies. */
async function replaceFile(target: string, text: string): Promise<void> {
  const beside = `${target}.new`;
  const handle = await open(beside, 'w', SECRET_MODE);
  try {
    await handle.chmod(SECRET_MODE);
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, target);
}

/** The mapping that a connection document names. */
export const mappingTextOf = async (connection: LoadedConnection): Promise<string> =>
  await readText(
    connection.mappingFile,
    'mapping document',
    'Correct `mapping:` in the connection document.',
  );

export async function readText(file: string, what: string, cure: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'READ';
    throw new HeadwaterError(
      'config',
      `cannot read the ${what} ${file}: ${code === 'ENOENT' ? 'there is no such file' : code}`,
      { code, cure, cause: error },
    );
  }
}

/** Reports a mistyped `crm:` with its line and the likely name, before any secret is asked for. */
async function knownCrm(deps: CliDeps, name: string, crm: string, locate: Locate): Promise<void> {
  try {
    await deps.connector(crm);
  } catch (error) {
    const near = nearest(crm, deps.connectorNames);
    if (!(error instanceof HeadwaterError) || error.code !== 'NO_CONNECTOR') throw error;
    throw new HeadwaterError(
      'config',
      `${name}: line ${locate(['crm'], 'value').line}: ${error.message}${near === null ? '' : `. Did you mean \`${near}\`?`}`,
      { code: error.code, cause: error, ...(error.cure === undefined ? {} : { cure: error.cure }) },
    );
  }
}

function settingsError(name: string, locate: Locate, error: HeadwaterError): HeadwaterError {
  const faults = error.settings.map((fault) => ({ ...fault, path: ['settings', ...fault.path] }));
  return new HeadwaterError('config', `${name}: ${placedText(locate, faults)}`, {
    ...(error.code === undefined ? {} : { code: error.code }),
    ...(error.cure === undefined ? {} : { cure: error.cure }),
    cause: error,
  });
}

/** Faults in the order of their lines. */
const placedText = (locate: Locate, faults: ShapeFault[]): string =>
  faults
    .map((fault) => ({ fault, place: locate(fault.path) }))
    .toSorted((a, b) => a.place.line - b.place.line || a.place.column - b.place.column)
    .map(({ fault, place }) => faultText(fault, `line ${place.line}:`))
    .join('; ');

function parseYaml(file: string, text: string): { value: unknown; locate: Locate } {
  const tooMuch = sizeFault(text);
  if (tooMuch !== null)
    throw new HeadwaterError('config', `${file}: the document ${tooMuch.message}`, {
      code: 'SIZE',
      cure: tooMuch.cure,
    });
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { lineCounter: lines });
    const [fault] = document.errors;
    if (fault !== undefined) throw fault;
    return {
      value: document.toJS({ maxAliasCount: MAX_ALIASES }),
      locate: locator(document, lines),
    };
  } catch (error) {
    // The parser quotes the lines around the fault; somebody may have put a secret there, so
    // only its first line goes on.
    const words = (error instanceof Error ? error.message : String(error))
      .split('\n')[0]!
      .replace(/:$/, '');
    throw new HeadwaterError('config', `${file}: ${words}`, {
      code: 'YAML',
      cure: 'Correct the YAML at that place.',
    });
  }
}
