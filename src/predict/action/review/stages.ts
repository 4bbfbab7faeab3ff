import type { MeasureContext, PartnerFacts } from '../../../model/facts.ts';
import type { ReviewDeal, ReviewStage } from '../../../model/review.ts';
import type { DealScore } from '../../../model/score.ts';
import { exactSum } from '../../math/exact-sum.ts';
import { stageName } from '../../math/speech.ts';

interface Open {
  score: DealScore;
  stage: string | null;
  closeDate: string | null;
  name: string;
}

const toDeal = ({ score, stage, closeDate, name }: Open, context: MeasureContext): ReviewDeal => ({
  id: score.dealId,
  name,
  stage: stageName(stage, context),
  amount: score.amount,
  closeDate,
  probability: score.probability,
  expected: score.amount * score.probability,
  health: score.health,
  stallRisk: score.movement?.stallRisk ?? null,
  why:
    score.reasons.toSorted((a, b) => a.points - b.points).find((r) => r.points < 0)?.text ?? null,
});

/** Deals that are open in the CRM alone are left to a clean-up. */
const isLive = ({ movement }: DealScore): boolean => movement?.zombie !== true;

/** Open deals by stage in the order of the pipeline; in each, what is expected of most first. */
export function reviewStages(
  partner: PartnerFacts,
  scores: readonly DealScore[],
  states: ReadonlyMap<string, { stage: string | null; closeDate: string | null }>,
  context: MeasureContext,
): ReviewStage[] {
  const names = new Map(partner.deals.map(({ id, name }) => [id, name]));
  const open = scores.filter(isLive).map((score) => ({
    score,
    stage: states.get(score.dealId)?.stage ?? null,
    closeDate: states.get(score.dealId)?.closeDate ?? null,
    name: names.get(score.dealId) ?? score.dealId,
  }));
  const orderOf = (stage: string | null): number =>
    context.stages.get(stage ?? '')?.order ?? Infinity;
  return [...Map.groupBy(open, ({ stage }) => stage)]
    .toSorted(([a], [b]) => orderOf(a) - orderOf(b) || ((a ?? '') < (b ?? '') ? -1 : 1))
    .map(([stage, own]) => {
      const deals = own
        .map((one) => toDeal(one, context))
        .toSorted((a, b) => b.expected - a.expected || (a.id < b.id ? -1 : 1));
      const stalled = deals.filter(({ health }) => health === 'stalled');
      return {
        stage: stageName(stage, context),
        deals,
        amount: exactSum(deals.map(({ amount }) => amount ?? 0)),
        expected: exactSum(deals.map(({ expected }) => expected)),
        stalled: stalled.length,
        stalledAmount: exactSum(stalled.map(({ amount }) => amount ?? 0)),
      };
    });
}
