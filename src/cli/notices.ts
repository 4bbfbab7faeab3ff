import type { IntentCount } from '../store/intents.ts';
import type { SyncSummary } from '../sync/flow.ts';
import { plural, printable } from './format.ts';

const REASON_LENGTH = 160;

/** What a run that went well should still tell an admin: results that are empty, and writes that were held, each with its reason. */
export function notices(summary: SyncSummary, counted: IntentCount[]): string[] {
  return [
    ...(summary.partners === 0 ? ['no record is a partner by this mapping, so no partner is scored: check `entities.partner` and its `where`; `headwater mapping preview` shows what becomes of real records'] : []),
    ...counted.filter((count) => count.state === 'held').map((count) => `${plural(count.fields, 'field')} of ${plural(count.records, `${count.object} record`)} held: ${printable(count.reason ?? 'no reason given', REASON_LENGTH)}`),
  ];
}
