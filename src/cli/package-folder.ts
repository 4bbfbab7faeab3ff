import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { HeadwaterError } from '../model/error.ts';
import { makeOutFolder, writeOut } from './out-file.ts';

/** Names the files of the last time, so that those no longer made can go. */
const LIST = '.headwater-package.json';

/**
 * Writes a package into a folder that is empty, or that an earlier package made; files of somebody
 * else in it stay. Errors: `config` for a folder with other things in it.
 */
export async function writePackage(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  for (const path of files.keys()) mustStayInside(folder, path);
  await makeOutFolder(folder);
  const before = await filesBefore(folder);
  for (const path of before.filter((one) => !files.has(one)))
    await rm(join(folder, path), { force: true });
  for (const [path, text] of files) {
    await makeOutFolder(dirname(join(folder, path)));
    await writeOut(join(folder, path), text);
  }
  await writeOut(join(folder, LIST), `${JSON.stringify([...files.keys()], null, 2)}\n`);
}

/** A connector of somebody else names these paths. */
function mustStayInside(folder: string, path: string): void {
  const from = relative(folder, resolve(folder, path));
  if (from === '' || from.startsWith('..') || isAbsolute(from))
    throw new HeadwaterError('config', `the package names a file outside of its folder: ${path}`, {
      cure: 'It is a fault of the connector; nothing was written.',
    });
}

async function filesBefore(folder: string): Promise<string[]> {
  const entries = await readdir(folder);
  if (entries.length === 0) return [];
  if (!entries.includes(LIST))
    throw new HeadwaterError('config', `${folder} has other files in it`, {
      cure: 'Name an empty or a new folder with --out.',
    });
  const listed: unknown = JSON.parse(await readFile(join(folder, LIST), 'utf8'));
  const paths = Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : [];
  for (const path of paths) mustStayInside(folder, path);
  return paths;
}
