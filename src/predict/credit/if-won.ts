import type { CreditSettings, DealCredit } from '../../model/credit.ts';
import type { DealFacts, MeasureContext, RegistrationFacts } from '../../model/facts.ts';
import { creditOf } from './deal-credit.ts';

/** Whose win an open deal would be if it were won at the moment; null = no stage wins. */
export function creditIfWon(
  deal: DealFacts,
  registrations: readonly RegistrationFacts[],
  settings: CreditSettings,
  context: MeasureContext,
): DealCredit | null {
  const wins = [...context.stages.values()].find(({ won }) => won)?.key;
  if (wins === undefined) return null;
  const last = deal.events.at(-1);
  const won = {
    atMs: context.asOfMs,
    stage: wins,
    amount: deal.amount ?? last?.amount ?? null,
    closeDate: deal.closeDate,
  };
  const { told: _, ...rest } = deal;
  const asWon: DealFacts = {
    ...rest,
    ...{ stage: wins, closedMs: context.asOfMs, events: [...deal.events, won] },
  };
  return creditOf(asWon, registrations, settings, context);
}
