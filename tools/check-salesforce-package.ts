/**
 * Reads the source package with the vendor's own library, installed outside of this tree: every
 * file must resolve to a component. `node tools/check-salesforce-package.ts [folder to install in]`
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeMadePackage } from './sf-cli/made-package.ts';

const VERSIONS = { '@salesforce/source-deploy-retrieve': '13.7.0' };
const PACKAGE = mkdtempSync(join(tmpdir(), 'headwater-package-'));
const SOURCE = join(PACKAGE, 'force-app/main/default');

interface Component {
  fullName: string;
  type: { name: string };
  getChildren(): Component[];
  walkContent(): string[];
  xml?: string;
}
interface Retriever {
  ComponentSet: { fromSource(path: string): { getSourceComponents(): { toArray(): Component[] } } };
}
function vendor(folder: string): NodeJS.Require {
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json')))
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const missing = Object.entries(VERSIONS).filter(
    ([name]) => !existsSync(join(folder, 'node_modules', name)),
  );
  if (missing.length > 0)
    execFileSync(
      'npm',
      [
        'install',
        '--silent',
        '--no-audit',
        '--no-fund',
        ...missing.map(([name, version]) => `${name}@${version}`),
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  return createRequire(join(folder, 'package.json'));
}

const load = vendor(resolve(process.argv[2] ?? join(tmpdir(), 'headwater-vendor')));
const { ComponentSet } = load('@salesforce/source-deploy-retrieve') as Retriever;
await writeMadePackage(PACKAGE);
const results: [what: string, ok: boolean][] = [];

const components = ComponentSet.fromSource(SOURCE)
  .getSourceComponents()
  .toArray()
  .flatMap((component) => [component, ...component.getChildren()]);
const known = new Set(
  components.flatMap((component) => [component.xml, ...component.walkContent()]),
);
const files = readdirSync(SOURCE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
for (const file of files) results.push([file.slice(PACKAGE.length + 1), known.has(file)]);
for (const type of [
  'CustomField',
  'ListView',
  'PermissionSet',
  'ReportType',
  'Report',
  'Dashboard',
  'CustomLabel',
  'LightningComponentBundle',
]) {
  results.push([
    `${components.filter((component) => component.type.name === type).length} ${type}`,
    components.some((component) => component.type.name === type),
  ]);
}
const failed = results.filter(([, ok]) => !ok);
for (const [what, ok] of results) process.stdout.write(`${ok ? '✓' : '✗'} ${what}\n`);
process.stdout.write(`${results.length - failed.length} passed, ${failed.length} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
