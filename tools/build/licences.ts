import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Each package that these modules are of, with its version and its licence as it gives it. */
export function licencesOf(modules: string[]): string {
  const folders = new Set(
    modules.flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(
        readFileSync(join(folder, 'package.json'), 'utf8'),
      ) as { name: string; version: string; license?: string };
      const file = existsSync(folder)
        ? readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
        : undefined;
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
      return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(78)}\n\n`);
}
