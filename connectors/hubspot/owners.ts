import * as z from 'zod';
import { anything, asSent, booleanOr, textOrNull } from '../kit/values.ts';
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
      email: anything,
      type: anything,
      firstName: anything,
      lastName: anything,
      userId: number.nullish(),
      userIdIncludingInactive: number.nullish(),
      updatedAt: anything,
      archived: anything,
    }),
  ),
  paging: z.object({ next: z.object({ after: number }).nullish() }).nullish(),
});

type Owner = z.infer<typeof answer>['results'][number];

/** `archived`: from the list of the deactivated, where an owner may not say so itself. */
function rowOf(owner: Owner, archived: boolean): ListedRow {
  const [firstName, lastName, email] = [owner.firstName, owner.lastName, owner.email].map(
    textOrNull,
  );
  const name = [firstName, lastName].filter(Boolean).join(' ') || email || owner.id;
  const gone = booleanOr(owner.archived ?? false);
  const values = {
    id: owner.id,
    userId: owner.userIdIncludingInactive ?? owner.userId ?? null,
    name,
    firstName: firstName ?? null,
    lastName: lastName ?? null,
    email: email ?? null,
    type: textOrNull(owner.type),
    active: archived ? false : typeof gone === 'string' ? gone : !gone,
  };
  return { id: owner.id, values, stampMs: instantMs(asSent(owner.updatedAt)) || 0 };
}

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
      for (const owner of page.results) rows.set(owner.id, rowOf(owner, archived));
      after = page.paging?.next?.after;
    }
  }
  return [...rows.values()];
}

/**
 * Owner id by user id, which is what property history names; empty for a token that may not see
 * owners.
 */
export async function ownersByUser(
  owners: () => Promise<ListedRow[]>,
): Promise<Map<string, string>> {
  try {
    return new Map(
      (await owners()).flatMap((row) =>
        typeof row.values['userId'] === 'string' ? [[row.values['userId'], row.id] as const] : [],
      ),
    );
  } catch (error) {
    if (isMissingScope(error)) return new Map();
    throw error;
  }
}
