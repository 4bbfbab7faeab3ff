import type { MeasureContext } from '../../model/facts.ts';
import type { Speech } from '../../model/language/languages.ts';
import { say } from '../../model/language/say.ts';
import { isoDay } from './calendar.ts';

/** In whose words the texts of this context are. */
export const speechOf = (
  context: Pick<MeasureContext, 'asOfMs' | 'language' | 'reportingCurrency' | 'timeZone'>,
): Speech => ({
  language: context.language ?? 'en',
  currency: context.reportingCurrency,
  today: isoDay(context.asOfMs, context.timeZone),
});

/** The last day of a span that ends before `endMs`. */
export const lastDay = (endMs: number, timeZone: string): string => isoDay(endMs - 1, timeZone);

/** What people call a stage. */
export function stageName(stage: string | null, context: MeasureContext): string {
  if (stage === null) return say(speechOf(context), 'word.stage');
  return context.stages.get(stage)?.label ?? stage;
}
