import type { CrmObject, CrmRow, CrmSession } from '../../model/connector.ts';
import { localPage } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { readByIds } from './read-all.ts';
import { recentRows } from './sample-org.ts';

/** Records that tell what is in a field; one call or two. */
const SAMPLED = 100;
const SHOWN_VALUES = 3;
const SHOWN_CHARS = 60;

export interface FieldSample {
  /** Share of the sampled records in which it is filled; null = nothing was sampled. */
  filled: number | null;
  /** Some of its values, each once. */
  values: string[];
}

/** What stands in the fields of an object, from some of its records as the CRM has them now. */
export async function sampleFields(
  store: Store,
  connectionId: string,
  session: CrmSession,
  { name, fields }: CrmObject,
): Promise<{ rows: number; of: Map<string, FieldSample> }> {
  // A compound field or a file has no single value that could be shown.
  const single = fields.filter(({ type }) => type !== 'other');
  const request = {
    ...{ object: name, fields: single.map((field) => field.name), where: [] },
    includeDeleted: false,
  };
  const local = await localPage(store, connectionId, name, '', SAMPLED);
  const rows =
    local.length > 0
      ? [
          ...(
            await readByIds(
              session,
              request,
              local.map(({ row }) => row.id),
            )
          ).values(),
        ]
      : (await recentRows(session, request)).slice(0, SAMPLED);
  return {
    rows: rows.length,
    of: new Map(fields.map((one) => [one.name, sampleOf(rows, one.name)])),
  };
}

function sampleOf(rows: CrmRow[], field: string): FieldSample {
  const filled = rows.flatMap((row) => {
    const value = row.fields[field];
    return value == null || value === '' ? [] : [String(value).slice(0, SHOWN_CHARS)];
  });
  return {
    filled: rows.length === 0 ? null : filled.length / rows.length,
    values: [...new Set(filled)].slice(0, SHOWN_VALUES),
  };
}
