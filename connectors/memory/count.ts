import type { ReadRequest } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { select } from './query.ts';

/** Rows that a read of the same range and filter would give, counted by the CRM itself. */
export const count = async (
  client: Client,
  request: Pick<ReadRequest, 'object' | 'where' | 'range' | 'includeDeleted'>,
): Promise<number> =>
  await client.call('count', request.object, () => select(client.crm, request).length);
