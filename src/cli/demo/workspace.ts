import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { loadConnection, type LoadedConnection } from '../connection-file.ts';
import type { CliDeps, RunningSandbox } from '../deps.ts';

export interface Workspace {
  dir: string;
  database: string;
  connectionFile: string;
  mappingFile: string;
}

/**
 * A fresh folder for the demo's documents and database: an earlier demo's is
 * replaced, nothing else is touched.
 */
export async function makeWorkspace(deps: CliDeps, dir: string): Promise<Workspace> {
  const root = resolve(deps.cwd, dir);
  await mkdir(root, { recursive: true, mode: 0o700 });
  const workspace = {
    dir: root,
    database: join(root, 'headwater.sqlite'),
    connectionFile: join(root, 'connection.yaml'),
    mappingFile: join(root, 'mapping.yaml'),
  };
  for (const suffix of ['', '-wal', '-shm'])
    await rm(`${workspace.database}${suffix}`, { force: true });
  return workspace;
}

/**
 * The documents that an admin would write by hand: the connection, its secrets in files of their
 * own, and the CRM's default mapping to edit.
 */
export async function writeDocuments(
  deps: CliDeps,
  workspace: Workspace,
  sandbox: RunningSandbox,
): Promise<LoadedConnection> {
  const secrets: Record<string, { file: string }> = {};
  for (const [name, value] of Object.entries(sandbox.connection.secrets)) {
    const file = `${name}.secret`;
    await writeFile(join(workspace.dir, file), value, { mode: 0o600 });
    await chmod(join(workspace.dir, file), 0o600);
    secrets[name] = { file };
  }
  const mapping = await readFile(join(deps.packageRoot, 'mappings', `${sandbox.crm}.yaml`), 'utf8');
  // Recorded data may be in another currency than the one the default mapping reports in.
  await writeFile(
    workspace.mappingFile,
    sandbox.currency === null
      ? mapping
      : mapping.replace(/^(\s*reportingCurrency:) \w{3}$/m, `$1 ${sandbox.currency}`),
  );
  await writeFile(
    workspace.connectionFile,
    stringify({
      version: 1,
      id: `demo-${sandbox.crm}`,
      crm: sandbox.crm,
      mapping: 'mapping.yaml',
      settings: sandbox.connection.settings,
      secrets,
    }),
  );
  return await loadConnection(deps, workspace.connectionFile);
}
