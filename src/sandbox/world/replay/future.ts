/**
 * How a replayed log goes on after its end, from nothing but itself. An open case takes over what
 * happened next to a random case that had stood in the same stage at least as long; new cases
 * repeat random old ones at the log's own rate and hour of the week.
 */
import type { RandomStream } from '../../random.ts';
import { DAY_MS, WEEK_MS, weekOf, weekStartMs } from '../calendar.ts';
import type { Progress } from './case.ts';
import { standing, step } from './case.ts';
import type { LoanLog, LogCase } from './read.ts';

/** Only cases this old at the end of the log are repeated: younger ones are cut short. */
const MATURE_MS = 35 * DAY_MS;

interface Stay {
  one: LogCase;
  enteredMs: number;
  lastedMs: number;
}

/** Every stay in a stage whose end the log shows, by stage, shortest first. */
function finishedStays(log: LoanLog): Map<number, Stay[]> {
  const stays = new Map<number, Stay[]>();
  for (const one of log.cases) {
    let progress: Progress = { stage: 0, sinceMs: one.startMs, outcome: null };
    for (const event of one.events) {
      const moved = step(progress, event);
      if (!moved) continue;
      const list = stays.get(progress.stage) ?? [];
      list.push({ one, enteredMs: progress.sinceMs, lastedMs: event.atMs - progress.sinceMs });
      stays.set(progress.stage, list);
      progress = moved;
    }
  }
  for (const list of stays.values())
    list.sort((a, b) => a.lastedMs - b.lastedMs || (a.one.id < b.one.id ? -1 : 1));
  return stays;
}

function firstLongerThan(stays: readonly Stay[], ms: number): number {
  let low = 0;
  let high = stays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stays[middle]?.lastedMs ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The open cases of the log, each with a future taken from another case; those that outlasted
 * every case stay as they are.
 */
export function continuedCases(root: RandomStream, log: LoanLog): LogCase[] {
  const stays = finishedStays(log);
  const continued: LogCase[] = [];
  for (const one of log.cases) {
    const here = standing(one);
    if (here.outcome !== null) continue;
    const sinceMs = log.lastMs - here.sinceMs;
    const list = stays.get(here.stage) ?? [];
    const from = firstLongerThan(list, sinceMs);
    if (from >= list.length) continue;
    const donor = list[from + root.fork('continue', one.id).below(list.length - from)];
    if (!donor) continue;
    const offsetMs = here.sinceMs - donor.enteredMs;
    const later = <T extends { atMs: number }>(items: readonly T[]): T[] =>
      items
        .filter((item) => item.atMs + offsetMs > log.lastMs)
        .map((item) => ({ ...item, atMs: item.atMs + offsetMs }));
    continued.push({
      ...one,
      events: [...one.events, ...later(donor.one.events)],
      work: [...one.work, ...later(donor.one.work)],
    });
  }
  return continued;
}

/**
 * The cases that new ones may repeat: the older ones, those still open with
 * the future they were given.
 */
export function repeatable(log: LoanLog, continued: readonly LogCase[]): LogCase[] {
  const longer = new Map(continued.map((one) => [one.id, one]));
  return log.cases
    .filter((one) => one.startMs <= log.lastMs - MATURE_MS)
    .map((one) => longer.get(one.id) ?? one);
}

/** The new cases of a calendar week after the end, in log time. */
export function newCases(
  root: RandomStream,
  log: LoanLog,
  donors: readonly LogCase[],
  week: number,
  shiftMs: number,
): LogCase[] {
  if (donors.length === 0) return [];
  const number = week - weekOf(log.lastMs + shiftMs);
  const stream = root.fork('new', number);
  const perWeek = (log.cases.length * WEEK_MS) / (log.lastMs - log.firstMs);
  return Array.from({ length: stream.poisson(perWeek) }, (_, k) => {
    const donor = stream.pick(donors);
    const intoWeek = donor.startMs + shiftMs - weekStartMs(weekOf(donor.startMs + shiftMs));
    return moved(donor, `n${number}-${k}`, weekStartMs(week) + intoWeek - shiftMs - donor.startMs);
  });
}

function moved(donor: LogCase, id: string, byMs: number): LogCase {
  const later = <T extends { atMs: number }>(items: readonly T[]): T[] =>
    items.map((item) => ({ ...item, atMs: item.atMs + byMs }));
  return {
    ...donor,
    id,
    startMs: donor.startMs + byMs,
    registeredMs: donor.registeredMs + byMs,
    events: later(donor.events),
    work: later(donor.work),
  };
}
