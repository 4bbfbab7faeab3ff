/** A zip of metadata files: its manifest, and the components its files hold. */
import type { JsonObject } from '../http/body.ts';
import { documentOf, FileError, listOf, rootOf, textOf } from './document.ts';
import { isKnownType, LABEL, METADATA_TYPES, type MetadataType } from './types.ts';
import type { Part } from './workshop.ts';
import type { Files } from './zip.ts';

/** Type -> members, `*` for all of them. */
export interface Manifest {
  version: string | null;
  members: Map<string, Set<string>>;
}
/** A component of a package with its place in the file, for messages. */
export interface Component extends Part {
  type: string;
  fileName: string;
  line: number;
  column: number;
}
export interface Problem {
  type: string;
  fullName: string;
  fileName: string;
  message: string;
  line?: number;
  column?: number;
  warning?: boolean;
}
export interface Package {
  manifest: Manifest;
  deletions: Manifest;
  components: Component[];
  problems: Problem[];
}

const EMPTY: Manifest = { version: null, members: new Map() };
const DELETIONS = [
  'destructiveChangesPre.xml',
  'destructiveChanges.xml',
  'destructiveChangesPost.xml',
];

/**
 * Reads a package. `prefix` is the folder its files lie in (empty for a single package at the
 * root). Nothing is checked against the org yet.
 */
export function readPackage(files: Files, singlePackage: boolean): Package {
  const prefix = singlePackage
    ? ''
    : ([...files.keys()]
        .map((path) => /^([^/]+\/)package\.xml$/.exec(path)?.[1])
        .find((one) => one !== undefined) ?? '');
  const inside: Files = new Map(
    [...files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, bytes]) => [path.slice(prefix.length), bytes]),
  );
  const result: Package = {
    manifest: EMPTY,
    deletions: { version: null, members: new Map() },
    components: [],
    problems: [],
  };
  const manifestFile = inside.get('package.xml');
  if (manifestFile === undefined) {
    result.problems.push({
      type: '',
      fullName: 'package.xml',
      fileName: `${prefix}package.xml`,
      message: 'No package.xml found',
    });
    return result;
  }
  const reader = new Reader(prefix, inside, result);
  reader.guarded('', 'package.xml', 'package.xml', () => {
    result.manifest = manifestOf(manifestFile);
  });
  for (const name of DELETIONS) {
    const file = inside.get(name);
    if (file !== undefined)
      reader.guarded('', name, name, () => addTo(result.deletions, manifestOf(file)));
  }
  for (const type of METADATA_TYPES) reader.type(type);
  reader.reportMissing();
  return result;
}

/** The types and members of a package.xml or of the `unpackaged` part of a retrieve call. */
export function manifestFrom(document: JsonObject): Manifest {
  const members = new Map<string, Set<string>>();
  for (const one of listOf(document, 'types')) {
    const named =
      one.members === undefined ? [] : Array.isArray(one.members) ? one.members : [one.members];
    const known = members.get(String(one.name)) ?? new Set();
    members.set(String(one.name), new Set([...known, ...named.map(nameOfMember)]));
  }
  return { version: textOf(document, 'version') ?? null, members };
}

/** The vendor's tools name a folder of reports or dashboards with a stroke behind it: `Sales/`. */
const nameOfMember = (member: unknown): string => String(member).replace(/\/$/, '');

function manifestOf(bytes: Uint8Array): Manifest {
  return manifestFrom(documentOf(rootOf(bytes, 'Package')));
}

function addTo(target: Manifest, more: Manifest): void {
  for (const [type, names] of more.members)
    target.members.set(type, new Set([...(target.members.get(type) ?? []), ...names]));
}

class Reader {
  readonly #prefix: string;
  readonly #files: Files;
  readonly #result: Package;

  constructor(prefix: string, files: Files, result: Package) {
    this.#prefix = prefix;
    this.#files = files;
    this.#result = result;
  }

