import type { MeasureContext } from '../../model/facts.ts';
import { fold } from '../../model/fold.ts';
import type { FreshDeal, ReachedStage, UsedAsset } from '../../model/traits.ts';
import { isWin, type DealState } from '../deal/deal-at.ts';
import { certificatesInForce } from '../kpi/certificates.ts';
import { DAY_MS } from '../math/time.ts';
import type { PartnerView } from '../plan/view.ts';

/** Whoever registered a deal earlier has begun to sell it. */
const FRESH_DAYS = 30;
/** More new deals than that are one and the same need. */
const MOST_FRESH = 20;

const isDecided = ({ outcome }: DealState): boolean => outcome === 'won' || outcome === 'lost';

/** Open stages that a deal was in, in their order. */
function stagesOf({ deal }: DealState, { stages }: MeasureContext): string[] {
  return deal.events.flatMap(({ stage }) =>
    stage !== null && stages.get(stage)?.closed === false ? [stage] : [],
  );
}

function reached(states: readonly DealState[], context: MeasureContext): ReachedStage[] {
  const found = new Map<string, ReachedStage>();
  for (const state of states.filter(isDecided)) {
    const open = stagesOf(state, context);
    for (const of of new Set(open)) {
      const counts = found.get(of) ?? { of, n: 0, lost: 0, won: 0 };
      found.set(of, counts);
      counts.n++;
      if (isWin(state)) counts.won++;
      else if (of === open.at(-1)) counts.lost++;
    }
  }
  return [...found.values()].sort((a, b) => (a.of < b.of ? -1 : 1));
}

/** In which open stage a deal was at a moment; null = in none. */
function stageAt({ deal }: DealState, atMs: number, { stages }: MeasureContext): string | null {
  const last = deal.events.findLast((event) => event.atMs <= atMs && event.stage !== null)?.stage;
  return last != null && stages.get(last)?.closed === false ? last : null;
}

/** Assets of the playbook that were used on decided deals, by the stage of their first use. */
function used(states: readonly DealState[], context: MeasureContext): UsedAsset[] {
  const found = new Map<string, UsedAsset>();
  for (const { id: of, activities } of context.playbook?.assets ?? []) {
    const kinds = new Set(activities.map(fold));
    if (kinds.size === 0) continue;
    for (const state of states.filter(isDecided)) {
      const first = state.deal.activities.find(({ kind }) => kinds.has(fold(kind)));
      if (first === undefined || first.atMs >= (state.closedMs ?? Infinity)) continue;
      const stage = stageAt(state, first.atMs, context);
      if (stage === null) continue;
      const key = JSON.stringify([of, stage]);
      const counts = found.get(key) ?? { of, stage, n: 0, won: 0 };
      found.set(key, counts);
      counts.n++;
      if (isWin(state)) counts.won++;
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => counts);
}

/** Open deals that were registered lately, the newest first. */
const fresh = (states: readonly DealState[], { asOfMs }: MeasureContext): FreshDeal[] =>
  states
    .flatMap(({ id, outcome, deal, createdMs }): FreshDeal[] => {
      const sinceMs = deal.registeredMs ?? createdMs;
      const young = sinceMs <= asOfMs && sinceMs > asOfMs - FRESH_DAYS * DAY_MS;
      return outcome === 'open' && deal.product !== null && young
        ? [{ dealId: id, product: deal.product, sinceMs }]
        : [];
    })
    .sort((a, b) => b.sinceMs - a.sinceMs || (a.dealId < b.dealId ? -1 : 1))
    .slice(0, MOST_FRESH);

/** What a partner's deals say of what it can and cannot do. */
export const skillTraits = ({ partner, states }: PartnerView, context: MeasureContext) => ({
  reached: reached(states, context),
  used: used(states, context),
  fresh: fresh(states, context),
  certificates: [
    ...new Set(certificatesInForce(partner.certifications, context).map(({ name }) => name)),
  ].sort(),
});
