import type { CrmRow } from '../../model/connector.ts';
import type { EntityName, MappedRow } from '../../model/entities.ts';
import type { CompiledMapping } from '../../model/mapping.ts';

/** How many rows two mappings map differently. */

export interface EntityDiff {
  entity: EntityName;
  /** Rows that are one under both, with the same values. */
  same: number;
  changed: number;
  /** Rows that become one, and that stop being one. */
  added: number;
  removed: number;
  /** Rows that only the second mapping refuses, with the first words of refusal. */
  refused: number;
  refusal: string | null;
  /** Changed rows by entity field. */
  fields: Record<string, number>;
  /** Ids of some rows that differ, in the order met. */
  examples: string[];
}

const MOST_EXAMPLES = 3;

export class RowDiff {
  readonly #before: CompiledMapping;
  readonly #after: CompiledMapping;
  readonly #found = new Map<EntityName, EntityDiff>();
  #rows = 0;
  #different = 0;

  constructor(before: CompiledMapping, after: CompiledMapping) {
    this.#before = before;
    this.#after = after;
  }

  add(rows: Iterable<CrmRow>): void {
    for (const row of rows) {
      this.#rows += 1;
      if (row.deleted || row.mergedIntoId !== null) continue;
      if (this.#addRow(row)) this.#different += 1;
    }
  }

  #addRow(row: CrmRow): boolean {
    const [before, after] = [this.#before.mapRow(row), this.#after.mapRow(row)];
    const live = (rows: MappedRow[]): Map<EntityName, MappedRow> =>
      new Map(rows.filter(({ deleted }) => !deleted).map((mapped) => [mapped.entity, mapped]));
    const [a, b] = [live(before.rows), live(after.rows)];
    const refusedBefore = new Set(before.rejects.map(({ entity }) => entity));
    const refusedAfter = new Map(
      after.rejects.toReversed().map(({ entity, message }) => [entity, message]),
    );
    let different = false;
    for (const entity of new Set([
      ...a.keys(),
      ...b.keys(),
      ...refusedBefore,
      ...refusedAfter.keys(),
    ])) {
      const refusal = refusedAfter.get(entity);
      if (refusal !== undefined && refusedBefore.has(entity)) continue;
      const changes =
        refusal === undefined
          ? this.#addEntity(entity, a.get(entity), b.get(entity))
          : this.#addRefusal(entity, refusal);
      if (!changes) continue;
      different = true;
      const own = this.#of(entity);
      if (own.examples.length < MOST_EXAMPLES) own.examples.push(row.id);
    }
    return different;
  }

  #of(entity: EntityName): EntityDiff {
    let own = this.#found.get(entity);
    if (own === undefined)
      this.#found.set(
        entity,
        (own = {
          entity,
          same: 0,
          changed: 0,
          added: 0,
          removed: 0,
          refused: 0,
          refusal: null,
          fields: {},
          examples: [],
        }),
      );
    return own;
  }

  #addRefusal(entity: EntityName, refusal: string): boolean {
    const own = this.#of(entity);
    own.refused += 1;
    own.refusal ??= refusal;
    return true;
  }

  #addEntity(entity: EntityName, a: MappedRow | undefined, b: MappedRow | undefined): boolean {
    if (a === undefined && b === undefined) return false;
    const own = this.#of(entity);
    if (a === undefined) own.added += 1;
    else if (b === undefined) own.removed += 1;
    else {
      const fields = Object.keys(b.values).filter((field) => a.values[field] !== b.values[field]);
      if (fields.length === 0) {
        own.same += 1;
        return false;
      }
      own.changed += 1;
      for (const field of fields) own.fields[field] = (own.fields[field] ?? 0) + 1;
    }
    return true;
  }

  /** Rows seen, rows with any difference, and the entities that differ, sorted by name. */
  result(): { rows: number; different: number; entities: EntityDiff[] } {
    const entities = [...this.#found.values()]
      .filter((one) => one.changed + one.added + one.removed + one.refused > 0)
      .sort((a, b) => (a.entity < b.entity ? -1 : 1));
    return { rows: this.#rows, different: this.#different, entities };
  }
}
