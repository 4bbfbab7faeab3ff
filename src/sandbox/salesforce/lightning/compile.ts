/**
 * Compiles a bundle that was deployed to the org by the vendor's own compiler, with its base
 * components, into one script for a browser. The tools are development dependencies: in an
 * installed package there is nothing to compile with, and the caller says so.
 */
import { posix } from 'node:path';
import type { Plugin } from 'esbuild';
import {
  findModule,
  readModule,
  vendorModules,
  type LightningSource,
  type ModuleSource,
} from './modules.ts';

/** The newest release that the compiler knows by number of its API. */
const API_VERSION = 66;
const LWC = 'lwc';

/** Base components are the same for every org, and take seconds. */
const baseModules = new Map<string, string>();

/** Why a bundle could not be shown, for a person. */
export class CompileError extends Error {}

/** A script that calls `globalThis.show(Component, createElement)` with the compiled component. */
export async function compileComponent(
  source: LightningSource,
  bundle: string,
): Promise<{ script: string; warnings: string[] }> {
  const { build } = await import('esbuild');
  const { transformSync } = await import('@lwc/compiler');
  const warnings: string[] = [];
  const compiled = (module: ModuleSource): string => {
    if (module.namespace === 'label' || module.file === 'none.js') return module.text;
    const { code, warnings: told = [] } = transformSync(module.text, module.file, {
      namespace: module.namespace,
      name: module.name,
      apiVersion: API_VERSION,
      scopedStyles: /\.scoped\.css$/.test(module.file),
      enableDynamicComponents: true,
      enableLwcOn: true,
    });
    if (module.namespace === 'c')
      warnings.push(
        ...told.map(
          ({ message }: { message: string }) => `${module.name}/${module.file}: ${message}`,
        ),
      );
    return code;
  };
  const { outputFiles } = await build({
    stdin: { contents: entryFor(bundle), resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    minify: true,
    // The engine warns of its development mode, in which it is several times slower.
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.SSR': 'false' },
    logLevel: 'silent',
    plugins: [modules(source, compiled)],
  }).catch((error: unknown) => {
    throw new CompileError(error instanceof Error ? error.message : String(error));
  });
  return { script: outputFiles[0]?.text ?? '', warnings };
}

/** The synthetic shadow comes first, as on the platform, so that its style sheet reaches inside. */
const entryFor = (bundle: string): string =>
  `import '@lwc/synthetic-shadow';\nimport { createElement } from 'lwc';\nimport Component from 'c/${bundle}';\nglobalThis.show(Component, createElement);\n`;

function modules(source: LightningSource, compiled: (module: ModuleSource) => string): Plugin {
  return {
    name: 'lightning',
    setup: (build) => {
      const vendor = vendorModules();
      build.onResolve({ filter: /.*/ }, ({ path, importer, namespace }) => {
        if (namespace === LWC && path.startsWith('.'))
          return { path: beside(importer, path), namespace: LWC };
        const found = findModule(vendor, path);
        if (found === null) return undefined;
        if (found.kind === 'file') return { path: found.path };
        if (found.kind === 'lwc') return { path: found.key, namespace: LWC };
        return { path, namespace: 'text', pluginData: found.text };
      });
      build.onLoad({ filter: /.*/, namespace: 'text' }, ({ pluginData }) => ({
        contents: String(pluginData),
      }));
      build.onLoad({ filter: /.*/, namespace: LWC }, ({ path }) => {
        const module = readModule(vendor, source, path);
        if (module === null)
          return { errors: [{ text: `The org has no ${path.replace('/', ' ')}` }] };
        const isBase = module.namespace === 'lightning' && !path.includes('buildTemplates');
        const contents = (isBase ? baseModules.get(path) : undefined) ?? compiled(module);
        if (isBase) baseModules.set(path, contents);
        return { contents, resolveDir: import.meta.dirname };
      });
    },
  };
}

/** A file of the same bundle; one without an ending is a script. */
function beside(importer: string, path: string): string {
  const file = posix.join(posix.dirname(importer), path.replace(/\?.*$/, ''));
  return /\.(js|html|css)$/.test(file) ? file : `${file}.js`;
}
