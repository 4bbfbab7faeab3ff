/** The only file that touches the disk. Errors are the platform's own; `errors.ts` words them. */
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';

/** A file as it stands. */
export interface DiskFile {
  name: string;
  path: string;
  bytes: number;
  /**
   * When its content, or the file under this name, last changed: a copy that keeps an old
   * modification time is new all the same.
   */
  stampMs: number;
  /** Another text whenever the file is another one. */
  version: string;
}

export async function realFolder(dir: string): Promise<string> {
  return await realpath(dir.startsWith('file:') ? fileURLToPath(dir) : resolve(dir));
}

/** Names of plain files in a folder, in order. */
export async function listNames(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .sort();
}

/** null = there is no such file. */
export async function statFile(dir: string, name: string): Promise<DiskFile | null> {
  const path = join(dir, name);
  try {
    const fact = await stat(path);
    const stampMs = Math.floor(Math.max(fact.mtimeMs, fact.ctimeMs));
    return {
      name,
      path,
      bytes: fact.size,
      stampMs,
      version: `${fact.mtimeMs}/${fact.ctimeMs}/${fact.size}/${fact.ino}`,
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The content in chunks, unpacked. */
export function readChunks(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  // A failure reaches the reader as the failure of what it reads, so the callback has nothing to
  // add.
  return pipeline(file, createGunzip(), () => {});
}

export const readWhole = async (path: string): Promise<string> => await readFile(path, 'utf8');

const PRIVATE_MODE = 0o600;

/**
 * Writes beside the old file and swaps the two, so that whoever reads sees all of the old or all of
 * the new, and who may read the old may read the new; durable when it returns.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.tmp-${process.pid}`;
  try {
    const mode = (await stat(path).catch(() => null))?.mode ?? PRIVATE_MODE;
    const handle = await open(beside, 'w', PRIVATE_MODE);
    try {
      await handle.chmod(mode);
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
