import type { ReadRequest } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { needObject, planWhere } from './columns.ts';
import type { Describer } from './describe.ts';
import { chunkIds, idCondition } from './id-chunks.ts';
import { query } from './query.ts';
import { soqlStatement } from './soql.ts';

/** Rows that a read of the same range and filter would give, by the CRM's own COUNT(). */
export async function count(
  client: Client,
  describer: Describer,
  request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
): Promise<number> {
  const object = await needObject(describer, request.object);
  const where = await planWhere(describer, object, request.where, request.range);
  if (request.range.kind !== 'ids')
    return await countWhere(client, object.name, where, request.includeDeleted);
  let total = 0;
  for (const chunk of chunkIds(request.range.ids))
    total += await countWhere(
      client,
      object.name,
      [...where, idCondition(chunk)],
      request.includeDeleted,
    );
  return total;
}

export async function countWhere(
  client: Client,
  object: string,
  where: string[],
  all: boolean,
): Promise<number> {
  const statement = soqlStatement({ select: 'COUNT()', from: object, where });
  return (await query(client, statement, { all, what: `counting ${object}` })).totalSize;
}
