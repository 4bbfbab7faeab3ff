import type { MeasureContext } from '../../../model/facts.ts';
import { weekStart } from '../../math/calendar.ts';

/**
 * The moment that the win model learns as of: the start of the week. What a company's past teaches
 * hardly changes within days, and a moment that stands still lets one fit serve every run of the
 * week: the same rows known by then give the same model, whichever run fits it.
 */
export const winMoment = (context: MeasureContext): MeasureContext => ({
  ...context,
  asOfMs: weekStart(context.asOfMs, context.timeZone),
});
