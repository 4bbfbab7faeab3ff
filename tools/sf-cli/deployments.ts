import type { Sandbox } from '../../src/sandbox/index.ts';
import type { Cli } from './cli.ts';
import { editableNumbers, filesBelow, writeProject } from './project.ts';
import { must, ORG, query, result, step } from './steps.ts';

/** Deploys a project over both protocols, gets it back, and uses a field of it. */
export async function deployments(
  sandbox: Sandbox,
  cli: Cli,
  name: string,
  project: string,
  back: string,
): Promise<void> {
  await step(`validate ${name} without deploying it`, async () => {
    must(
      (
        await result<{ checkOnly: boolean }>(
          cli,
          ['project', 'deploy', 'start', '--dry-run', ...ORG],
          { cwd: project },
        )
      ).checkOnly,
      'not a check',
    );
  });
  const deployed = await step(`deploy ${name} over SOAP`, async () => {
    const { files, status } = await result<{
      files: { fullName: string; type: string; filePath: string }[];
      status: string;
    }>(cli, ['project', 'deploy', 'start', ...ORG], {
      cwd: project,
      env: { SF_ORG_METADATA_REST_DEPLOY: 'false' },
    });
    must(status === 'Succeeded' && files.length > 0, status);
    return files;
  });
  await step(`deploy ${name} over REST, nothing changed`, async () => {
    const { details } = await result<{
      details: { componentSuccesses: { changed: boolean; componentType: string }[] };
    }>(cli, ['project', 'deploy', 'start', ...ORG], {
      cwd: project,
      env: { SF_ORG_METADATA_REST_DEPLOY: 'true' },
    });
    const changed = details.componentSuccesses.filter(
      (one) => one.changed && one.componentType !== '',
    );
    must(changed.length === 0, JSON.stringify(changed));
    must(
      sandbox.log
        .list()
        .some(({ method, path }) => method === 'POST' && path.endsWith('/metadata/deployRequest')),
      'it did not go over REST',
    );
  });
  await step(`retrieve ${name}`, async () => {
    writeProject(back);
    const wanted = [
      ...new Set((deployed ?? []).map(({ type, fullName }) => `${type}:${fullName}`)),
    ].flatMap((one) => ['-m', one]);
    await result(cli, ['project', 'retrieve', 'start', ...ORG, ...wanted], { cwd: back });
    const names = new Set(filesBelow(back).map((path) => path.split('/').at(-1)));
    const missing = (deployed ?? [])
      .map(({ filePath }) => filePath.split('/').at(-1))
      .filter((file) => !names.has(file));
    must(wanted.length > 0 && missing.length === 0, `missing: ${missing.join(', ')}`);
  });
  await step(`use a field of ${name}`, () => useField(cli, project));
}

async function useField(cli: Cli, project: string): Promise<void> {
  const [number] = editableNumbers(project);
  if (number === undefined)
    throw new Error('no number field that a permission set opens for editing');
  const [object = '', field = ''] = number.field.split('.');
  await result(cli, ['org', 'assign', 'permset', ...ORG, '-n', number.permissionSet]);
  const { records } = await query(cli, `SELECT Id FROM ${object} LIMIT 1`);
  const id = String(records[0]?.Id);
  // A whole number fits every scale.
  await result(cli, [
    'data',
    'update',
    'record',
    ...ORG,
    '-s',
    object,
    '-i',
    id,
    '-v',
    `${field}=1`,
  ]);
  must(
    (await query(cli, `SELECT ${field} FROM ${object} WHERE Id = '${id}'`)).records[0]?.[field] ===
      1,
    'the value did not stay',
  );
}
