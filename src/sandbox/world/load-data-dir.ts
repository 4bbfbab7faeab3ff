/** Real data as a world: tells from a folder's files what it holds and who can read it. */
import { readdir } from 'node:fs/promises';
import type { World } from './events.ts';
import type { ReplayOptions } from './replay/replay.ts';
import { replayLoanLog } from './replay/replay.ts';
import { DataError, LOG_FILES } from './replay/read.ts';

interface DataKind {
  name: string;
  files: readonly string[];
  load(dataDir: string, options: ReplayOptions): Promise<World>;
}

/** The kinds of data that can be loaded; another kind is another row. */
const KINDS: readonly DataKind[] = [
  { name: 'loan log (BPI Challenge 2012)', files: Object.values(LOG_FILES), load: replayLoanLog },
];

/**
 * Loads a data folder as a world that ends at `options.endMs`. A folder with some of a kind's files
 * is taken as that kind, so that the message can name the file that is missing. Throws DataError
 * when the folder is missing or of no known kind.
 */
export async function loadDataDir(dataDir: string, options: ReplayOptions): Promise<World> {
  const present = new Set(
    await readdir(dataDir).catch((error: NodeJS.ErrnoException) => {
      throw new DataError(
        `${dataDir} is no readable folder (${error.code ?? error.message}): expected ${known()}`,
      );
    }),
  );
  const score = (kind: DataKind): number => kind.files.filter((file) => present.has(file)).length;
  const best = [...KINDS].sort((a, b) => score(b) - score(a))[0];
  if (!best || score(best) === 0)
    throw new DataError(`${dataDir} holds no known data: expected ${known()}`);
  return best.load(dataDir, options);
}

function known(): string {
  return KINDS.map((kind) => `${kind.name} with the files ${kind.files.join(', ')}`).join('; or ');
}
