import type { ReadRequest } from '../../src/model/connector.ts';
import { termHolds } from '../../src/model/filter.ts';
import type { Client } from './client.ts';
import { needObject, resolvePath } from './columns.ts';
import type { MemoryCrm } from './crm.ts';
import type { MemoryRecord } from './crm-types.ts';

/** Records that a request means, in no order. */
export function select(
  crm: MemoryCrm,
  request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
): MemoryRecord[] {
  const object = needObject(crm, request.object);
  const terms = request.where.map((term) => ({
    term,
    column: resolvePath(crm, object, term.field),
  }));
  const { range } = request;
  const ids = range.kind === 'ids' ? new Set(range.ids) : null;
  return [...object.records.values()].filter(
    (record) =>
      (request.includeDeleted || !record.binned) &&
      (ids === null || ids.has(record.id)) &&
      (range.kind !== 'changed' ||
        (record.stampMs >= range.fromMs && record.stampMs < range.untilMs)) &&
      terms.every(({ term, column }) => termHolds(term, column.valueOf(record), column)),
  );
}

/** Rows that a read of the same range and filter would give, counted by the CRM itself. */
export const count = async (
  client: Client,
  request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
): Promise<number> =>
  await client.call('count', request.object, () => select(client.crm, request).length);
