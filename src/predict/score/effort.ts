import type { PartnerEffort } from '../../model/allocation.ts';
import type { MeasureContext, PartnerFacts } from '../../model/facts.ts';
import { dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { DAY_MS } from '../math/time.ts';

const HOURS_DAYS = 91;
const FUNDS_DAYS = 365;
/** Of a call or meeting whose length nobody recorded. */
const USUAL_MINUTES = 30;
const HOUR_MINUTES = 60;

/** What our own side spent on a partner, as far as the CRM shows it. */
export function partnerEffort(partner: PartnerFacts, context: MeasureContext): PartnerEffort {
  const { asOfMs, timeZone } = context;
  const within = (ms: number | null, days: number): boolean =>
    ms !== null && ms <= asOfMs && ms > asOfMs - days * DAY_MS;
  const ours = partner.deals
    .flatMap(({ activities }) => activities)
    .filter(({ atMs, by }) => by !== 'partner' && within(atMs, HOURS_DAYS));
  const known = ours.flatMap(({ minutes }) => minutes ?? []);
  const guessed = USUAL_MINUTES * (ours.length - known.length);
  const costs = partner.costs.filter(({ at }) => within(dayStart(at, timeZone), FUNDS_DAYS));
  return {
    hours: (exactSum(known) + guessed) / HOUR_MINUTES,
    guessedHours: guessed / HOUR_MINUTES,
    funds: exactSum(costs.map(({ amount }) => Math.max(0, amount ?? 0))),
    unknownCosts: costs.filter(({ amount }) => amount === null).length,
  };
}
