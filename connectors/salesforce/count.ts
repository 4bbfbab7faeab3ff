import type { ReadRequest } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { needObject, planWhere } from './columns.ts';
import type { Describer } from './describe.ts';
import { chunkIds, idCondition } from './id-chunks.ts';
import { fitsUrl, query, smallQuery } from './query.ts';
import { soqlStatement } from './soql.ts';
import type { Together } from './together.ts';

interface Counter {
  client: Client;
  together: Together;
  describer: Describer;
}

/** Rows that a read of the same range and filter would give, by the CRM's own COUNT(). */
export async function count(
  counter: Counter,
  request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
): Promise<number> {
  const { describer } = counter;
  const object = await needObject(describer, request.object);
  const where = await planWhere(describer, object, request.where, request.range);
  const conditions =
    request.range.kind === 'ids'
      ? chunkIds(request.range.ids).map((chunk) => [...where, idCondition(chunk)])
      : [where];
  let total = 0;
  for (const each of conditions)
    total += await countOf(counter, object.name, each, request.includeDeleted);
  return total;
}

/** Along with other small reads, where the statement fits into an address. */
async function countOf(
  { client, together }: Counter,
  object: string,
  where: string[],
  all: boolean,
): Promise<number> {
  const statement = soqlStatement({ select: 'COUNT()', from: object, where });
  return fitsUrl(statement)
    ? (await smallQuery(together, statement, { all, what: `counting ${object}` })).totalSize
    : await countWhere(client, object, where, all);
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
