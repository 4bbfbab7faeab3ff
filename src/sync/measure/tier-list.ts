import type { TierDecision, TierStanding } from '../../model/tier.ts';
import type { Store } from '../../store/store.ts';
import { tierDecisionsOf } from '../../store/tier-decisions.ts';
import { worthRows } from '../../store/worth.ts';
import { ofPartner } from './partner-match.ts';

export interface TieredPartner {
  id: string;
  name: string;
  type: string | null;
  standing: TierStanding;
  /** What people approved, the earliest first. */
  decisions: TierDecision[];
}

export interface TierFilter {
  /** Id, or a part of the name. */
  partner: string | null;
  /** Only those with a proposal, or a lapse that is near. */
  open: boolean;
}

/** What is to be decided first: proposals down and up, then lapses, then the others. */
const ORDER: Record<TierStanding['state'], number> = {
  ...{ down: 0, up: 1, grace: 2, stays: 3, 'unknown tier': 4, 'no ladder': 5 },
};
const isOpen = ({ state, warned }: TierStanding): boolean =>
  state === 'up' || state === 'down' || warned;

/** Partners on their ladders as of the last run, with what has been approved since. */
export async function tierList(
  store: Store,
  place: { connectionId: string; rowsId: string; resultsId: string; runId: string },
  { partner, open }: TierFilter,
): Promise<TieredPartner[]> {
  const rows = await worthRows(store, place);
  const ids = rows.map(({ id }) => id);
  const decisions = Map.groupBy(
    await tierDecisionsOf(store, place.connectionId, ids),
    ({ partnerId }) => partnerId,
  );
  const all = rows.flatMap(({ worth: { tier }, accountId: _, ...row }) =>
    tier === undefined ? [] : [{ ...row, standing: tier, decisions: decisions.get(row.id) ?? [] }],
  );
  return ofPartner(all, partner)
    .filter(({ standing }) => !open || isOpen(standing))
    .sort(
      (a, b) =>
        ORDER[a.standing.state] - ORDER[b.standing.state] ||
        (a.standing.lapsesOn ?? '9').localeCompare(b.standing.lapsesOn ?? '9') ||
        (a.id < b.id ? -1 : 1),
    );
}