  /** Runs a piece of reading; what is wrong with the file becomes a problem. */
  guarded(type: string, fullName: string, fileName: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.#result.problems.push({
        type,
        fullName,
        fileName: this.#prefix + fileName,
        message: error.message,
        line: error.line,
        column: error.column,
      });
    }
  }

  type(type: MetadataType): void {
    if (type.suffix === null) return this.#bundles(type);
    if (type.folders !== undefined) this.#folders(type, type.folders);
    const ending = `.${type.suffix}`;
    for (const [path, bytes] of this.#files) {
      if (!path.startsWith(`${type.directory}/`) || !path.endsWith(ending)) continue;
      // File names escape what a path cannot hold; full names show it.
      const fullName = decoded(path.slice(type.directory.length + 1, -ending.length));
      this.guarded(type.name, fullName, path, () => this.#file(type, fullName, path, bytes));
    }
  }

  #file(type: MetadataType, fullName: string, path: string, bytes: Uint8Array): void {
    const meta = this.#files.get(`${path}-meta.xml`);
    const source = meta ?? bytes;
    const root = rootOf(source, type.name);
    const document = documentOf(root);
    const fileName = this.#prefix + path;
    const name = path.slice(type.directory.length + 1);
    const files: Files = new Map(
      meta === undefined
        ? [[name, bytes]]
        : [
            [name, bytes],
            [`${name}-meta.xml`, meta],
          ],
    );
    if (type.children === undefined)
      return this.#add({
        type: type.name,
        fullName,
        document,
        files,
        fileName,
        line: root.line,
        column: root.column,
      });
    const own = Object.fromEntries(
      Object.entries(document).filter(([key]) => type.children?.[key] === undefined),
    );
    // A detail object is born with the field that names its master.
    const masters = listOf(document, 'fields').filter((one) => one.type === 'MasterDetail');
    this.#add({
      type: type.name,
      fullName,
      document: { ...own, ...(masters.length === 0 ? {} : { fields: masters }) },
      fileName,
      line: root.line,
      column: root.column,
    });
    for (const element of root.children) {
      const childType = type.children[element.name];
      if (childType === undefined) continue;
      const inner = documentOf(element);
      this.#add(
        {
          type: childType,
          fullName: `${fullName}.${String(inner.fullName ?? '')}`,
          document: inner,
          fileName,
          line: element.line,
          column: element.column,
        },
        fullName,
      );
    }
  }

  /** `reports/Name-meta.xml` is the folder `Name`, a component of the same type. */
  #folders(type: MetadataType, root: string): void {
    for (const [path, bytes] of this.#files) {
      const fullName = new RegExp(`^${type.directory}/([^/]+)-meta\\.xml$`).exec(path)?.[1];
      if (fullName === undefined) continue;
      this.guarded(type.name, fullName, path, () => {
        const element = rootOf(bytes, root);
        this.#add({
          type: type.name,
          fullName,
          document: documentOf(element),
          files: new Map([[path.slice(type.directory.length + 1), bytes]]),
          fileName: this.#prefix + path,
          line: element.line,
          column: element.column,
        });
      });
    }
  }

  #bundles(type: MetadataType): void {
    const folders = new Map<string, Files>();
    for (const [path, bytes] of this.#files) {
      const name = new RegExp(`^${type.directory}/([^/]+)/.+$`).exec(path)?.[1];
      if (name === undefined) continue;
      const files = folders.get(name) ?? new Map<string, Uint8Array>();
      files.set(path.slice(type.directory.length + 1), bytes);
      folders.set(name, files);
    }
    for (const [name, files] of folders)
      this.#add({
        type: type.name,
        fullName: name,
        document: {},
        files,
        fileName: `${this.#prefix}${type.directory}/${name}`,
        line: 1,
        column: 1,
      });
  }

  /** Only what the manifest names is part of the package; an object named brings its children. */
  #add(component: Component, parent?: string): void {
    const { members } = this.#result.manifest;
    const named = (type: string, fullName: string): boolean => {
      const names = members.get(type);
      return (
        names !== undefined &&
        (names.has(fullName) ||
          (names.has('*') && (type !== 'CustomObject' || fullName.endsWith('__c'))))
      );
    };
    if (
      named(component.type, component.fullName) ||
      (parent !== undefined && named('CustomObject', parent)) ||
      (component.type === 'CustomLabels' && members.has(LABEL))
    )
      this.#result.components.push(component);
  }

  reportMissing(): void {
    const { manifest, components, problems } = this.#result;
    const found = new Set(
      [...components, ...problems].map(({ type, fullName }) => `${type}/${fullName}`),
    );
    for (const { document } of components.filter(({ type }) => type === 'CustomLabels'))
      for (const label of listOf(document, 'labels'))
        found.add(`${LABEL}/${String(label.fullName)}`);
    for (const [type, names] of manifest.members) {
      if (!isKnownType(type)) {
        problems.push({
          type: '',
          fullName: 'package.xml',
          fileName: `${this.#prefix}package.xml`,
          message: `Unknown type name '${type}' specified in package.xml`,
        });
        continue;
      }
      for (const name of names)
        if (name !== '*' && !found.has(`${type}/${name}`))
          problems.push({
            type,
            fullName: name,
            fileName: `${this.#prefix}package.xml`,
            message: `An object '${name}' of type ${type} was named in package.xml, but was not found in zipped directory`,
          });
    }
  }
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
