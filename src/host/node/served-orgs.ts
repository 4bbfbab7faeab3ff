import { join } from 'node:path';
import type { CliDeps } from '../../cli/deps.ts';
import { openSession } from '../../cli/open-session.ts';
import { channelDeps } from '../../cli/alerts.ts';
import { loadConnection, readText } from '../../cli/connection-file.ts';
import type { OrgAccess, Outbound } from '../../http/api/deps.ts';
import { HeadwaterError } from '../../model/error.ts';
import type { Store } from '../../store/store.ts';
import type { ServedDocuments } from './served-documents.ts';

/** The CRMs of served documents, asked as the command line asks them. */
export const servedOrgs = (cli: CliDeps, documents: ServedDocuments, store: Store): OrgAccess => ({
  known: new Map(),
  open: async (_, connectionId) => {
    const file = await documents.fileOf(connectionId);
    if (file === null)
      throw new HeadwaterError('config', `no document of connection "${connectionId}" is served`, {
        code: 'NO_DOCUMENT',
        cure: 'Start with `headwater serve --connection <file>`.',
      });
    return (await openSession(cli, file, async (work) => await work(store))).session;
  },
  shipped: async (crm) =>
    await readText(
      join(cli.packageRoot, 'mappings', `${crm}.yaml`),
      'shipped mapping',
      `No mapping ships for ${crm}.`,
    ),
});

/** By what a served connection sends something elsewhere. */
export async function servedOutbound(
  cli: CliDeps,
  documents: ServedDocuments,
  connectionId: string,
): Promise<Outbound | null> {
  const file = await documents.fileOf(connectionId);
  if (file === null) return null;
  const loaded = await loadConnection(cli, file);
  return { ...channelDeps(cli, loaded), connection: loaded.document };
}
