export interface Version {
  stampMs: number;
  deleted: boolean;
  committedMs: number;
}

const same = (a: Value, b: Value): boolean => (a === '' ? null : a) === (b === '' ? null : b);

/**
 * Looks on from inside the CRM: when every row's present version became visible, and what the
 * engine's writes did to each field.
 */
export class Watch {
  /** `object/id` -> the version that a reader sees. */
  readonly versions = new Map<string, Version>();
  /** What the engine itself last put into a field, by `object/id/field`. */
  readonly engineWrote = new Map<string, Value>();
  readonly violations: string[] = [];
  writes = 0;
  readonly #written: Readonly<Record<string, WrittenField[]>>;

  constructor(written: Readonly<Record<string, WrittenField[]>>) {
    this.#written = written;
  }

  /**
   * The engine wrote these fields of a record, and the CRM took them. `shown`: readers could
   * see what stood there before.
   */
  judge(
    object: string,
    id: string,
    names: string[],
    before: Record<string, Value>,
    after: Record<string, Value>,
    shown = true,
  ): void {
    for (const name of names) {
      const written = this.#written[object]?.find(({ field }) => field === name);
      if (written === undefined) {
        this.violations.push(`wrote ${object}.${name}, which is not ours to write`);
        continue;
      }
      const key = `${object}/${id}/${name}`;
      const [had, has, ours] = [
        before[name] ?? null,
        after[name] ?? null,
        this.engineWrote.get(key) ?? null,
      ];
      // Nobody can know what others did while no search shows it; what the
      // engine did itself it knows.
      if (same(had, has) && (shown || same(ours, has)))
        this.violations.push(
          `duplicate effect: ${key} was ${JSON.stringify(had)} already when it was written`,
        );
      if (written.shared && !same(had, ours))
        this.violations.push(
          `a human's value lost: ${key} held ${JSON.stringify(had)}, the engine had written ${JSON.stringify(ours)} and now wrote ${JSON.stringify(has)}`,
        );
      this.engineWrote.set(key, has);
      this.writes += 1;
    }
  }

  /**
   * A row as it is visible at `nowMs`. Told of after every change, so that `committedMs` is when it
   * became visible; Infinity = later than anybody waits.
   */
  see(key: string, stampMs: number, deleted: boolean, nowMs: number): void {
    const known = this.versions.get(key);
    if (known?.stampMs !== stampMs || known.deleted !== deleted)
      this.versions.set(key, { stampMs, deleted, committedMs: nowMs });
  }
}

export type Value = string | number | boolean | null;

/** A field that the engine writes; a human's value in a shared one stays. */
export interface WrittenField {
  field: string;
  output: string;
  shared: boolean;
  numeric: boolean;
}
