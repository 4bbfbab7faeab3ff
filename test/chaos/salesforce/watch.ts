import type { SandboxOrg } from '../../../src/sandbox/salesforce/org.ts';
import type { Cell, Row } from '../../../src/sandbox/salesforce/org-types.ts';
import { WRITTEN } from '../mapping.ts';
import { OBJECTS } from './world.ts';

interface Version { stampMs: number; deleted: boolean; committedMs: number }

const same = (a: Cell, b: Cell): boolean => (a === '' ? null : a) === (b === '' ? null : b);

/** Looks on from inside the CRM: when every row's present version became visible, and what the engine's writes did to each field. */
export class Watch {
  /** The org as the engine's API calls reach it. */
  readonly org: SandboxOrg;
  /** `Object/Id` -> the version that a reader sees. */
  readonly versions = new Map<string, Version>();
  /** What the engine itself last put into a field. */
  readonly engineWrote = new Map<string, Cell>();
  readonly violations: string[] = [];
  writes = 0;
  readonly #inner: SandboxOrg;
  readonly #nowMs: () => number;

  constructor(org: SandboxOrg, engineId: string, nowMs: () => number) {
    this.#inner = org;
    this.#nowMs = nowMs;
    this.org = {
      ...org,
      update: (user, object, id, fields, options) => {
        if (user.id !== engineId) return org.update(user, object, id, fields, options);
        const before: Row = { ...org.find(id, true)?.row };
        const result = org.update(user, object, id, fields, options);
        if (result.ok) this.#judge(object, result.id, before, fields);
        return result;
      },
    };
  }

  #judge(object: string, id: string, before: Row, fields: Row): void {
    const after = this.#inner.find(id, true)?.row ?? {};
    for (const name of Object.keys(fields)) {
      const written = WRITTEN[object]?.find(({ field }) => field === name);
      if (written === undefined) { if (name !== 'id' && name !== 'attributes') this.violations.push(`wrote ${object}.${name}, which is not ours to write`); continue; }
      const key = `${object}/${id}/${name}`;
      const [had, has, ours] = [before[name] ?? null, after[name] ?? null, this.engineWrote.get(key) ?? null];
      if (same(had, has)) this.violations.push(`duplicate effect: ${key} was ${JSON.stringify(had)} already when it was written`);
      if (written.shared && !same(had, ours)) this.violations.push(`a human's value lost: ${key} held ${JSON.stringify(had)}, the engine had written ${JSON.stringify(ours)} and now wrote ${JSON.stringify(has)}`);
      this.engineWrote.set(key, has);
      this.writes += 1;
    }
  }

  /** Notes rows whose version changed since the last look. Called after every change, so `committedMs` is when it became visible. */
  observe(): void {
    const committedMs = this.#nowMs();
    for (const object of OBJECTS) {
      for (const row of this.#inner.table(object).values()) {
        const stampMs = Number(row['SystemModstamp'] ?? row['CreatedDate'] ?? 0);
        const key = `${object}/${String(row['Id'])}`;
        const deleted = row['IsDeleted'] === true;
        const known = this.versions.get(key);
        if (known?.stampMs !== stampMs || known.deleted !== deleted) this.versions.set(key, { stampMs, deleted, committedMs });
      }
    }
  }

  /** Some row would get an older stamp than it has: in the CRM its lock would have kept the two apart. */
  wentBack(): boolean {
    return OBJECTS.some((object) => [...this.#inner.table(object).values()].some((row) => Number(row['SystemModstamp'] ?? row['CreatedDate'] ?? 0) < (this.versions.get(`${object}/${String(row['Id'])}`)?.stampMs ?? 0)));
  }
}
