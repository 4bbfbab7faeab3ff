import type { CreditRow, CreditSettings } from '../../model/credit.ts';
import type { DealFacts, MeasureContext, RegistrationFacts } from '../../model/facts.ts';
import { DAY_MS } from '../math/time.ts';
import { knownMsOf, protectedUntilMs, statusAt } from './registration.ts';
import type { WonDeal } from './won-deal.ts';

/**
 * Before this, a partner was first: our opportunity, or the first thing that our side did on it.
 */
function ourStartMs(deal: DealFacts): number {
  const touched = deal.activities.filter((activity) => activity.by !== 'partner');
  return Math.min(deal.createdMs, deal.rivalMs ?? Infinity, ...touched.map((one) => one.atMs));
}

/**
 * What each registration and lead of a won deal is worth, the earliest first, each with its rule.
 */
export function claimsOf(
  won: WonDeal,
  registrations: readonly RegistrationFacts[],
  settings: CreditSettings,
  context: MeasureContext,
): CreditRow[] {
  const { deal } = won;
  const links = deal.links ?? [];
  return registrations
    .filter((one) => one.partnerId !== undefined && one.dealId === deal.id)
    .map((one) => ({ one, knownMs: knownMsOf(one, links) }))
    .filter(({ knownMs }) => knownMs <= context.asOfMs)
    .sort((a, b) => a.knownMs - b.knownMs || (a.one.id < b.one.id ? -1 : 1))
    .map(({ one, knownMs }): CreditRow => {
      const reason = refusal(won, one, knownMs, settings, context);
      return {
        partnerId: one.partnerId!,
        kind: reason === null ? 'sourced' : 'none',
        rule: reason ?? (one.kind === 'lead' ? 'lead' : 'registration'),
        evidence: one.id,
        happenedMs: one.submittedMs,
        firstSeenMs: knownMs,
        weight: 0,
        cents: 0,
      };
    });
}

/** Why a registration makes nobody the source of the deal; null = it does. */
function refusal(
  { deal, wonMs }: WonDeal,
  one: RegistrationFacts,
  knownMs: number,
  settings: CreditSettings,
  context: MeasureContext,
): CreditRow['rule'] | null {
  if (knownMs > wonMs) return 'registered-after-win';
  const status = statusAt(one, context.asOfMs);
  if (status === 'rejected') return 'rejected';
  if (status === 'pending' && one.kind !== 'lead' && !settings.pendingCounts) return 'undecided';
  const until = protectedUntilMs(one, settings, context.timeZone);
  if (until !== null && until <= wonMs) return 'expired';
  if (status === 'expired' && (one.protectedUntil ?? null) === null) return 'expired';
  if (knownMs > ourStartMs(deal) + settings.sourceGraceDays * DAY_MS) return 'not-first';
  if (one.submittedMs < deal.createdMs - settings.leadDays * DAY_MS) return 'too-old';
  return null;
}
