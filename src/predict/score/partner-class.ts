import type { MeasureContext } from '../../model/facts.ts';
import type { ClassWhy, Intervention, PartnerClass } from '../../model/partner-class.ts';
import { isoDay } from '../math/calendar.ts';
import { DAY_MS } from '../math/time.ts';
import { MONTH_MS } from './value/sales.ts';

/** Of a younger partner nobody can say whether it is silent. */
const NEW_MONTHS = 6;
/** Rather stopped than not. */
const STOPPED = 0.5;

const NAMES: Record<ClassWhy, PartnerClass['name']> = {
  ...{ above: 'grow', behind: 'intervene', untried: 'intervene', waiting: 'intervene' },
  ...{ tried: 'review', new: null },
};

export interface ClassGiven {
  attainment: number;
  active: number;
  /** 1 = a win or a new deal in that month, the earliest first. */
  signs: readonly number[];
  tried: readonly Intervention[];
}

/**
 * Grow what reaches its goal, help what is behind or fell silent, and review only what stayed
 * silent although something was tried and had its time. Activity that nothing comes of changes
 * nothing: signs are wins and deals that are shown to be real.
 */
export function partnerClass(
  { attainment, active, signs, tried }: ClassGiven,
  reviewAfterDays: number,
  { asOfMs, timeZone }: Pick<MeasureContext, 'asOfMs' | 'timeZone'>,
): PartnerClass {
  const last = signs.findLastIndex((sign) => sign > 0);
  const silentMonths = last === -1 ? null : signs.length - 1 - last;
  // What was tried before its last sign has had its effect.
  const silentSinceMs = asOfMs - (silentMonths ?? signs.length) * MONTH_MS;
  const since = tried.filter(({ atMs }) => atMs >= silentSinceMs && atMs <= asOfMs);
  const silent = active < STOPPED;
  const first = since[0];
  const dueMs = first === undefined ? null : first.atMs + reviewAfterDays * DAY_MS;
  const why = (): ClassWhy => {
    if (signs.length < NEW_MONTHS && last === -1) return 'new';
    if (!silent) return attainment >= 1 ? 'above' : 'behind';
    if (dueMs === null) return 'untried';
    return dueMs <= asOfMs ? 'tried' : 'waiting';
  };
  const reason = why();
  return {
    name: NAMES[reason],
    why: reason,
    evidence: { attainment, active, silentMonths, months: signs.length },
    tried: since,
    reviewOn: silent && dueMs !== null ? isoDay(dueMs, timeZone) : null,
  };
}
