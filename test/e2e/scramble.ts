import { gt, sql } from 'drizzle-orm';
import { dealEvents } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';

/**
 * Puts other values, or nothing, in the place of all that the database recorded after a moment:
 * histories go elsewhere, half of what was done was never done, new deals never came. Throws where
 * nothing was recorded later, since then it would test nothing.
 */
export async function scramble(store: Store, atMs: number): Promise<void> {
  const later = await store.db.$count(dealEvents, gt(dealEvents.at, atMs));
  if (later === 0) throw new Error('nothing was recorded later that could be put elsewhere');
  const moved = sql`exists (select 1 from deal_events e where e.connection_id = deals.connection_id and e.deal_id = deals.id and e.at > ${atMs})`;
  const other = sql`(select key from stages order by (stages.rowid * 7919 + deals.rowid * 31) % 97 limit 1)`;
  for (const text of [
    sql`update deals set stage = ${other}, amount = 1 + rowid * 7919 % 900000, close_date = '2031-01-01', closed_at = null, closed = 0, won = 0 where ${moved}`,
    sql`update deal_events set amount = 1 + rowid * 104729 % 900000, close_date = '2031-02-03', by_id = null, stage = (select stage from deals where deals.id = deal_events.deal_id and deals.connection_id = deal_events.connection_id) where at > ${atMs}`,
    sql`delete from activities where at > ${atMs} and rowid % 2 = 0`,
    sql`update activities set kind = 'meeting', duration_minutes = 600 where at > ${atMs}`,
    sql`delete from quotes where at > ${atMs}`,
    sql`delete from tasks where created_at > ${atMs}`,
    sql`delete from registrations where submitted_at > ${atMs} and created_at > ${atMs}`,
    sql`delete from signals where at > ${atMs}`,
    sql`delete from deals where created_at > ${atMs}`,
  ])
    await store.db.run(text);
}
