/** Activities long over move to the archive, where only queryAll finds them. Their stamps stay. */
import type { Row } from '../org-types.ts';
import type { OrgCore } from './core.ts';

const DAY_MS = 86_400_000;
/** Days after which a closed task or a past event is archived [K]. */
const ARCHIVE_AFTER_DAYS = 365;
const sweptTo = new WeakMap<OrgCore, string>();

let known = { day: NaN, text: '' };

/**
 * The first day that is not archived. Asked for with every activity that is loaded,
 * so the last answer is kept.
 */
function cutoffDay(core: OrgCore): string {
  const day = Math.floor(core.nowMs() / DAY_MS) - ARCHIVE_AFTER_DAYS;
  if (known.day !== day) known = { day, text: new Date(day * DAY_MS).toISOString().slice(0, 10) };
  return known.text;
}

/**
 * Does this activity belong in the archive as soon as it is saved? Open tasks
 * stay however old they are.
 */
export function bornArchived(core: OrgCore, day: Row[string] | undefined, open: boolean): boolean {
  return (
    core.options.archiveActivities !== false &&
    !open &&
    typeof day === 'string' &&
    day < cutoffDay(core)
  );
}

/**
 * Archives what has come of age since the last sweep; a sweep happens when the org's day changes.
 */
export function archiveActivities(core: OrgCore): void {
  if (core.options.archiveActivities === false) return;
  const cutoff = cutoffDay(core);
  const from = sweptTo.get(core);
  if (from !== undefined && from >= cutoff) return;
  for (const name of ['Task', 'Event']) {
    const object = core.must(name);
    const over = [
      ...core.storage.table(object).range('ActivityDate', { from, to: cutoff, toExclusive: true }),
    ].filter((row) => row['IsArchived'] !== true && row['IsClosed'] !== false);
    for (const row of over) core.storage.patch(object, row, { IsArchived: true });
  }
  sweptTo.set(core, cutoff);
}
