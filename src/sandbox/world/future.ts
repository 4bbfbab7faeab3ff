/**
 * The world after the end, week by week: each week is made whole, once, in order, and any stretch
 * of time is cut out of the weeks.
 * So however the time is cut, the same events come.
 */
import { weekOf } from './calendar.ts';
import type { WorldEvent } from './events.ts';

/** Where two events share a moment, what is referred to comes first. */
const RANK: Record<WorldEvent['kind'], number> = {
  user: 0,
  account: 1,
  contact: 2,
  campaign: 3,
  campaignMember: 4,
  plan: 4,
  deal: 5,
  lead: 6,
  target: 6,
  milestone: 6,
  dealChange: 7,
  activity: 7,
  milestoneDone: 7,
  certification: 7,
  cost: 7,
  signal: 7,
  teamMember: 7,
  quote: 7,
  order: 7,
  accountMerge: 8,
  delete: 9,
  undelete: 10,
};

/** Sorts by time, then by what refers to what; a thing's own events keep their order. */
function inTimeOrder(events: WorldEvent[]): WorldEvent[] {
  return events.sort((a, b) => a.atMs - b.atMs || RANK[a.kind] - RANK[b.kind]);
}

/** Makes the events of week after week; `begin` starts anew from the end of the history. */
export interface WeekMaker {
  begin(): (week: number) => WorldEvent[];
  endMs: number;
}

/** Made weeks kept for the next question; one before them costs a new start. */
const KEPT_WEEKS = 6;

/**
 * The `advance` of a world. Answers (fromMs, untilMs]; what is not after the end
 * of the history is left out.
 */
export function advancer(maker: WeekMaker): (fromMs: number, untilMs: number) => WorldEvent[] {
  const firstWeek = weekOf(maker.endMs);
  const kept = new Map<number, WorldEvent[]>();
  let make: ((week: number) => WorldEvent[]) | null = null;
  let nextWeek = firstWeek;
  function weekEvents(week: number): WorldEvent[] {
    if (make === null || (week < nextWeek && !kept.has(week))) {
      make = maker.begin();
      kept.clear();
      nextWeek = firstWeek;
    }
    for (; nextWeek <= week; nextWeek++) {
      kept.set(nextWeek, inTimeOrder(make(nextWeek)));
      kept.delete(nextWeek - KEPT_WEEKS);
    }
    return kept.get(week) ?? [];
  }
  return (fromMs, untilMs) => {
    const start = Math.max(fromMs, maker.endMs);
    const events: WorldEvent[] = [];
    for (let week = weekOf(start); start < untilMs && week <= weekOf(untilMs); week++) {
      for (const event of weekEvents(week))
        if (event.atMs > start && event.atMs <= untilMs) events.push(event);
    }
    return events;
  };
}
