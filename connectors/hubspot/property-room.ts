import * as z from 'zod';
import type { FieldRoom } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { needRecords } from './columns.ts';
import type { Describer } from './describe.ts';
import { isRefused } from './errors.ts';
import { plainGet } from './requests.ts';

/**
 * How many custom properties an object may have: ten in a free account, a thousand in a paid one.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/limits-tracking/get-custom-properties
 */
const limits = z.object({
  byObjectType: z.array(
    z.object({ objectTypeId: z.string(), limit: z.number(), usage: z.number() }),
  ),
});

export const ROOM_CURE =
  'Archive custom properties that nobody uses (Settings > Properties), let the account have more, or write fewer outputs in the mapping.';

/** null = the portal does not say: an older version of the API, or a token without the scope. */
export async function propertyRoom(
  at: { client: Client; describer: Describer },
  object: string,
): Promise<FieldRoom | null> {
  const { type } = await needRecords(at.describer, object);
  try {
    const { byObjectType } = await at.client.json(
      {
        build: plainGet('/crm/v3/limits/custom-properties'),
        effect: 'read',
        what: 'reading property limits',
      },
      limits,
    );
    const found = byObjectType.find(({ objectTypeId }) => objectTypeId === type.typeId);
    return found === undefined ? null : { most: found.limit, left: found.limit - found.usage };
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}
