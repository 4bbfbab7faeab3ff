import type { Store } from '../../store/store.ts';
import { signInLink } from '../commands/serve.ts';
import type { CliDeps } from '../deps.ts';
import { heading } from '../format.ts';
import { logLine } from '../progress.ts';
import type { Workspace } from './workspace.ts';

/** The pages over the demo's database, until somebody stops it. The last line is the link. */
export async function serveDemo(
  deps: CliDeps,
  at: { store: Store; workspace: Workspace; port: number; json: boolean },
): Promise<void> {
  const stopped = deps.stopped();
  const { url, close } = await deps.startApi({
    store: at.store,
    database: at.workspace.database,
    connections: [at.workspace.connectionFile],
    everyMs: null,
    host: '127.0.0.1',
    port: at.port,
    log: (event, data) => logLine(deps, event, data),
  });
  const link = await signInLink(deps, at.store, url);
  deps.stdout(
    at.json
      ? `${JSON.stringify({ url, link })}\n`
      : `${heading('Look at it')}  The sandbox goes on, and the pages are at ${url}. Ctrl-C stops both.\n  This link signs you in, once:\n${link}\n`,
  );
  await stopped;
  await close();
}
