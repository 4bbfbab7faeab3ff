import type { CrmRow, CrmSession, ReadRequest } from '../../model/connector.ts';

/** Hands over every page of a read, in order. */
export async function eachPage(
  session: CrmSession,
  request: ReadRequest,
  take: (rows: CrmRow[]) => Promise<void>,
): Promise<void> {
  let next: string | null = null;
  do {
    const page = await session.read(request, next);
    await take(page.rows);
    next = page.next;
  } while (next !== null);
}

/**
 * A known, bounded set of records, by id; those that are gone are missing, unless `includeDeleted`
 * still shows them, and so are those that `where` leaves out.
 */
export async function readByIds(
  session: CrmSession,
  what: Pick<ReadRequest, 'object' | 'fields'> & Partial<ReadRequest>,
  ids: string[],
  includeDeleted = false,
  where: ReadRequest['where'] = [],
): Promise<Map<string, CrmRow>> {
  const found = new Map<string, CrmRow>();
  if (ids.length === 0) return found;
  await eachPage(
    session,
    { ...what, where, range: { kind: 'ids', ids }, includeDeleted },
    async (rows) => {
      for (const row of rows) found.set(row.id, row);
    },
  );
  return found;
}
