/** Retrieval: components of a manifest as a zip of metadata files. */
import type { JsonObject } from '../http/body.ts';
import { fileOf, sorted } from './document.ts';
import { ownDocument } from './custom-object.ts';
import { handlerOf } from './handlers.ts';
import { fileNameOf, fileProperties } from './listing.ts';
import type { Manifest } from './package.ts';
import { CHILD_TYPES, childElement, isKnownType } from './types.ts';
import type { Workshop } from './workshop.ts';
import { zip, type Files } from './zip.ts';

export interface Retrieved {
  zipFile: Uint8Array;
  fileProperties: JsonObject[];
  messages: { fileName: string; problem: string }[];
}

/** Folder of the files when the caller asks for packages rather than for one. */
const UNPACKAGED = 'unpackaged/';

/** What is asked for and not there becomes a message; everything else is in the archive. */
export function retrieve(shop: Workshop, manifest: Manifest, singlePackage: boolean): Retrieved {
  const collector = new Collector(shop);
  for (const [type, names] of manifest.members) collector.type(type, names);
  return collector.finish(manifest, singlePackage ? '' : UNPACKAGED);
}

class Collector {
  readonly #shop: Workshop;
  readonly #files: Files = new Map();
  /** Object name -> what of its file is wanted. */
  readonly #objects = new Map<string, { whole: boolean; children: Map<string, JsonObject[]> }>();
  readonly #properties: JsonObject[] = [];
  readonly #messages: Retrieved['messages'] = [];
  readonly #found = new Map<string, string[]>();

  constructor(shop: Workshop) {
    this.#shop = shop;
  }

  type(type: string, names: ReadonlySet<string>): void {
    if (!isKnownType(type))
      return this.#say(`Unknown type name '${type}' specified in package.xml`);
    const handler = handlerOf(type);
    const all = names.has('*')
      ? handler.names(this.#shop).filter((name) => type !== 'CustomObject' || name.endsWith('__c'))
      : [];
    for (const fullName of new Set([
      ...all,
      ...[...names].filter((name) => name !== '*').map(decodeURIComponent),
    ])) {
      const document = handler.read(this.#shop, fullName);
      if (document === null)
        this.#say(`Entity of type '${type}' named '${fullName}' cannot be found`);
      else this.#add(type, fullName, document);
    }
  }

  #say(problem: string): void {
    this.#messages.push({ fileName: 'package.xml', problem });
  }

  #add(type: string, fullName: string, document: JsonObject): void {
    this.#found.set(type, [...(this.#found.get(type) ?? []), fullName]);
    this.#properties.push(fileProperties(this.#shop, type, fullName));
    if (type === 'CustomObject') return this.#whole(fullName);
    if (CHILD_TYPES.includes(type))
      return this.#child(type, fullName.split('.')[0] ?? '', document);
    const stored = this.#shop.store.get(type, fullName)?.files;
    const directory = fileNameOf(type, fullName).split('/')[0] ?? '';
    if (stored !== undefined && stored.size > 0)
      for (const [path, bytes] of stored) this.#files.set(`${directory}/${path}`, bytes);
    else {
      const { fullName: _fullName, ...content } = document;
      this.#files.set(fileNameOf(type, fullName), fileOf(type, content));
    }
  }

  #object(name: string): { whole: boolean; children: Map<string, JsonObject[]> } {
    const known = this.#objects.get(name) ?? {
      whole: false,
      children: new Map<string, JsonObject[]>(),
    };
    this.#objects.set(name, known);
    return known;
  }

  #whole(name: string): void {
    const object = this.#object(name);
    object.whole = true;
    for (const type of CHILD_TYPES) {
      const handler = handlerOf(type);
      const children = handler
        .names(this.#shop)
        .filter((one) => one.startsWith(`${name}.`))
        .map((one) => handler.read(this.#shop, one))
        .filter((one) => one !== null);
      object.children.set(type, children.map(bare));
    }
  }

  #child(type: string, objectName: string, document: JsonObject): void {
    const object = this.#object(objectName);
    if (!object.whole)
      object.children.set(type, [...(object.children.get(type) ?? []), bare(document)]);
  }

  finish(manifest: Manifest, folder: string): Retrieved {
    for (const [name, { whole, children }] of this.#objects) {
      const object = this.#shop.org.object(name);
      const own = whole && object !== undefined ? ownDocument(this.#shop, object) : {};
      const inner = Object.fromEntries(
        [...children]
          .filter(([, list]) => list.length > 0)
          .map(([type, list]) => [childElement(type) ?? type, list]),
      );
      this.#files.set(
        `objects/${name}.object`,
        fileOf('CustomObject', sorted({ ...own, ...inner })),
      );
    }
    const types = [...this.#found].map(([name, members]) => ({
      members: [...members].sort(),
      name,
    }));
    this.#files.set(
      'package.xml',
      fileOf('Package', {
        types,
        ...(manifest.version === null ? {} : { version: manifest.version }),
      }),
    );
    return {
      zipFile: zip(new Map([...this.#files].map(([path, bytes]) => [folder + path, bytes]))),
      messages: this.#messages,
      fileProperties: this.#properties.map((row) => ({
        ...row,
        fileName: folder + String(row.fileName),
      })),
    };
  }
}

/** Inside its object's file a component goes by its own name alone. */
function bare(document: JsonObject): JsonObject {
  return { ...document, fullName: String(document.fullName ?? '').replace(/^[^.]*\./, '') };
}
