import { and, eq } from 'drizzle-orm';
import * as z from 'zod';
import { parseOnce } from '../../../mapping/document/parse-once.ts';
import type { FieldRule } from '../../../model/mapping.ts';
import { findDocument, lastSyncedMapping } from '../../../store/runs.ts';
import { crmRows } from '../../../store/schema.ts';
import type { Store } from '../../../store/store.ts';
import { iso, time } from '../shapes/common.ts';

interface Source {
  fact: string;
  object: string;
  field: string;
}
interface Sources {
  sources: Source[];
  writes: Source[];
  readAt: string | null;
}

const source = z.array(z.object({ fact: z.string(), object: z.string(), field: z.string() }));
/** The same, as routes that show a record answer it. */
export const factSources = {
  sources: source.describe('The CRM fields that the facts on the record come from'),
  writes: source.describe('The CRM fields that results are written to, by output'),
  readAt: time.describe('When the record was last read from the CRM'),
};

/**
 * Which fields of the CRM the facts on a record come from and its results go to, and when the
 * record was last read.
 */
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
  const mapping = body === null ? null : (parseOnce(body).salvaged ?? null);
  const given = (mapping?.entities as Record<string, unknown> | undefined)?.[entity];
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
    writes: (mapping?.write ?? [])
      .filter((one) => one.object === object)
      .flatMap(({ fields }) =>
        Object.entries(fields).map(([field, { value }]) => ({ fact: value, object, field })),
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
