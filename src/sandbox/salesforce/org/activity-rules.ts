/**
 * Tasks and events: closed or open from the status, the account behind what they are about,
 * durations, and the last activity of what they touch.
 */
import { TASK_STATUS } from '../metadata/picklists.ts';
import type { Cell, Row, SalesforceFault } from '../org-types.ts';
import { isoDay } from '../soql/calendar.ts';
import { bornArchived } from './archive.ts';
import type { OrgCore } from './core.ts';
import { fault, required } from './faults.ts';
import { relate } from './relation-rules.ts';
import { changes, valueOf, writeQuietly } from './saving.ts';
import type { ObjectRules, Saving } from './saving.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Longest event [K]. */
const MAX_EVENT_MINUTES = 14 * 24 * 60;
const CLOSED = new Set<string>(TASK_STATUS.filter(([, closed]) => closed).map(([name]) => name));
const isoDate = (ms: number): string => isoDay(Math.floor(ms / DAY_MS));

/** The account of the record an activity is about, else of the person it is with. */
function accountOf(core: OrgCore, whatId: Cell, whoId: Cell): Cell {
  const what = typeof whatId === 'string' ? core.find(whatId) : undefined;
  if (what?.object.name === 'Account') return whatId;
  const viaWhat = what?.row['AccountId'];
  if (typeof viaWhat === 'string') return viaWhat;
  const who = typeof whoId === 'string' ? core.find(whoId) : undefined;
  return who?.row['AccountId'] ?? null;
}

function followLinks(saving: Saving): SalesforceFault[] {
  if (
    saving.changes['WhatId'] === undefined &&
    saving.changes['WhoId'] === undefined &&
    saving.previous
  )
    return [];
  const what = valueOf(saving, 'WhatId');
  const who = valueOf(saving, 'WhoId');
  saving.changes['AccountId'] = accountOf(saving.core, what, who);
  if (
    !saving.seeding &&
    typeof who === 'string' &&
    typeof what === 'string' &&
    saving.core.schema.ofId(who)?.name === 'Lead'
  ) {
    return [
      fault(
        'FIELD_INTEGRITY_EXCEPTION',
        'Related To ID: You cannot relate a lead to another record',
        ['WhatId'],
      ),
    ];
  }
  return [];
}

function beforeTask(saving: Saving): SalesforceFault[] {
  const set = saving.changes;
  if (set['Status'] !== undefined) {
    const closed = CLOSED.has(String(set['Status']));
    if (closed && saving.previous?.['IsClosed'] !== true && set['CompletedDateTime'] === undefined)
      set['CompletedDateTime'] = saving.atMs;
    if (!closed) set['CompletedDateTime'] = null;
    set['IsClosed'] = closed;
  }
  if (set['Status'] !== undefined || set['ActivityDate'] !== undefined)
    set['IsArchived'] = bornArchived(
      saving.core,
      valueOf(saving, 'ActivityDate'),
      valueOf(saving, 'IsClosed') !== true,
    );
  if (set['Priority'] !== undefined) set['IsHighPriority'] = set['Priority'] === 'High';
  return followLinks(saving);
}

/** Start, duration and end of an event, whichever two were given. */
function times(saving: Saving): SalesforceFault[] {
  const set = saving.changes;
  const startMs =
    set['StartDateTime'] ??
    set['ActivityDateTime'] ??
    (typeof set['ActivityDate'] === 'string' && valueOf(saving, 'IsAllDayEvent') === true
      ? Date.parse(set['ActivityDate'])
      : undefined) ??
    valueOf(saving, 'StartDateTime');
  if (typeof startMs !== 'number') return [required(['ActivityDateTime'])];
  const endMs = set['EndDateTime'];
  const minutes =
    typeof endMs === 'number'
      ? Math.round((endMs - startMs) / MINUTE_MS)
      : (set['DurationInMinutes'] ??
        valueOf(saving, 'DurationInMinutes') ??
        (valueOf(saving, 'IsAllDayEvent') === true ? DAY_MS / MINUTE_MS : null));
  if (typeof minutes !== 'number') return [required(['DurationInMinutes'])];
  if (minutes < 0 || minutes > MAX_EVENT_MINUTES)
    return [
      fault(
        'FIELD_INTEGRITY_EXCEPTION',
        'Duration: Event duration must be between 0 minutes and 14 days',
        ['DurationInMinutes'],
      ),
    ];
  const lastMs = startMs + minutes * MINUTE_MS;
  Object.assign(set, {
    StartDateTime: startMs,
    ActivityDateTime: startMs,
    ActivityDate: isoDate(startMs),
    DurationInMinutes: minutes,
    EndDateTime: lastMs,
    EndDate: isoDate(lastMs),
  });
  return [];
}

