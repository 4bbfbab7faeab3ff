import type { MeasureContext } from '../../../model/facts.ts';
import { daysBetween } from '../../math/time.ts';

/** A quarter is at most this long. */
const QUARTER_DAYS = 92;

/**
 * Horizons that scores and forecasts ask for: the end of the current period, and that of the next.
 * What comes later is far enough for stage and age.
 */
export function winHorizons({ asOfMs, period }: MeasureContext): number[] {
  const left = daysBetween(asOfMs, period.endMs);
  return [left, left + QUARTER_DAYS];
}
