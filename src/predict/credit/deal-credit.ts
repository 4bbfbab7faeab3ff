import type { CreditRow, CreditSettings, DealCredit } from '../../model/credit.ts';
import type { DealFacts, MeasureContext, RegistrationFacts } from '../../model/facts.ts';
import { ATTRIBUTION, attribute, type AttributionModel, type Touch } from './attribution.ts';
import { splitCents } from './cents.ts';
import { influenceOf } from './influence.ts';
import { claimsOf } from './source.ts';
import { wonAt, type WonDeal } from './won-deal.ts';

/**
 * Whose win a deal is. It is partner-sourced when a valid registration or lead came before our own
 * opportunity or touch, else direct; influenced is a mark on direct deals. Partners put on it after
 * the win are listed and earn nothing. null = the deal is not won.
 */
export function creditOf(
  deal: DealFacts,
  registrations: readonly RegistrationFacts[],
  settings: CreditSettings,
  context: MeasureContext,
): DealCredit | null {
  const won = wonAt(deal, context);
  if (won === null) return null;
  const claims = claimsOf(won, registrations, settings, context);
  const valid = claims.filter((claim) => claim.kind === 'sourced');
  const kind = valid.length > 0 ? 'sourced' : 'direct';
  const marks = influenceOf(won, settings, context);
  const influence = kind === 'direct' ? marks.filter((mark) => mark.kind === 'influenced') : [];
  return {
    dealId: deal.id,
    kind,
    influenced: influence.length > 0,
    wonMs: won.wonMs,
    cents: won.cents,
    product: deal.product,
    region: deal.region ?? null,
    currency: deal.currency ?? null,
    rows: [
      ...shared(won, valid, settings),
      ...influence,
      ...claims.filter((claim) => claim.kind === 'none'),
      ...marks.filter((mark) => mark.kind === 'none'),
    ],
    attribution: attributionOf(won, [
      ...valid,
      ...marks.filter((mark) => mark.kind === 'influenced'),
    ]),
  };
}

/** The deal's amount over the partners with a valid claim, by the stated rule. */
function shared(won: WonDeal, claims: CreditRow[], settings: CreditSettings): CreditRow[] {
  if (claims.length === 0) return [];
  // One claim a partner, the earliest: a second registration earns no second share.
  const first = claims.filter(
    (claim, i) => claims.findIndex((other) => other.partnerId === claim.partnerId) === i,
  );
  const winner = settings.share === 'primary' ? primaryOf(won, first) : null;
  const weights = first.map((claim) =>
    winner === null ? (settings.share === 'all' ? 1 : 1 / first.length) : claim === winner ? 1 : 0,
  );
  const cents = won.cents ?? 0;
  const parts = settings.share === 'all' ? weights.map(() => cents) : splitCents(cents, weights);
  return first.map((claim, i) => ({ ...claim, weight: weights[i]!, cents: parts[i]! }));
}

/** Of several partners the one marked as primary at the win; of two such, or none, the first. */
function primaryOf({ deal, wonMs }: WonDeal, claims: CreditRow[]): CreditRow {
  const marked = new Set(
    (deal.links ?? [])
      .filter(
        (link) =>
          link.primary && link.knownMs <= wonMs && (link.endedMs === null || link.endedMs > wonMs),
      )
      .map((link) => link.partnerId),
  );
  return claims.find((claim) => marked.has(claim.partnerId)) ?? claims[0]!;
}

function attributionOf(won: WonDeal, rows: CreditRow[]): DealCredit['attribution'] {
  const touches: Touch[] = rows.map(({ partnerId, rule, happenedMs }) => ({
    partnerId,
    rule,
    atMs: happenedMs,
  }));
  const models = Object.keys(ATTRIBUTION) as AttributionModel[];
  return touches.length === 0
    ? {}
    : Object.fromEntries(
        models.map((model) => [model, Object.fromEntries(attribute(model, touches, won.deal))]),
      );
}
