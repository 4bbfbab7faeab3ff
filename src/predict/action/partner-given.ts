import type { MeasureContext, Side } from '../../model/facts.ts';
import { say } from '../../model/language/say.ts';
import type { Asset, Incentive } from '../../model/playbook.ts';
import type { ClosingDeal, PartnerScore, PlanHealth } from '../../model/score.ts';
import { wonBetween } from '../deal/won.ts';
import { exactSum, exactValue } from '../math/exact-sum.ts';
import type { PartnerView } from '../plan/view.ts';
import type { ScoredDeal } from '../score/deal.ts';
import { speechOf, stageName } from '../math/speech.ts';
import { MIN_GAP_SHARE, SHRINKING_SHARE } from '../tuning.ts';
import { stalledOf } from './closers.ts';
import { offerFor } from './offers.ts';
import type { Given } from './rule.ts';
import { weakStage, type WeakStage } from './weak-stage.ts';
import { YEAR_MS } from '../../model/time.ts';

export interface PartnerGiven extends Given {
  view: PartnerView;
  score: Omit<PartnerScore, 'nextAction'>;
  /** Won of the goal so far, and what is missing of it by all that is known; 0 = nothing. */
  won: number;
  gap: number;
  /** What its open deals are expected to bring. */
  open: number;
  closing: ClosingDeal[];
  stalled: ScoredDeal | null;
  weak: (WeakStage & { asset: Asset | null }) | null;
  incentive: Incentive | null;
  formerOwner: string | null;
  overdue: Record<Side, PlanHealth['due'][number] | null>;
  silent: number;
  shrinking: boolean;
}

/** Whether it won clearly less in the last year than in the one before. */
function isShrinking({ states }: PartnerView, { asOfMs }: MeasureContext): boolean {
  const last = exactValue(wonBetween(states, asOfMs - YEAR_MS, asOfMs));
  const before = exactValue(wonBetween(states, asOfMs - 2 * YEAR_MS, asOfMs - YEAR_MS));
  return last < SHRINKING_SHARE * before;
}

/** The asset that the playbook names for a stage, by its key or by what people call it. */
function assetFor(stage: string, context: MeasureContext): Asset | null {
  const { playbook } = context;
  const names = [stage, stageName(stage, context)].map((name) => name.toLowerCase());
  const named = playbook?.coaching.find((one) => names.includes(one.stage?.toLowerCase() ?? ''));
  return playbook?.assets.find((one) => one.id === named?.asset) ?? null;
}

/** All that the rules about a partner look at. */
export function partnerGiven(
  view: PartnerView,
  score: Omit<PartnerScore, 'nextAction'>,
  deals: readonly ScoredDeal[],
  closing: ClosingDeal[],
  context: MeasureContext,
): PartnerGiven {
  const { event, planHealth } = score;
  const goal = event.goal ?? 0;
  const missing = score.gap > Math.max(1, MIN_GAP_SHARE * goal);
  const weak = weakStage(view, context);
  const overdue = (side: Side): PlanHealth['due'][number] | null =>
    planHealth.due.find((due) => due.side === side && due.overdueDays > 0) ?? null;
  return {
    context,
    stake: score.moneyAtStake,
    dueMs: event.dueMs,
    view,
    score,
    won: exactValue(wonBetween(view.states, event.fromMs, event.dueMs)),
    gap: missing ? score.gap : 0,
    open: exactSum(deals.map((deal) => deal.score.amount * deal.score.probability)),
    closing,
    stalled: stalledOf(deals),
    weak: weak === null ? null : { ...weak, asset: assetFor(weak.stage, context) },
    incentive: missing ? offerFor('gap', view.partner, score.gap, context) : null,
    formerOwner: context.formerUsers?.get(view.partner.ownerId ?? '') ?? null,
    overdue: { partner: overdue('partner'), vendor: overdue('vendor') },
    silent: deals.filter((deal) => deal.score.standing === 'silent').length,
    shrinking: isShrinking(view, context),
  };
}

/** In whose words a rule speaks. */
export const recordWords = ({ context }: PartnerGiven): string =>
  say(speechOf(context), 'evidence.record');
export const dealsWords = ({ context, score }: PartnerGiven): string =>
  say(speechOf(context), 'evidence.deals', { n: score.evidence });
export const planWords = ({ context, view }: PartnerGiven): string =>
  view.plan === null
    ? say(speechOf(context), 'evidence.record')
    : say(speechOf(context), 'evidence.plan', { plan: view.plan.plan.name });
