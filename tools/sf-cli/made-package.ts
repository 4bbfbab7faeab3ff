/** The package that the shipped mapping makes, in a folder, for the vendor's tools to read. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { packager } from '../../connectors/salesforce/packaging/index.ts';
import { packagedWrites } from '../../src/mapping/compile/closing.ts';
import { parseMapping } from '../../src/mapping/document/parse.ts';

const MAPPING = resolve(import.meta.dirname, '../../mappings/salesforce.yaml');

export async function writeMadePackage(folder: string): Promise<void> {
  const { document } = parseMapping(readFileSync(MAPPING, 'utf8'));
  if (document === null) throw new Error(`${MAPPING} has faults: run \`headwater mapping check\``);
  const { files } = await packager({
    writes: packagedWrites(document),
    currency: document.settings.reportingCurrency,
    language: document.settings.language,
    version: '0',
  });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
