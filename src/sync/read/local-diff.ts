import { RowDiff, type EntityDiff } from '../../mapping/check/diff-rows.ts';
import { localDescribe, see, type SeenFields } from '../../mapping/check/local-describe.ts';
import { compileMapping } from '../../mapping/compile/compile.ts';
import { sourcesOf } from '../../mapping/document/sources.ts';
import type { CrmRow } from '../../model/connector.ts';
import type { EntityName } from '../../model/entities.ts';
import type { MappingDocument } from '../../model/mapping.ts';
import { localPage } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

/** What mappings make of the local copy, without a call to the CRM and without touching a row. */

const PAGE = 1000;

/** Rows of one entity that the document makes, and those that it could not. */
interface LocalCount {
  entity: EntityName;
  object: string;
  rows: number;
  mapped: number;
  refused: number;
  /** The first words of refusal. */
  refusal: string | null;
}
export interface LocalDiff {
  rows: number;
  different: number;
  entities: EntityDiff[];
  /** Under the second mapping. */
  counts: LocalCount[];
}

/** Hands over every row of these objects in the local copy, a page at a time. */
async function eachLocalPage(
  store: Store,
  connectionId: string,
  objects: string[],
  take: (rows: CrmRow[]) => void,
): Promise<void> {
  for (const object of objects) {
    for (let last = ''; ; ) {
      const page = await localPage(store, connectionId, object, last, PAGE);
      if (page.length === 0) break;
      take(page.map(({ row }) => row));
      last = page.at(-1)!.row.id;
    }
  }
}

/** Maps the local copy with both. */
export async function localDiff(
  store: Store,
  connectionId: string,
  before: MappingDocument,
  after: MappingDocument,
): Promise<LocalDiff> {
  const sources = [...sourcesOf(before), ...sourcesOf(after)];
  const objects = [...new Set(sources.map(({ source }) => source.object))].sort();
  const seen = new Map<string, SeenFields>();
  await eachLocalPage(store, connectionId, objects, (rows) => see(seen, rows));
  const describe = localDescribe(seen, [before, after]);
  const compiled = compileMapping(after, describe);
  const diff = new RowDiff(compileMapping(before, describe), compiled);
  const counts = new Map<string, LocalCount>();
  await eachLocalPage(store, connectionId, objects, (rows) => {
    diff.add(rows);
    for (const row of rows) addCounts(counts, row, compiled.mapRow(row));
  });
  return {
    ...diff.result(),
    counts: [...counts.values()].sort((a, b) => (a.entity < b.entity ? -1 : 1)),
  };
}

function addCounts(
  counts: Map<string, LocalCount>,
  { object, deleted, mergedIntoId }: CrmRow,
  { rows, rejects }: ReturnType<ReturnType<typeof compileMapping>['mapRow']>,
): void {
  if (deleted || mergedIntoId !== null) return;
  const refusals = new Map(rejects.map(({ entity, message }) => [entity, message]));
  const mapped = new Set(rows.filter((one) => !one.deleted).map(({ entity }) => entity));
  for (const entity of new Set([...rows.map((one) => one.entity), ...refusals.keys()])) {
    const key = `${entity} ${object}`;
    const own = counts.get(key) ?? {
      ...{ entity, object, rows: 0, mapped: 0, refused: 0, refusal: null },
    };
    own.rows += 1;
    if (refusals.has(entity)) {
      own.refused += 1;
      own.refusal ??= refusals.get(entity) ?? null;
    } else if (mapped.has(entity)) own.mapped += 1;
    counts.set(key, own);
  }
}
