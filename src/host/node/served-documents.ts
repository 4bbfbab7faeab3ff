import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { readConnection } from '../../cli/connection-file.ts';
import type { ConnectionDocuments } from '../../http/api/deps.ts';
import { HeadwaterError } from '../../model/error.ts';

export interface ServedDocuments extends ConnectionDocuments {
  /** The file of a connection; null = none of those served is of it. */
  fileOf(connectionId: string): Promise<string | null>;
}

/** Connection documents that are files: they are read afresh, since an admin edits them. */
export function servedDocuments(cwd: string, names: string[]): ServedDocuments {
  const files = names.map((name) => resolve(cwd, name));
  const read = async (file: string) => readConnection(file, await readFile(file, 'utf8')).document;
  const fileOf = async (connectionId: string): Promise<string | null> => {
    for (const file of files) if ((await read(file)).id === connectionId) return file;
    return null;
  };
  const mappingFileOf = async (connectionId: string): Promise<string | null> => {
    const file = await fileOf(connectionId);
    return file === null ? null : resolve(dirname(file), (await read(file)).mapping);
  };
  return {
    fileOf,
    list: () => Promise.all(files.map(read)),
    setShadow: async (_, connectionId, shadow) => {
      const file = await fileOf(connectionId);
      if (file === null)
        throw new HeadwaterError('config', `no served document is of "${connectionId}"`, {
          code: 'NO_DOCUMENT',
          cure: 'Start with `headwater serve --connection <file>`.',
        });
      // Only that part of the text changes: comments and order are the admin's.
      const document = parseDocument(await readFile(file, 'utf8'));
      document.set('shadow', document.createNode(shadow));
      await replaceText(file, String(document));
    },
    mapping: async (_, connectionId) => {
      const file = await mappingFileOf(connectionId);
      return file === null
        ? null
        : { text: await readFile(file, 'utf8'), kind: 'file', place: basename(file) };
    },
    setMapping: async (_, connectionId, text) => {
      const file = await mappingFileOf(connectionId);
      if (file !== null) await replaceText(file, text);
    },
  };
}

/** The whole new text or the whole old one, whenever the process dies. */
async function replaceText(file: string, text: string): Promise<void> {
  // Whoever may read the old text may read the new one, and nobody else.
  const { mode } = await stat(file);
  await writeFile(`${file}.new`, text, { mode });
  await chmod(`${file}.new`, mode);
  await rename(`${file}.new`, file);
}
