import type { CrmRow, ReadPage, ReadRequest } from '../../src/model/connector.ts';
import { HeadwaterError } from '../../src/model/error.ts';
import { writeCursor } from '../kit/cursor.ts';
import type { Client } from './client.ts';
import { needObject, resolvePath, toRow } from './columns.ts';
import type { MemoryRecord } from './crm-types.ts';
import { compareCursors, cursorOf, readCursor } from './cursor.ts';
import { select } from './query.ts';

/**
 * One page of a read. Associations are a second call, as in real CRMs: when it fails, their rows
 * say "not read".
 */
export async function read(
  client: Client,
  request: ReadRequest,
  next: string | null,
  pageRows: number,
): Promise<ReadPage> {
  const { crm } = client;
  const after = readCursor(next, request);
  const page = await client.call('read', request.object, () => {
    const object = needObject(crm, request.object);
    const columns = request.fields.map((path) => resolvePath(crm, object, path));
    const found = select(crm, request)
      .map((record) => ({ record, cursor: cursorOf(request, record) }))
      .sort((a, b) => compareCursors(a.cursor, b.cursor));
    const rest =
      after === null ? found : found.filter(({ cursor }) => compareCursors(cursor, after) > 0);
    const shown = rest.slice(0, Math.min(pageRows, crm.pageMax)).map(({ record }) => record);
    const last = shown.at(-1);
    return {
      object,
      columns,
      records: shown,
      totalRows: found.length,
      next:
        last === undefined || rest.length === shown.length
          ? null
          : writeCursor(cursorOf(request, last)),
    };
  });
  const links = await readLinks(client, request, page.records);
  return {
    rows: page.records.map((record) =>
      toRow(page.object, page.columns, record, request, links(record)),
    ),
    next: page.next,
    transport: 'memory',
    totalRows: page.totalRows,
  };
}

/**
 * Links of each record by requested type; null where the read of that type failed, because unknown
 * is never none.
 */
async function readLinks(
  client: Client,
  request: ReadRequest,
  records: MemoryRecord[],
): Promise<(record: MemoryRecord) => CrmRow['links']> {
  const types = request.associations;
  if (types === undefined) return () => undefined;
  const failed = new Set<string>();
  for (const type of types) {
    if (records.length > 0)
      await client
        .call('links', request.object, () => null)
        .catch((error: unknown) => {
          if (isPassing(error)) failed.add(type);
          else throw error;
        });
  }
  return (record) =>
    Object.fromEntries(
      types.map((type) => [
        type,
        failed.has(type)
          ? null
          : (record.links[type] ?? []).map((link) => ({ ...link, labels: [...link.labels] })),
      ]),
    );
}

/**
 * A call that may succeed a moment later is left to the next read of the row; a sign-out or a
 * used-up budget stops the run.
 */
const isPassing = (error: unknown): boolean =>
  error instanceof HeadwaterError && error.kind === 'transient';
