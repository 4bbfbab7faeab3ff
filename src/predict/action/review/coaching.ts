import type { CoachingItem, ReviewStage } from '../../../model/review.ts';
import type { DealScore, NextAction } from '../../../model/score.ts';

/** What fits into an hour beside everything else. */
const MOST = 8;

const itemOf = (
  { text, evidence, effect, effort, stake }: NextAction,
  about: CoachingItem['about'],
  dealId: string | null,
  name: string,
): CoachingItem => ({ about, dealId, name, text, evidence, effect: effect.text, effort, stake });

/** What to coach on: the partner's own action, then its deals' by what is at stake. */
export function coachingItems(
  partner: { name: string; action: NextAction | null },
  scores: readonly DealScore[],
  stages: readonly ReviewStage[],
): CoachingItem[] {
  const names = new Map(stages.flatMap(({ deals }) => deals.map(({ id, name }) => [id, name])));
  const ofDeals = scores
    .flatMap(({ dealId, nextAction }) => {
      const name = names.get(dealId);
      return nextAction === null || name === undefined
        ? []
        : [itemOf(nextAction, 'deal', dealId, name)];
    })
    .toSorted((a, b) => b.stake - a.stake || (a.dealId! < b.dealId! ? -1 : 1));
  const own =
    partner.action === null ? [] : [itemOf(partner.action, 'partner', null, partner.name)];
  return [...own, ...ofDeals].slice(0, MOST);
}
