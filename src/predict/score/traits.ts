import type { CostFacts, MeasureContext } from '../../model/facts.ts';
import type { Summed } from '../../model/partner-return.ts';
import type { Decided, PartnerTraits } from '../../model/traits.ts';
import { isWin, type DealState } from '../deal/deal-at.ts';
import { leadingAt, leadingQuarters } from '../kpi/leading.ts';
import { dayEnd, dayStart } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { DAY_MS } from '../math/time.ts';
import { skillTraits } from './skill-traits.ts';
import type { PartnerView } from '../plan/view.ts';

const YEAR_DAYS = 365;
const QUARTER_DAYS = 91;
/** Somebody who was seen at work so lately still sells. */
const SEEN_DAYS = 180;
/** A partner of more products or industries than that is one of all. */
const MOST_KINDS = 20;

/** Decided deals by a word of theirs, most deals first. */
function decidedBy(states: readonly DealState[], word: (s: DealState) => string | null) {
  const decided = states.filter((s) => s.closedMs !== null && word(s) !== null);
  return [...Map.groupBy(decided, (s) => word(s)!)]
    .map(([of, own]): Decided => ({ of, n: own.length, won: own.filter(isWin).length }))
    .sort((a, b) => b.n - a.n || (a.of < b.of ? -1 : 1))
    .slice(0, MOST_KINDS);
}

/** Money by its word, the most first. */
function summedBy(rows: readonly { of: string; amount: number | null }[]): Summed[] {
  return [...Map.groupBy(rows, ({ of }) => of)]
    .map(([of, own]) => ({
      of,
      amount: exactSum(own.map(({ amount }) => Math.max(0, amount ?? 0))),
      unknown: own.filter(({ amount }) => amount === null).length,
    }))
    .sort((a, b) => b.amount - a.amount || (a.of < b.of ? -1 : 1));
}

const costsSince = (
  costs: readonly CostFacts[],
  fromMs: number,
  { asOfMs, timeZone }: MeasureContext,
) =>
  costs.flatMap(({ kind, amount, at }) => {
    const ms = dayStart(at, timeZone);
    return ms !== null && ms > fromMs && ms <= asOfMs ? [{ of: kind, amount }] : [];
  });

/** People that sell: the newest count of the feed, else those seen at work on its deals. */
function sellersOf({ partner, states }: PartnerView, { asOfMs }: MeasureContext) {
  const told = partner.signals.findLast(
    ({ kind, atMs, knownMs }) => kind === 'active_sellers' && Math.max(atMs, knownMs) <= asOfMs,
  );
  if (told !== undefined && told.n > 0) return { sellers: told.value / told.n, sellersSeen: false };
  const seen = new Set(
    states
      .flatMap(({ deal }) => deal.activities)
      .filter(
        ({ by, byId, atMs }) =>
          by === 'partner' && byId != null && atMs <= asOfMs && atMs > asOfMs - SEEN_DAYS * DAY_MS,
      )
      .map(({ byId }) => byId),
  );
  return { sellers: seen.size === 0 ? null : seen.size, sellersSeen: seen.size > 0 };
}

/** What it promised in its plan that is due by now, and what of it is kept; early counts too. */
function promisesOf({ plan }: PartnerView, { asOfMs, timeZone }: MeasureContext) {
  const own = plan?.plan.milestones.filter(({ side }) => side === 'partner') ?? [];
  const kept = own.filter(({ doneOn }) => doneOn !== null).length;
  const missed = own.filter(
    ({ doneOn, dueOn }) => doneOn === null && (dayEnd(dueOn, timeZone) ?? Infinity) <= asOfMs,
  ).length;
  return { due: kept + missed, kept };
}

/** What a partner is like as of the moment. */
export function traitsOf(view: PartnerView, context: MeasureContext): PartnerTraits {
  const { partner, states, plan } = view;
  const { asOfMs } = context;
  const yearMs = asOfMs - YEAR_DAYS * DAY_MS;
  const brought = states.filter(({ createdMs }) => createdMs > yearMs);
  const won = states.filter((s) => isWin(s) && s.closedMs !== null && s.closedMs > yearMs);
  const lately = { ...context.period, startMs: asOfMs - QUARTER_DAYS * DAY_MS };
  return {
    accountId: partner.accountId ?? partner.id,
    ...{ type: partner.type, region: partner.region, ownerId: partner.ownerId },
    ...{ signedOn: partner.signedOn, onboardedOn: partner.onboardedOn },
    now: leadingAt(view, { ...context, period: lately }),
    leading: leadingQuarters(view, context),
    ...sellersOf(view, context),
    open: states.filter(({ outcome }) => outcome === 'open').length,
    // Deals of no named product are those of one product.
    products: decidedBy(states, ({ deal }) => deal.product ?? ''),
    industries: decidedBy(states, ({ deal }) => deal.industry ?? null),
    brought: {
      n: brought.length,
      proven: brought.filter(({ provenMs }) => provenMs !== null).length,
    },
    planned: plan !== null && plan.proposed === null,
    promises: promisesOf(view, context),
    wonBy: summedBy(won.map(({ deal, amount }) => ({ of: deal.product ?? '', amount }))),
    costs: summedBy(costsSince(partner.costs, yearMs, context)),
    ...skillTraits(view, context),
    wins: won.length,
    won: exactSum(won.map(({ amount }) => Math.max(0, amount ?? 0))),
  };
}
