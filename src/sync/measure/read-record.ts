import type { StatementSource, TrackRecord } from '../../model/record.ts';
import { namesOfPartners } from '../../store/partner-names.ts';
import { pastForecasts } from '../../store/past-forecasts.ts';
import { countStatements } from '../../store/statements.ts';
import type { Store } from '../../store/store.ts';
import { readTrackRecord } from '../../store/track-record.ts';

/** The record with what has been said since it was counted; null = nothing was ever said. */
export async function currentRecord(
  store: Store,
  connectionId: string,
  source: StatementSource,
  nowMs: number,
): Promise<TrackRecord | null> {
  const counts = await countStatements(store, connectionId, source, nowMs);
  const known = await readTrackRecord(store, connectionId, source);
  if (counts.statements === 0) return null;
  const { statements, sinceMs, nextDueMs } = counts;
  const record: Omit<TrackRecord, keyof typeof counts> & Pick<TrackRecord, 'ended' | 'untold'> =
    known?.record ?? { source, ended: 0, untold: 0, chances: [], amounts: [] };
  const ids = (record.partners ?? []).map((one) => one.partnerId);
  const names = await namesOfPartners(store, connectionId, ids);
  return {
    ...record,
    partners: (record.partners ?? []).map((one) => ({
      ...one,
      name: names.get(one.partnerId) ?? one.partnerId,
    })),
    past: await pastForecasts(store, connectionId, source),
    ...{ statements, sinceMs, nextDueMs },
  };
}
