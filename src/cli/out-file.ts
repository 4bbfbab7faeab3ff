import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { HeadwaterError } from '../model/error.ts';

/** What is written out holds names of people and companies: its owner alone reads it. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * Begins a file that somebody named on the command line. Errors: `config` when it cannot be
 * written.
 */
export async function openOut(file: string): Promise<FileHandle> {
  return await open(file, 'w', FILE_MODE).catch((error: unknown) => {
    throw new HeadwaterError('config', `cannot write ${file}`, {
      code: 'WRITE',
      cure: 'Name a file in a folder that is there and that you may write to.',
      cause: error,
    });
  });
}

/** Ends a file that could not be written to its end: half of one must not pass for the whole. */
export async function dropOut(file: string, handle: FileHandle): Promise<void> {
  const whole = (await handle.stat()).isFile();
  await handle.close();
  // What is no file, such as a pipe, has been read already.
  if (whole) await rm(file, { force: true });
}

/** Writes one file as a whole, or none. */
export async function withOut(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await openOut(file);
  try {
    await write(handle);
  } catch (error) {
    await dropOut(file, handle);
    throw error;
  }
  await handle.close();
}

/** Writes one whole file. */
export const writeOut = async (file: string, text: string): Promise<void> =>
  await withOut(file, async (handle) => await handle.writeFile(text));

/** A folder for what is written out, made where it is not there. Errors: `config`. */
export async function makeOutFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: FOLDER_MODE }).catch((error: unknown) => {
    throw new HeadwaterError('config', `cannot make the folder ${folder}`, {
      code: 'WRITE',
      cure: 'Name a folder that you may write to.',
      cause: error,
    });
  });
}
