/**
 * Where the modules of a Lightning component come from: the org's own bundles and labels, the
 * vendor's base components, and what only the platform has.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Files } from '../metadata-api/zip.ts';

export interface ModuleSource {
  /** File name with its ending, as the compiler wants it. */
  file: string;
  text: string;
  namespace: string;
  name: string;
}
/** What an org holds: bundles by name, each with its files by `bundle/file`; labels by name. */
export interface LightningSource {
  bundles: ReadonlyMap<string, Files>;
  labels: ReadonlyMap<string, string>;
}

const require = createRequire(import.meta.url);
const PLATFORM = join(import.meta.dirname, 'platform');
const ENGINE: Record<string, string> = { lwc: '@lwc/engine-dom' };
/** The list of all icons of a set, ten thousand files together. */
const ICONS = 'buildTemplates/templates.js';
/** A stylesheet or template that a component does not have. */
const NOTHING = 'export default undefined;';

interface Vendor {
  folder: string;
  /** Modules that the base components bring for what an org would give them. */
  scoped: Map<string, string>;
}

/** Throws where the vendor's packages are not installed. */
export function vendorModules(): Vendor {
  const manifest = require.resolve('lightning-base-components/package.json');
  const folder = dirname(manifest);
  const { lwc } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    lwc: { modules: { name?: string; path?: string }[] };
  };
  const scoped = lwc.modules.flatMap(({ name, path }): [string, string][] =>
    name === undefined || path === undefined ? [] : [[name, join(folder, path)]],
  );
  return { folder, scoped: new Map(scoped) };
}

/** A module by its specifier, and the file it is imported from. */
export type Found =
  | { kind: 'file'; path: string }
  | { kind: 'text'; text: string }
  | { kind: 'lwc'; key: string };

export function findModule(vendor: Vendor, specifier: string): Found | null {
  const engine = ENGINE[specifier];
  if (engine !== undefined) return { kind: 'file', path: require.resolve(engine) };
  if (specifier.startsWith('@lwc/')) return { kind: 'file', path: require.resolve(specifier) };
  const own = /^lightning\/(uiRecordApi|uiObjectInfoApi|navigation)$/.exec(specifier)?.[1];
  if (own !== undefined) return { kind: 'file', path: join(PLATFORM, `${own}.js`) };
  const reader = /^@salesforce\/i18n\/(locale|lang|dir)$/.exec(specifier)?.[1];
  if (reader !== undefined)
    return { kind: 'text', text: `export default globalThis.reader.${reader};` };
  const label = /^@salesforce\/label\/c\.(\w+)$/.exec(specifier)?.[1];
  if (label !== undefined) return { kind: 'lwc', key: `label/${label}` };
  const scoped = vendor.scoped.get(specifier);
  if (scoped !== undefined) return { kind: 'file', path: scoped };
  const bundle = /^c\/(\w+)$/.exec(specifier)?.[1];
  if (bundle !== undefined) return { kind: 'lwc', key: `c/${bundle}/${bundle}.js` };
  const base = /^lightning\/(\w+)$/.exec(specifier)?.[1];
  if (base !== undefined)
    return { kind: 'lwc', key: `lightning/${base}/${base}${endingOf(vendor, base)}` };
  return null;
}

/** Some of the base modules are style sheets only. */
const endingOf = ({ folder }: Vendor, base: string): string =>
  ['.js', '.css'].find((ending) =>
    existsSync(join(folder, 'src/lightning', base, `${base}${ending}`)),
  ) ?? '.js';

/** The text behind a key of `findModule`; null where there is no such module. */
export function readModule(
  vendor: Vendor,
  source: LightningSource,
  key: string,
): ModuleSource | null {
  const [namespace = '', name = '', ...rest] = key.split('/');
  if (namespace === 'label') {
    const text = source.labels.get(name);
    return text === undefined
      ? null
      : { file: 'label.js', text: `export default ${JSON.stringify(text)};`, namespace, name };
  }
  const file = rest.join('/');
  const text =
    file === ICONS && namespace === 'lightning'
      ? iconsOf(vendor, source, name)
      : textOf(vendor, source, namespace, name, file);
  if (text !== null) return { file, text, namespace, name };
  return /\.(html|css)$/.test(file) ? { file: 'none.js', text: NOTHING, namespace, name } : null;
}

/** Only the icons that the org's own bundles name: the others would take minutes to compile. */
function iconsOf(vendor: Vendor, { bundles }: LightningSource, name: string): string {
  const own = [...bundles.values()].flatMap((files) => [...files.values()]);
  const named = new Set(
    own.flatMap((bytes) =>
      [
        ...Buffer.from(bytes)
          .toString('utf8')
          .matchAll(/\b([a-z]+):([a-z]\w*)/g),
      ].map(([, set, icon]) => `${set}_${icon}`),
    ),
  );
  const all = readFileSync(join(vendor.folder, 'src/lightning', name, ICONS), 'utf8');
  const kept = [...all.matchAll(/^import \{ default as (\w+) \} from .*$/gm)].filter(
    ([, icon = '']) => named.has(icon),
  );
  const names = kept.map(([, icon]) => icon).join(', ');
  return `${kept.map(([line]) => line).join('\n')}\nexport default { ${names} };`;
}

function textOf(
  vendor: Vendor,
  source: LightningSource,
  namespace: string,
  name: string,
  file: string,
): string | null {
  if (namespace === 'c') {
    const bytes = source.bundles.get(name)?.get(`${name}/${file}`);
    return bytes === undefined ? null : Buffer.from(bytes).toString('utf8');
  }
  const path = join(vendor.folder, 'src/lightning', name, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}
