import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that goes into what is given out. */
export interface Shipped {
  folder: string;
  name: string;
  version: string;
  license: string | null;
}

/** The packages that these modules are of, each once. */
export function packagesOf(modules: string[]): Shipped[] {
  const folders = new Set(
    modules.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as { name: string; version: string; license?: string };
    return { folder, name, version, license: license ?? null };
  });
}
