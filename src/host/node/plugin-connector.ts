import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Connector, ConnectorFeatures } from '../../model/connector.ts';
import { HeadwaterError } from '../../model/error.ts';

/**
 * Connectors of other people: `crm: acme` is the package `headwater-connector-acme`, installed
 * beside the connection. It exports `connector`.
 */

const NAME = /^[a-z0-9][a-z0-9-]{0,60}$/;

export const packageOf = (name: string): string => `headwater-connector-${name}`;

/**
 * The connector of a package that Node finds from `dir`; null = there is none of that name. Errors:
 * `config` when there is one and it is no connector.
 */
export async function pluginConnector(name: string, dir: string): Promise<Connector | null> {
  if (!NAME.test(name)) return null;
  const specifier = packageOf(name);
  let file: string;
  try {
    file = createRequire(join(dir, 'package.json')).resolve(specifier);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw broken(specifier, error);
  }
  let loaded: Record<string, unknown>;
  try {
    loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    throw broken(specifier, error);
  }
  const found = loaded['connector'];
  const absent = isConnector(found) ? missingFeatures(found.features) : [];
  if (absent.length > 0)
    throw new HeadwaterError('config', `${specifier} does not declare ${absent.join(', ')}`, {
      code: 'PLUGIN',
      cure: 'It was made for another version of Headwater, or never finished: every feature of ConnectorFeatures must be declared. Look for a newer version of the package.',
    });
  if (!isConnector(found))
    throw new HeadwaterError('config', `${specifier} exports no connector`, {
      code: 'PLUGIN',
      cure: 'It must export `connector` with a name, features and `open`: see connectors/README.md of headwater.',
    });
  if (found.name !== name)
    throw new HeadwaterError('config', `${specifier} exports the connector "${found.name}"`, {
      code: 'PLUGIN',
      cure: `A connection with \`crm: ${name}\` needs one of that name.`,
    });
  return found;
}

/**
 * What each feature must be. One that is missing would become NaN, and so would
 * the cursors that are derived from it.
 */
const FEATURES: Record<
  Exclude<keyof ConnectorFeatures, 'pageCalls' | 'queueIdPrefix' | 'savesMoveStamp'>,
  'number' | 'boolean'
> = {
  readPage: 'number',
  writeBatch: 'number',
  deletes: 'boolean',
  merges: 'boolean',
  deleteLogDays: 'number',
  associations: 'boolean',
  rowHistory: 'boolean',
  provisioning: 'boolean',
  counts: 'boolean',
  budget: 'boolean',
  stampResolutionMs: 'number',
  settleMs: 'number',
  settlesSurely: 'boolean',
};

const missingFeatures = (features: Partial<ConnectorFeatures>): string[] =>
  Object.entries(FEATURES)
    .filter(
      ([name, type]) =>
        typeof features[name as keyof typeof FEATURES] !== type ||
        Number.isNaN(features[name as keyof typeof FEATURES]),
    )
    .map(([name]) => name);

const isConnector = (value: unknown): value is Connector =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'features' in value &&
  typeof value.features === 'object' &&
  value.features !== null &&
  'open' in value &&
  typeof value.open === 'function';

const broken = (specifier: string, error: unknown): HeadwaterError =>
  new HeadwaterError(
    'config',
    `${specifier} cannot be loaded: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`,
    {
      code: 'PLUGIN',
      cure: 'Its package.json needs "main", or "exports" (under "default", not under "import" alone), that names a JavaScript file (Node runs no TypeScript inside node_modules).',
      cause: error,
    },
  );
