/** One administrator's piece of work on an org's metadata, which can be taken back whole. */
import type { JsonObject } from '../http/body.ts';
import type { OrgUser } from '../org-types.ts';
import type { SandboxOrg } from '../org.ts';
import { storeOf, type Entry, type MetadataStore } from './store.ts';
import type { Files } from './zip.ts';

/** A component to save: its document, and for stored types the files it came in. */
export interface Part {
  fullName: string;
  document: JsonObject;
  files?: Files;
}
export interface Saved {
  id: string;
  created: boolean;
  changed: boolean;
}

/** What can be done with the components of one type. All throw OrgFault where the org refuses. */
export interface Handler {
  save(shop: Workshop, part: Part): Saved;
  /** False when there is none of that name. */
  remove(shop: Workshop, fullName: string): boolean;
  read(shop: Workshop, fullName: string): JsonObject | null;
  names(shop: Workshop): string[];
}

export class Workshop {
  readonly org: SandboxOrg;
  readonly user: OrgUser;
  readonly store: MetadataStore;
  readonly #undo: (() => void)[] = [];
  /**
   * Components made by this piece of work, also those that came along with another (a
   * master-detail field with its object).
   */
  readonly #made = new Set<string>();

  constructor(org: SandboxOrg, user: OrgUser) {
    this.org = org;
    this.user = user;
    this.store = storeOf(org);
  }

  onUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  made(type: string, fullName: string): boolean {
    return this.#made.has(`${type}/${fullName}`);
  }

  /** Runs `work` on rows and schema; when it returns false or throws, everything is as before. */
  run(work: () => boolean): boolean {
    const mark = this.#undo.length;
    const rows = this.org.begin();
    let kept = false;
    try {
      kept = work();
    } finally {
      if (kept) rows.commit();
      else {
        // Rows first: their cells are put back while the fields they belong to still exist.
        rows.rollback();
        while (this.#undo.length > mark) this.#undo.pop()?.();
      }
    }
    return kept;
  }

  /** Notes a component as saved now, keeping what its document and files say. */
  record(
    type: string,
    fullName: string,
    id: string | undefined,
    saved: { created: boolean; document: JsonObject; files?: Files },
  ): Entry {
    const before = this.store.get(type, fullName);
    const nowMs = this.org.nowMs();
    const entry: Entry = {
      type,
      fullName,
      id: id ?? before?.id ?? this.store.newId(type),
      createdMs: before?.createdMs ?? nowMs,
      createdById: before?.createdById ?? this.user.id,
      modifiedMs: nowMs,
      modifiedById: this.user.id,
      document: saved.document,
      files: saved.files ?? new Map(),
    };
    this.onUndo(this.store.put(entry));
    if (saved.created) this.#made.add(`${type}/${fullName}`);
    return entry;
  }

  forget(type: string, fullName: string): void {
    this.onUndo(this.store.drop(type, fullName));
  }
}
