import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packagesOf } from './packages.ts';

/** Each package that these modules are of, with its version and its licence as it gives it. */
export function licencesOf(modules: string[]): string {
  return packagesOf(modules)
    .map(({ folder, name, version, license }) => {
      const file = existsSync(folder)
        ? readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry))
        : undefined;
      const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
      return `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`;
    })
    .join(`\n${'-'.repeat(78)}\n\n`);
}
