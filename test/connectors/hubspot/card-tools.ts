/** A package of a mapping, built with the vendor's libraries as HubSpot builds it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { packagedWrites } from '../../../src/mapping/compile/closing.ts';
import { packager } from '../../../connectors/hubspot/packaging/index.ts';
import { parsed } from '../../mapping/fixtures/document.ts';

const TOOLS = resolve(import.meta.dirname, '../../../tools/hubspot-card');

export const hasTools = existsSync(join(TOOLS, 'node_modules/@hubspot/ui-extensions'));
export const withTools = (name: string): string =>
  hasTools ? name : `${name} (skipped: run npm ci in tools/hubspot-card)`;

export const made = async (mapping: string) =>
  await packager({
    writes: packagedWrites(parsed(mapping)),
    currency: 'EUR',
    language: parsed(mapping).settings.language,
    version: '1',
  });

/** Writes the project beside the vendor's libraries; returns its folder. */
export async function project(mapping: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'headwater-card-'));
  for (const [path, text] of (await made(mapping)).files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(TOOLS, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** What the compiler of the vendor's types finds wrong in the project's sources. */
export function typeFaults(folder: string): string {
  const sources = ['src/app/cards/companies.jsx', 'src/app/settings/Settings.jsx'];
  const options = '--noEmit --allowJs --checkJs --strict false --skipLibCheck --jsx react-jsx';
  const target = '--target es2022 --module esnext --moduleResolution bundler';
  const tsc = join(TOOLS, 'node_modules/typescript/bin/tsc');
  try {
    const args = [tsc, ...options.split(' '), ...target.split(' '), ...sources];
    execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    return '';
  } catch (error) {
    return String((error as { stdout?: string }).stdout ?? error);
  }
}

interface Rendered {
  text: string | null;
  findAll(component: unknown): { text: string | null; props: Record<string, unknown> }[];
}
interface Vendor {
  createRenderer(location: string): {
    render(node: unknown): Rendered;
    getRootNode(): Rendered & { toString(): string };
    waitFor(check: () => void): Promise<void>;
    find(component: unknown, matcher?: unknown): { trigger(event: string): void };
    mocks: {
      useCrmProperties: { willCall(answer: (names: string[]) => unknown): void };
      context: { user: { locale?: string }; location: string };
    };
  };
}

let search: (request: unknown) => unknown = () => ({ error: 'nobody answers' });
/** What HubSpot answers to a search of the card. */
export const answerSearch = (answer: typeof search): void => {
  search = answer;
};

type Extension = (api: unknown) => unknown;
const registered: Extension[] = [];
/** What HubSpot gives the worker that it runs cards in. */
const worker = {
  self: globalThis,
  __HUBSPOT_EXTENSION_WORKER__: true,
  logger: console,
  // Not among the hooks that the vendor's renderer stands in for.
  hsWorkerAPI: { fetchCrmSearch: async (request: unknown) => ({ json: () => search(request) }) },
  extend_V2: (extension: Extension) => registered.push(extension),
};
const extensions = new Map<string, Extension>();

/** The card that the project registers for an object, and the vendor's renderer. */
export async function openCard(folder: string, object: string) {
  const outfile = join(folder, `${object}-built.mjs`);
  await build({
    entryPoints: [join(folder, `src/app/cards/${object}.jsx`)],
    outfile,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    external: ['@hubspot/*', 'react', 'react/*'],
    logLevel: 'silent',
  });
  const load = createRequire(join(folder, 'package.json'));
  const vendor = async (name: string) =>
    (await import(pathToFileURL(load.resolve(name)).href)) as Record<string, unknown>;
  const known = extensions.get(outfile);
  Object.assign(globalThis, worker);
  if (known === undefined) await import(pathToFileURL(outfile).href);
  const extension = known ?? registered.at(-1) ?? (() => null);
  extensions.set(outfile, extension);
  const { createRenderer } = (await vendor('@hubspot/ui-extensions/testing')) as unknown as Vendor;
  const components = await vendor('@hubspot/ui-extensions');
  return { extension, createRenderer, components };
}
