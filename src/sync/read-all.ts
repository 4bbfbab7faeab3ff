import type { CrmRow, CrmSession, ReadRequest } from '../model/connector.ts';

/** Hands over every page of a read, in order. */
export async function eachPage(session: CrmSession, request: ReadRequest, take: (rows: CrmRow[]) => Promise<void>): Promise<void> {
  let next: string | null = null;
  do {
    const page = await session.read(request, next);
    await take(page.rows);
    next = page.next;
  } while (next !== null);
}

/** Fields of a known, bounded set of records, by id. */
export async function readByIds(session: CrmSession, object: string, fields: string[], ids: string[]): Promise<Map<string, CrmRow>> {
  const found = new Map<string, CrmRow>();
  if (ids.length === 0) return found;
  await eachPage(session, { object, fields, where: [], range: { kind: 'ids', ids }, includeDeleted: false }, async (rows) => { for (const row of rows) found.set(row.id, row); });
  return found;
}
