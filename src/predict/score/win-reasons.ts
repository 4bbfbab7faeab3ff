import { DAY_MS, daysBetween } from '../math/time.ts';
import type { DealState } from '../deal/deal-at.ts';
import { FAMILIES, familyOf, type Family } from '../win/features/families.ts';
import type { WinProbability } from '../win/model/probability.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { Step } from './reasons.ts';
import { lasting } from './words.ts';

const RECENT_DAYS = 7;

function activityWords({ deal }: DealState, asOfMs: number): string {
  const done = deal.activities.filter((row) => row.qualifying && row.atMs <= asOfMs);
  const last = done.at(-1);
  if (!last) return 'Nothing that counts as progress was done on it yet.';
  const recent = done.filter((row) => row.atMs > asOfMs - RECENT_DAYS * DAY_MS).length;
  if (recent > 0)
    return `${recent === 1 ? '1 activity' : `${recent} activities`} in the last week.`;
  return `No activity for ${lasting(daysBetween(last.atMs, asOfMs))}.`;
}

function wordsOf(family: Family, state: DealState, context: MeasureContext): string {
  const key = state.stage;
  const stage = key === null ? 'its stage' : (context.stages.get(key)?.label ?? key);
  switch (family) {
    case 'stage':
      return `In ${stage}, and how it came there.`;
    case 'age':
      return `In ${stage} for ${lasting(state.stageDays)}, ${lasting(state.ageDays)} old.`;
    case 'activity':
      return activityWords(state, context.asOfMs);
    case 'quote':
      return 'Its quotes, and what became of them.';
    case 'task':
      return 'Its open tasks.';
    case 'amount':
      return 'Its amount.';
    case 'about':
      return 'Its product, origin and customer.';
    case 'calendar':
      return 'The day of the week.';
    case 'partner':
      return "How often this partner's and owner's deals were won beside that.";
  }
}

/** Reasons of the win model, one for each thing that features are about; their points are exact sums. */
export function winReasons(
  said: WinProbability,
  state: DealState,
  context: MeasureContext,
): Step[] {
  const points = new Map<Family, number>();
  for (const { name, points: own } of said.steps) {
    points.set(familyOf(name), (points.get(familyOf(name)) ?? 0) + own);
  }
  return FAMILIES.flatMap((family) => {
    const own = points.get(family);
    return own === undefined
      ? []
      : [{ code: family, points: own, text: wordsOf(family, state, context) }];
  });
}
