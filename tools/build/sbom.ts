/**
 * A bill of materials in CycloneDX (https://cyclonedx.org/docs/1.6/json/): what is bundled into our
 * files, which no lockfile of an installation names. `npm sbom` knows the dependencies alone.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packagesOf, type Shipped } from './packages.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Locked {
  version: string;
  integrity?: string;
  license?: string;
  dev?: boolean;
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as T;

/** An identifier of SPDX stands by itself; several are an expression of it. */
const licencesOf = (license: string | null): unknown[] =>
  license === null
    ? []
    : /^[\w.+-]+$/.test(license)
      ? [{ license: { id: license } }]
      : [{ expression: license }];

/** npm's integrity is base64; CycloneDX wants the same hash in hex. */
function hashesOf(integrity: string | undefined): unknown[] {
  const [, hash] = /^sha512-(\S+)/.exec(integrity ?? '') ?? [];
  return hash === undefined
    ? []
    : [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }];
}

const purlOf = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`;

const componentOf = ({ name, version, license }: Omit<Shipped, 'folder'>, locked?: Locked) => ({
  type: 'library',
  'bom-ref': purlOf(name, version),
  name,
  version,
  purl: purlOf(name, version),
  licenses: licencesOf(license),
  hashes: hashesOf(locked?.integrity),
});

/** `modules`: the files that went into the bundle; `installed`: with what npm brings beside it. */
export function sbomOf(modules: string[], installed: boolean): string {
  const { packages } = readJson<{ packages: Record<string, Locked> }>('package-lock.json');
  const own = readJson<{ name: string; version: string; license: string }>('package.json');
  const bundled = packagesOf(modules).map((one) =>
    componentOf(one, packages[one.folder.slice(one.folder.indexOf('node_modules/'))]),
  );
  const brought = Object.entries(packages)
    .filter(([path, { dev }]) => installed && path !== '' && dev !== true)
    .map(([path, locked]) =>
      componentOf(
        {
          name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
          version: locked.version,
          license: locked.license ?? null,
        },
        locked,
      ),
    );
  const components = new Map([...brought, ...bundled].map((one) => [one.purl, one]));
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...componentOf(own), type: 'application', hashes: [] } },
    components: [...components.values()].sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
  return `${JSON.stringify(sbom, null, 2)}\n`;
}
