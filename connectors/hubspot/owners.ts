import { z } from 'zod';
import type { Client } from './client.ts';
import { isMissingScope } from './errors.ts';
import { instantMs } from './values.ts';
import type { ListedRow } from './virtual.ts';

const OWNER_PAGE = 500;

const number = z.union([z.string(), z.number()]).transform(String);
const answer = z.object({
  results: z.array(
    z.object({
      id: number,
      email: z.string().nullish(),
      type: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      userId: number.nullish(),
      userIdIncludingInactive: number.nullish(),
      updatedAt: z.string().nullish(),
      archived: z.boolean().nullish(),
    }),
  ),
  paging: z.object({ next: z.object({ after: number }).nullish() }).nullish(),
});

/**
 * All owners, the deactivated ones too, which HubSpot lists apart. An owner's `id` is what records
 * hold; it need not be the user's.
 */
export async function readOwners(client: Client): Promise<ListedRow[]> {
  const rows = new Map<string, ListedRow>();
  for (const archived of [true, false]) {
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const from = after;
      const page = await client.json(
        {
          build: () => client.requests.owners.getPage(undefined, from, OWNER_PAGE, archived),
          effect: 'read',
          what: 'listing owners',
        },
        answer,
      );
      for (const owner of page.results) {
        const name =
          [owner.firstName, owner.lastName].filter(Boolean).join(' ') || owner.email || owner.id;
        const values = {
          id: owner.id,
          userId: owner.userIdIncludingInactive ?? owner.userId ?? null,
          name,
          firstName: owner.firstName || null,
          lastName: owner.lastName || null,
          email: owner.email || null,
          type: owner.type ?? null,
          active: !archived && owner.archived !== true,
        };
        rows.set(owner.id, {
          id: owner.id,
          values,
          stampMs: instantMs(owner.updatedAt ?? '') || 0,
        });
      }
      after = page.paging?.next?.after;
    }
  }
  return [...rows.values()];
}

/**
 * Owner id by user id, which is what property history names; empty for a token that may not see
 * owners.
 */
export async function ownersByUser(client: Client): Promise<Map<string, string>> {
  try {
    return new Map(
      (await readOwners(client)).flatMap((row) =>
        typeof row.values['userId'] === 'string' ? [[row.values['userId'], row.id] as const] : [],
      ),
    );
  } catch (error) {
    if (isMissingScope(error)) return new Map();
    throw error;
  }
}
