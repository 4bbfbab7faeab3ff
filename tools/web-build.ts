/**
 * Builds the pages into `dist/web`: `npm ci` in a clone calls it, and so does `npm run build`.
 * `--types` writes the types alone, `--if-stale` leaves what is as new as the sources.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isStale } from './web/stale.ts';

const ROOT = resolve(import.meta.dirname, '..');
const TYPES = join(ROOT, 'src/web/api/operations.gen.ts');

async function build(): Promise<void> {
  if (process.argv.includes('--if-stale') && !isStale(ROOT)) return;
  // An installation without the development tools has nothing to build with, and may not need it.
  const vite = await import('vite').catch(() => null);
  if (vite === null) {
    process.stdout.write('the pages are not built: vite is not installed\n');
    return;
  }
  const { writeTypes } = await import('./web/types.ts');
  writeTypes(TYPES);
  if (process.argv.includes('--types')) return;
  const { licencesOf } = await import('./build/licences.ts');
  const { sbomOf } = await import('./build/sbom.ts');
  const built = [await vite.build({ root: join(ROOT, 'src/web'), logLevel: 'error' })].flat();
  const modules = built.flatMap((one) =>
    'output' in one
      ? one.output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []))
      : [],
  );
  // What a browser is sent is given out as well: each package goes with its licence.
  writeFileSync(join(ROOT, 'dist/web/THIRD-PARTY-LICENSES.txt'), licencesOf(modules));
  writeFileSync(join(ROOT, 'dist/web/sbom.cdx.json'), sbomOf(modules, false));
}

await build();
