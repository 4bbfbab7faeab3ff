import type { IntentCount } from '../store/intents.ts';
import type { SyncSummary } from '../sync/run/flow.ts';
import { HELD } from '../writeback/diff.ts';
import { plural, printable } from './format.ts';

const REASON_LENGTH = 160;

/** What an admin can do about a value that was held back. */
const CURES: Record<string, string> = {
  [HELD.unread]:
    '`headwater field plan` shows whether it is missing or hidden, `headwater field deploy` creates it or gives access',
  [HELD.size]:
    '`headwater field plan` shows the size that is needed; widen the field in the CRM, or write to another one',
  [HELD.putBack]:
    'find the flow, workflow or integration that sets the field, or write the result to a field of its own',
  [HELD.human]: 'with `owner: headwater` under `write:` in the mapping Headwater has the last word',
  [HELD.foreign]:
    'empty the field in the CRM, write to another one, or set `owner: headwater` under `write:` in the mapping',
};

/** The cure as the end of a sentence; empty where the reason says it itself. */
export const cureOf = (reason: string): string =>
  CURES[reason] === undefined ? '' : `: ${CURES[reason]}`;

/**
 * What a run that went well should still tell an admin: results that are empty, and writes that
 * were held, each with its reason.
 */
export function notices(summary: SyncSummary, counted: IntentCount[]): string[] {
  // Only a field that could not be read is a matter of fields; whatever else holds a write has a
  // cure of its own, and `field deploy` would change nothing about it.
  const unread = new Set(
    counted
      .filter(({ state, reason }) => state === 'held' && reason === HELD.unread)
      .map(({ object }) => object),
  );
  const heldOtherwise = new Set(
    counted
      .filter(({ state, reason }) => state === 'held' && reason !== HELD.unread)
      .map(({ object }) => object),
  );
  const untouched = summary.plan
    .filter((plan) => plan.fieldsHeld > 0 && plan.fieldsChanged + plan.fieldsUnchanged === 0)
    .map((plan) => plan.object)
    .filter((object) => unread.has(object) && !heldOtherwise.has(object));
  return [
    ...(summary.partners === 0
      ? [
          'no record is a partner by this mapping, so no partner is scored: check `entities.partner` and its `where`; `headwater mapping preview` shows what becomes of real records',
        ]
      : []),
    ...counted
      .filter((count) => count.state === 'held')
      .map(
        (count) =>
          `${plural(count.fields, 'field')} of ${plural(count.records, `${count.object} record`)} held: ${printable(count.reason ?? 'no reason given', REASON_LENGTH)}${cureOf(count.reason ?? '')}`,
      ),
    ...(untouched.length > 0
      ? [
          `nothing can be written to ${[...new Set(untouched)].join(' and ')}: \`headwater field plan\` shows what is missing, \`headwater field deploy\` creates and grants it`,
        ]
      : []),
  ];
}