function beforeEvent(saving: Saving): SalesforceFault[] {
  const timed = [
    'StartDateTime',
    'ActivityDateTime',
    'ActivityDate',
    'EndDateTime',
    'DurationInMinutes',
    'IsAllDayEvent',
  ].some((name) => changes(saving, name));
  if (saving.previous === null) saving.changes['EventSubtype'] ??= 'Event';
  const faults = timed || saving.previous === null ? times(saving) : [];
  if (saving.previous?.['IsChild'] === true && !saving.seeding && timed)
    faults.push(
      fault(
        'INSUFFICIENT_ACCESS_OR_READONLY',
        "You cannot change the time of an invitee's copy of an event",
      ),
    );
  if (timed)
    saving.changes['IsArchived'] = bornArchived(
      saving.core,
      valueOf(saving, 'ActivityDate'),
      false,
    );
  return [...faults, ...followLinks(saving)];
}

/** Done tasks and all events count as activity on their day. */
function countsOn(row: Row): string | null {
  const day = row['ActivityDate'];
  return typeof day === 'string' &&
    (row['IsClosed'] !== false || row['StartDateTime'] !== undefined) &&
    row['IsDeleted'] !== true
    ? day
    : null;
}

/** Last activity moves no stamp: clients that trust stamps alone never hear of it. */
function raise(core: OrgCore, id: Cell, day: string): void {
  const found = typeof id === 'string' ? core.find(id) : undefined;
  if (!found || found.row['LastActivityDate'] === undefined) return;
  const before = found.row['LastActivityDate'];
  if (typeof before !== 'string' || before < day)
    writeQuietly(core, found.object.name, found.row, { LastActivityDate: day });
}

function after(saving: Saving, row: Row): void {
  const day = countsOn(row);
  if (day !== null)
    for (const name of ['WhatId', 'WhoId', 'AccountId']) raise(saving.core, row[name] ?? null, day);
}

/** When an activity goes, the last one of its record is looked up again. */
function removed(core: OrgCore, row: Row): void {
  for (const [link, name] of [
    ['WhatId', 'WhatId'],
    ['WhoId', 'WhoId'],
    ['AccountId', 'AccountId'],
  ] as const) {
    const id = row[link];
    const found = typeof id === 'string' ? core.find(id) : undefined;
    if (
      !found ||
      found.row['LastActivityDate'] === undefined ||
      found.row['LastActivityDate'] !== row['ActivityDate']
    )
      continue;
    const days = ['Task', 'Event']
      .flatMap((object) => core.rowsBy(core.must(object), name, id as string).map(countsOn))
      .filter((day) => day !== null);
    writeQuietly(core, found.object.name, found.row, {
      LastActivityDate: days.sort().at(-1) ?? null,
    });
  }
}

function afterTask(saving: Saving, row: Row): void {
  after(saving, row);
  if (saving.core.options.sharedActivities === true) relate(saving, row, 'TaskRelation', 'TaskId');
}

function afterEvent(saving: Saving, row: Row): void {
  after(saving, row);
  if (saving.core.options.sharedActivities === true)
    relate(saving, row, 'EventRelation', 'EventId');
}

export const taskRules: ObjectRules = { before: beforeTask, after: afterTask, removed };
export const eventRules: ObjectRules = { before: beforeEvent, after: afterEvent, removed };
