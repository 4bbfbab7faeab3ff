/** Activities long over move to the archive, where only queryAll finds them. */
import type { OrgCore } from './core.ts';

const DAY_MS = 86_400_000;
/** Days after which a closed task or a past event is archived [K]. */
const ARCHIVE_AFTER_DAYS = 365;
const swept = new WeakMap<OrgCore, Map<string, string>>();

/** Runs at most once a day of the org's own time for each object; rows whose stamps it leaves alone. */
export function archiveActivities(core: OrgCore): void {
  if (core.options.archiveActivities === false) return;
  const cutoff = new Date(core.nowMs() - ARCHIVE_AFTER_DAYS * DAY_MS).toISOString().slice(0, 10);
  for (const name of ['Task', 'Event']) {
    const object = core.must(name);
    const state = `${cutoff}/${core.storage.version(name)}`;
    const known = swept.get(core) ?? new Map<string, string>();
    swept.set(core, known);
    if (known.get(name) === state) continue;
    const over = [...core.storage.table(object).range('ActivityDate', { to: cutoff, toExclusive: true })].filter((row) => row['IsArchived'] !== true && row['IsClosed'] !== false);
    for (const row of over) core.storage.patch(object, row, { IsArchived: true });
    known.set(name, `${cutoff}/${core.storage.version(name)}`);
  }
}
