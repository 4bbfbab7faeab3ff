import type { MeasureContext, PartnerFacts, Side } from '../../../model/facts.ts';
import type { ReviewFindings, ReviewTarget } from '../../../model/review.ts';
import type { PartnerScore } from '../../../model/score.ts';
import { viewOf } from '../../score/partner.ts';
import { proposedAmounts, proposedPart } from '../../score/proposal.ts';
import type { PoolModel } from '../../win/pool-model.ts';
import { scorePartner } from '../result.ts';
import { coachingItems } from './coaching.ts';
import { reviewStages } from './stages.ts';
import { whyNot } from './why-not.ts';

/**
 * What a review of a partner is held over, as of the context's moment. `said` is the score as it was
 * given then; the open deals are scored as they were known.
 */
export function reviewOf(
  partner: PartnerFacts,
  said: PartnerScore,
  pool: PoolModel,
  context: MeasureContext,
): ReviewFindings {
  const view = viewOf(partner, pool, context);
  const states = new Map(view.states.map((state) => [state.id, state]));
  const scores = scorePartner(partner, pool, context).deals.filter(({ dealId }) =>
    states.has(dealId),
  );
  const { parts, vendorParts } = said.planHealth;
  const targetsOf = (side: Side): ReviewTarget[] =>
    (side === 'partner' ? parts : vendorParts).map((part) => ({
      ...part,
      side,
      why: whyNot(part, side, said.reasons, scores, context),
    }));
  const stages = reviewStages(partner, scores, states, context);
  const action = said.nextAction ?? said.candidate ?? null;
  return {
    targets: [...targetsOf('partner'), ...targetsOf('vendor')],
    stages,
    coaching: coachingItems({ name: partner.name, action }, scores, stages),
    proposals: [
      ...proposedAmounts(view, pool, context),
      ...parts.flatMap((part) => proposedPart(part, 'partner', context)),
      ...vendorParts.flatMap((part) => proposedPart(part, 'vendor', context)),
    ],
  };
}
