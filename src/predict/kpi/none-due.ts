import { say } from '../../model/language/say.ts';
import type { MeasureContext } from '../../model/facts.ts';
import { isoDay } from '../math/calendar.ts';
import { speechOf } from '../math/speech.ts';

/** Where a rate is taken from: since when, and of what least amount of a deal. */
interface Since {
  fromMs: number;
  above?: number;
}

/**
 * What a rate says where nothing has fallen due: counted, and found to be of no case. Neither a
 * share of 0% nor one of 100% would be true of it.
 */
export function noneDue(
  metric: string,
  { fromMs, above = 0 }: Since,
  context: MeasureContext,
): string {
  const speech = speechOf(context);
  const since = isoDay(fromMs, context.timeZone);
  if (metric === 'decision_hours') return say(speech, 'why.none.registrations', { since });
  if (metric !== 'sales_engineer_share') return say(speech, 'why.none.cases', { since });
  return above > 0
    ? say(speech, 'why.none.largeDeals', { least: above, since })
    : say(speech, 'why.none.deals', { since });
}
