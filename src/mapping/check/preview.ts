import type { CrmRow, CrmValue } from '../../model/connector.ts';
import type { EntityName, EntityValue } from '../../model/entities.ts';
import type { CompiledMapping } from '../../model/mapping.ts';

/** A real record before and after the mapping, for people. */
export interface PreviewResult {
  entity: EntityName;
  outcome: 'mapped' | 'left out' | 'deleted' | 'refused';
  values: Record<string, EntityValue>;
  /** Why it was refused, one line a field. */
  reasons: string[];
}
export interface PreviewRow {
  object: string;
  id: string;
  before: Record<string, CrmValue>;
  after: PreviewResult[];
}

function results(compiled: CompiledMapping, row: CrmRow): PreviewResult[] {
  const { rows, rejects } = compiled.mapRow(row);
  const gone = row.deleted || row.mergedIntoId !== null;
  const mapped = rows.map(
    ({ entity, deleted, values }): PreviewResult => ({
      entity,
      outcome: gone ? 'deleted' : deleted ? 'left out' : 'mapped',
      values: deleted ? {} : values,
      reasons: [],
    }),
  );
  const refused = Map.groupBy(rejects, ({ entity }) => entity);
  return [
    ...mapped,
    ...[...refused].map(
      ([entity, own]): PreviewResult => ({
        entity,
        outcome: 'refused',
        values: {},
        reasons: own.map(({ message }) => message),
      }),
    ),
  ];
}

/**
 * Before and after of each row, in the order given; instants in `after` are epoch ms as in the
 * model.
 */
export const previewRows = (compiled: CompiledMapping, rows: CrmRow[]): PreviewRow[] =>
  rows.map((row) => ({
    object: row.object,
    id: row.id,
    before: { ...row.fields, ...row.spelt },
    after: results(compiled, row),
  }));
