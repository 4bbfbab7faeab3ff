import type { DeletedPage } from '../../src/model/connector.ts';
import type { Client } from './client.ts';
import { needRecords } from './columns.ts';
import type { Describer } from './describe.ts';
import { recordId } from './ids.ts';
import { list } from './records.ts';
import { instantMs } from './values.ts';

/** HubSpot keeps archived records this long; what is older has left no trace. */
const ARCHIVE_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Records archived in [fromMs, untilMs), by a full pass through the archive (100 a call; HubSpot cannot filter it by time). null = the window begins before the archive does.
 * HubSpot keeps no log of deletions: records that were purged (privacy requests) are in no list, and merged-away ones are told by their winners.
 */
export async function deleted(client: Client, describer: Describer, object: string, fromMs: number, untilMs: number): Promise<DeletedPage | null> {
  const { type } = await needRecords(describer, object);
  const ids: DeletedPage['ids'] = [];
  for (let after: string | null = null, first = true; first || after !== null; first = false) {
    const page = await list(client, type, { properties: ['hs_object_id'], after, archived: true });
    for (const record of page.records) {
      const deletedAtMs = instantMs(record.archivedAt ?? '');
      if (deletedAtMs >= fromMs && deletedAtMs < untilMs) ids.push({ id: recordId(type.typeId, record.id), deletedAtMs });
    }
    after = page.after;
  }
  const serverMs = client.transport.readings.serverMs ?? client.deps.nowMs();
  return fromMs < serverMs - ARCHIVE_DAYS * DAY_MS ? null : { ids, coveredUntilMs: Math.min(untilMs, serverMs) };
}
