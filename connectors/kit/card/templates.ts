import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of a folder of templates by their path below it. */
export function templateFiles(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [
        path.slice(folder.length + 1).replaceAll('\\', '/'),
        readFileSync(path, 'utf8'),
      ]),
  );
}

/** What every card says and shows, the same for all CRMs. */
export const cardView = (): string => readFileSync(join(import.meta.dirname, 'view.js'), 'utf8');
