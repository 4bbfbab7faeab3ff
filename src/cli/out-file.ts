import { open, type FileHandle } from 'node:fs/promises';
import { HeadwaterError } from '../model/error.ts';

/**
 * Begins a file that somebody named on the command line. Errors: `config` when it cannot be
 * written.
 */
export async function openOut(file: string): Promise<FileHandle> {
  return await open(file, 'w').catch((error: unknown) => {
    throw new HeadwaterError('config', `cannot write ${file}`, {
      code: 'WRITE',
      cure: 'Name a file in a folder that is there and that you may write to.',
      cause: error,
    });
  });
}

/** Writes one whole file. */
export async function writeOut(file: string, text: string): Promise<void> {
  const handle = await openOut(file);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}
