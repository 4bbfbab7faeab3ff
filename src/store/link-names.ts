import { sql, type SQL } from 'drizzle-orm';
import { HeadwaterError } from '../model/error.ts';
import { partners, redirects, registrations } from './schema.ts';

/**
 * The connection's id as a literal: it stands in these statements some thirty times, and D1 binds a
 * hundred values at most. Ids have letters, digits and dashes only
 * (`model/connection.ts`), which is checked again here, where it matters.
 */
export function literal(connectionId: string): SQL {
  if (!/^[a-z0-9-]+(~what-if)?$/.test(connectionId))
    throw new HeadwaterError(
      'bug',
      'a connection id with characters that no connection document may have',
    );
  return sql.raw(`'${connectionId}'`);
}

/**
 * The record itself, or what it was merged into: what names a loser is not always touched by the
 * merge. The few losers are listed once in a statement, so that most ids are looked up nowhere.
 */
export const survivorOf = (own: SQL, id: SQL): SQL =>
  sql`case when ${id} in (select ${redirects.fromId} from ${redirects} where ${redirects.connectionId} = ${own}) then (select ${redirects.toId} from ${redirects} where ${redirects.connectionId} = ${own} and ${redirects.fromId} = ${id} limit 1) else ${id} end`;

/**
 * How a deal names its partner: an id of a partner account, its loser's after a merge, else null.
 */
export const livePartner = (own: SQL, id: SQL): SQL =>
  sql`case when ${id} is not null then (select coalesce(account_id, id) from ${partners} where ${partners.connectionId} = ${own} and coalesce(account_id, id) = ${survivorOf(own, id)} and ${partners.deleted} = 0 limit 1) end`;

/** A registration that was turned down or ran out makes nobody's deal. */
export const counting = sql`coalesce(${registrations.status}, '') not in ('rejected', 'expired')`;
