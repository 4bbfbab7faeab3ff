import { and, eq } from 'drizzle-orm';
import { parseMapping } from '../../../mapping/document/parse.ts';
import type { FieldRule } from '../../../model/mapping.ts';
import { findDocument, lastSyncedMapping } from '../../../store/runs.ts';
import { crmRows } from '../../../store/schema.ts';
import type { Store } from '../../../store/store.ts';
import { iso } from '../shapes/common.ts';

interface Sources {
  sources: { fact: string; object: string; field: string }[];
  readAt: string | null;
}

/** Which fields of the CRM the facts on a record come from, and when the record was last read. */
export async function sourcesOf(
  store: Store,
  connectionId: string,
  entity: 'partner' | 'deal',
  object: string,
  id: string,
): Promise<Sources> {
  const version = await lastSyncedMapping(store, connectionId);
  const body =
    version === null ? null : await findDocument(store, connectionId, 'mapping', version);
  const entities = body === null ? {} : (parseMapping(body).salvaged?.entities ?? {});
  const given = (entities as Record<string, unknown>)[entity];
  const rules = (Array.isArray(given) ? given : [given]) as (
    | {
        object: string;
        fields: Record<string, FieldRule>;
      }
    | undefined
  )[];
  const own = rules.find((rule) => rule?.object === object);
  const [row] = await store.db
    .select({ seenMs: crmRows.seenMs })
    .from(crmRows)
    .where(
      and(eq(crmRows.connectionId, connectionId), eq(crmRows.object, object), eq(crmRows.id, id)),
    );
  return {
    sources: Object.entries(own?.fields ?? {}).flatMap(([fact, rule]) =>
      fieldsOf(rule).map((field) => ({ fact, object, field })),
    ),
    readAt: iso(row?.seenMs),
  };
}

/** The fields that a rule reads, the first choice first. */
function fieldsOf(rule: FieldRule): string[] {
  if (typeof rule === 'string') return [rule];
  return [
    ...(rule.field === undefined ? [] : [rule.field]),
    ...(rule.coalesce ?? []).flatMap(fieldsOf),
  ];
}
