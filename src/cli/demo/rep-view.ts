import { parseMapping } from '../../mapping/document/parse.ts';
import { rankedPartners } from '../../store/results.ts';
import type { Store } from '../../store/store.ts';
import { makePackage } from '../commands/package.ts';
import { mappingTextOf, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps, RunningSandbox } from '../deps.ts';
import { heading, printable } from '../format.ts';

const SHOWN = 3;

/**
 * Deploys the package of the demo's mapping to the sandbox, where it has pages, and says where a
 * partner can be looked at as a rep sees it.
 */
export async function showRepView(
  deps: CliDeps,
  at: { sandbox: RunningSandbox; connection: LoadedConnection; store: Store; runId: string },
  say: (text: string) => void,
): Promise<void> {
  const { sandbox, connection, store } = at;
  const { document } = parseMapping(await mappingTextOf(connection));
  const connector = await deps.connector(connection.document.crm);
  const session = await connector.open(
    connection.document.settings,
    connection.secrets,
    deps.connectorDeps(connection.saveSecret),
  );
  try {
    if (document === null || session.deployPackage === undefined) return;
    const { files } = await makePackage(deps, connection.document.crm, document);
    const faults = await session.deployPackage(files);
    say(heading('What a rep sees'));
    for (const { component, message } of faults) say(`  ✗ ${component}: ${message}\n`);
    if (faults.length > 0) return;
    say('  The component was deployed to the sandbox; its page of a partner:\n');
    for (const { name, score } of await rankedPartners(
      store,
      connection.document.id,
      at.runId,
      SHOWN,
    ))
      say(`  ${sandbox.url}/record/${score.partnerId}  ${printable(name, 40)}\n`);
  } finally {
    await session.close();
  }
}
