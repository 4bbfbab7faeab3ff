import type { FieldRoom } from '../kit/fields.ts';
import type { Client } from './client.ts';
import { isMissingPermission, isNotFound } from './errors.ts';
import { durableId } from './hidden-fields.ts';
import { query } from './query.ts';
import { soqlStatement, soqlString } from './soql.ts';

export const ROOM_CURE =
  'Delete custom fields that nobody uses and erase them for good (Setup > Object Manager > the object > Fields > Deleted Fields: until then they count), or write fewer outputs in the mapping.';

/**
 * How many custom fields an object may have: by edition, and 900 at most. Source: EntityLimit of
 * the Tooling API (api_tooling/tooling_api_objects_entitylimit.htm). null = the org does not say.
 */
export async function fieldRoom(client: Client, object: string): Promise<FieldRoom | null> {
  try {
    const owner = object.endsWith('__c') ? await durableId(client, object) : object;
    const statement = soqlStatement({
      select: ['Max', 'Remaining'],
      from: 'EntityLimit',
      where: [`EntityDefinitionId = ${soqlString(owner)}`, "Type = 'CustomFields'"],
    });
    const { records } = await query(client, statement, {
      tooling: true,
      what: `looking up how many fields ${object} takes`,
    });
    const [most, left] = [Number(records[0]?.['Max']), Number(records[0]?.['Remaining'])];
    return Number.isFinite(most) && Number.isFinite(left) ? { most, left } : null;
  } catch (error) {
    // Without Tooling rights the create itself tells.
    if (isNotFound(error) || isMissingPermission(error)) return null;
    throw error;
  }
}
