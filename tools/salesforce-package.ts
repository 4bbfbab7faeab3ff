/**
 * Writes connectors/salesforce/package/ anew. The component's own .js, .html and .css are written
 * by hand and stay. `node tools/salesforce-package.ts`
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseMapping } from '../src/mapping/document/parse.ts';
import { packageFiles } from './salesforce-package/files.ts';

const ROOT = resolve(import.meta.dirname, '..');
const PACKAGE = join(ROOT, 'connectors/salesforce/package');

const { document } = parseMapping(readFileSync(join(ROOT, 'mappings/salesforce.yaml'), 'utf8'));
if (document === null)
  throw new Error('mappings/salesforce.yaml has faults: run `headwater mapping check`');
const files = packageFiles(document);
for (const [path, text] of files) {
  mkdirSync(dirname(join(PACKAGE, path)), { recursive: true });
  writeFileSync(join(PACKAGE, path), text);
}
for (const entry of readdirSync(PACKAGE, { recursive: true, encoding: 'utf8' })) {
  if (entry.endsWith('-meta.xml') && !files.has(entry)) rmSync(join(PACKAGE, entry));
}
process.stdout.write(`${files.size} files in ${PACKAGE}\n`);
