import type { MeasureContext } from '../../model/facts.ts';
import type { Incentive } from '../../model/playbook.ts';
import { isoDay } from '../math/calendar.ts';

/** What decides whether a partner may be offered an incentive. */
export interface Eligible {
  type: string | null;
  tier: string | null;
  region: string | null;
}

const allows = (given: readonly string[] | undefined, value: string | null): boolean =>
  given === undefined ||
  (value !== null && given.some((one) => one.toLowerCase() === value.toLowerCase()));

/** The first incentive of a kind that this partner, and this amount, is eligible for today. */
export function offerFor(
  kind: Incentive['for'],
  partner: Eligible,
  amount: number,
  context: MeasureContext,
): Incentive | null {
  const today = isoDay(context.asOfMs, context.timeZone);
  return (
    context.playbook?.incentives.find(
      (one) =>
        one.for === kind &&
        one.budget >= one.amount &&
        (one.until ?? today) >= today &&
        amount >= (one.minAmount ?? 0) &&
        allows(one.types, partner.type) &&
        allows(one.tiers, partner.tier) &&
        allows(one.regions, partner.region),
    ) ?? null
  );
}
