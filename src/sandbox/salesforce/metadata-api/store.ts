/**
 * Metadata an org keeps beside its schema: files of layouts, pages and bundles, what documents say
 * beyond the schema, and who changed what when.
 */
import type { JsonObject } from '../http/body.ts';
import { IdSource } from '../org/ids.ts';
import type { SandboxOrg } from '../org.ts';
import type { Files } from './zip.ts';
import { keyPrefixOf } from './types.ts';

export interface Entry {
  type: string;
  fullName: string;
  id: string;
  createdMs: number;
  createdById: string;
  modifiedMs: number;
  modifiedById: string;
  document: JsonObject;
  /**
   * The files as they came, by path below the type's folder; empty where
   * schema and document say it all.
   */
  files: Files;
}

/**
 * Ids of stored components must differ from those of records; the seed only decides
 * their instance characters.
 */
const ID_SEED = 77;

export class MetadataStore {
  readonly #entries = new Map<string, Entry>();
  readonly ids = new IdSource(ID_SEED);

  get(type: string, fullName: string): Entry | undefined {
    return this.#entries.get(key(type, fullName));
  }

  ofType(type: string): Entry[] {
    return [...this.#entries.values()].filter((one) => one.type === type);
  }

  /** Writes an entry over the old one; returns how to take that back. */
  put(entry: Entry): () => void {
    return this.#swap(key(entry.type, entry.fullName), entry);
  }

  drop(type: string, fullName: string): () => void {
    return this.#swap(key(type, fullName), undefined);
  }

  newId(type: string): string {
    return this.ids.next(keyPrefixOf(type));
  }

  #swap(at: string, entry: Entry | undefined): () => void {
    const before = this.#entries.get(at);
    this.#set(at, entry);
    return () => this.#set(at, before);
  }

  #set(at: string, entry: Entry | undefined): void {
    if (entry === undefined) this.#entries.delete(at);
    else this.#entries.set(at, entry);
  }
}

function key(type: string, fullName: string): string {
  return `${type}/${fullName.toLowerCase()}`;
}

const stores = new WeakMap<SandboxOrg, MetadataStore>();

/** The store of an org; a new org starts with an empty one. */
export function storeOf(org: SandboxOrg): MetadataStore {
  let store = stores.get(org);
  if (store === undefined) {
    store = new MetadataStore();
    stores.set(org, store);
  }
  return store;
}
