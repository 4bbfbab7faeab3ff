import { checkAlone } from '../../mapping/check/alone.ts';
import { parseMapping } from '../../mapping/document/parse.ts';
import type { ConnectionDocument } from '../../model/connection.ts';
import { asHeadwaterError } from '../../model/error.ts';
import { secretNameFault } from '../../model/secret-names.ts';
import { listBundleIds, readBundle } from '../../store/bundles.ts';
import type { AppDeps } from './deps.ts';
import { Problem } from './problem.ts';

/**
 * What a pushed document must be before it is kept: everything that the command line finds without
 * the CRM. A document that could never run is refused at the push, not by a run at night.
 */

/**
 * Secrets are variables of this host, and the connection's own, also beside one whose id begins
 * with this one's or the other way round.
 */
export async function demandOwnSecrets(
  deps: AppDeps,
  connection: ConnectionDocument,
): Promise<void> {
  const allowed = deps.allowedSecrets ?? new Map();
  const others = (await pushedDocuments(deps)).filter(({ id }) => id !== connection.id);
  for (const [name, source] of Object.entries(connection.secrets)) {
    if ('file' in source)
      throw new Problem(
        400,
        'SECRET',
        `the secret ${name} is in a file, which this host cannot read`,
        'Name it as { env: NAME } and set it with `npx wrangler secret put NAME`.',
      );
    const known = others.map(({ id }) => id);
    const fault = secretNameFault(connection.id, source.env, allowed, known);
    if (fault !== null) throw new Problem(400, 'SECRET', fault.message, fault.cure);
  }
  for (const other of others)
    for (const source of Object.values(other.secrets)) {
      if ('file' in source || secretNameFault(other.id, source.env, allowed) !== null) continue;
      const fault = secretNameFault(other.id, source.env, allowed, [connection.id]);
      if (fault !== null) throw new Problem(409, 'SECRET', fault.message, fault.cure);
    }
}

async function pushedDocuments({ stores }: AppDeps): Promise<ConnectionDocument[]> {
  const found: ConnectionDocument[] = [];
  for (const store of stores.values())
    for (const id of await listBundleIds(store)) {
      const bundle = await readBundle(store, id).catch(() => null);
      if (bundle !== null) found.push(bundle.connection);
    }
  return found;
}

/** The CRM is one that this host speaks to, and its settings are whole. */
export async function demandRuns(deps: AppDeps, connection: ConnectionDocument): Promise<void> {
  try {
    await deps.demandRunnable?.(connection);
  } catch (error) {
    const known = asHeadwaterError(error);
    if (known.kind !== 'config') throw error;
    throw new Problem(400, known.code ?? 'CONNECTION', known.message, known.cure);
  }
}

/** The mapping is of that CRM, and without a fault that no org could mend. */
export function demandMapping(crm: string, text: string): void {
  const { document, faults, locate } = parseMapping(text);
  const found = [
    ...faults,
    ...(document === null ? [] : checkAlone(document, locate)),
    ...(document === null || document.crm === crm
      ? []
      : [
          {
            ...locate(['crm']),
            severity: 'error',
            message: `the mapping is for ${document.crm}, the connection for ${crm}.`,
          },
        ]),
  ].filter(({ severity }) => severity === 'error');
  if (found.length > 0)
    throw new Problem(
      400,
      'MAPPING',
      found.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'),
      'Run `headwater mapping check` first.',
    );
}
