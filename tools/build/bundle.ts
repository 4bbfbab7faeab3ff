import { build } from 'esbuild';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUNDLED } from './bundled.ts';
import { licencesOf } from './licences.ts';
import { sbomOf } from './sbom.ts';

/** Packages inside those that are left to be found at run time, or never reached by us. */
const LEFT_OUT = ['better-sqlite3', 'zod', 'zod/*'];

const imports = (text: string, name: string): boolean =>
  text.includes(`'${name}'`) || text.includes(`'${name}/`);

/**
 * Rewrites each file of `dist` that imports one of them. Our own files stay files of their own,
 * where they are: what two of them share of a package is a chunk beside them.
 */
export async function bundleDependencies(dist: string): Promise<void> {
  const files = globSync(`${dist}/**/*.js`).filter((file) => {
    const text = readFileSync(file, 'utf8');
    return BUNDLED.some((name) => imports(text, name));
  });
  const { metafile } = await build({
    entryPoints: files,
    outbase: dist,
    outdir: dist,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: 'vendor/[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: LEFT_OUT,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // Packages in CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as __requireOf } from 'node:module'; const require = __requireOf(import.meta.url);",
    },
    plugins: [
      {
        name: 'own-files-stay',
        setup: ({ onResolve }) => {
          onResolve({ filter: /^\.\.?\// }, ({ importer, path, kind }) =>
            kind === 'entry-point' || importer.includes('node_modules')
              ? undefined
              : { path, external: true },
          );
          onResolve({ filter: /^[^.]/ }, ({ importer, path, kind }) =>
            kind === 'entry-point' ||
            importer.includes('node_modules') ||
            BUNDLED.some((name) => path === name || path.startsWith(`${name}/`))
              ? undefined
              : { path, external: true },
          );
        },
      },
    ],
  });
  const modules = Object.keys(metafile.inputs);
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesOf(modules));
  writeFileSync(join(dist, 'sbom.cdx.json'), sbomOf(modules, true));
}
