/** Results of the pure layers. Numbers are plain; rounding happens at the CRM field. */
import type { Period, ProofKind } from './facts.ts';
import type { MetricId } from './metrics.ts';
import type { OwnMetricId } from './own-kpi.ts';
import type { PartnerEffort } from './allocation.ts';
import type { PartnerProfile } from './profile.ts';
import type { CustomerValues } from './customer-value.ts';
import type { AssetLift } from './enablement.ts';
import type { CostCoverage } from './partner-return.ts';
import type { KpiProof } from './proof.ts';
import type { CertificationEffect } from './training-effect.ts';
import type { TierSeries } from './tier.ts';
import type { PartnerTraits } from './traits.ts';
import type { PartnerSales, PartnerWorth } from './worth.ts';

/** A defined metric of the dictionary. `value` null = not enough evidence, never zero. */
export interface KpiValue {
  kpi: MetricId | OwnMetricId;
  value: number | null;
  low: number | null;
  high: number | null;
  /** resolved deals, partners or events behind it */
  evidence: number;
  note: string | null;
  /** Rests on fewer than `LITTLE_EVIDENCE`; absent in older ones. */
  littleEvidence?: boolean;
}

/**
 * What a partner's deals of one product are expected to be won at within the horizon, with its 80%
 * band: its own deals, leaning on all its deals.
 */
export interface CloseRate {
  product: string;
  rate: number;
  low: number;
  high: number;
  /** Deals of the product that were won or lost. */
  n: number;
  littleEvidence: boolean;
}

/** One additive part of a number. Points of all reasons plus `base` give the number exactly. */
export interface Reason {
  code: string;
  points: number;
  text: string;
}

/** The event whose probability a score is; stated so that it can be checked later. */
export interface ScoreEvent {
  kind: 'plan-target' | 'repeat' | 'won-by';
  text: string;
  /** What counts is won from here on, epoch ms … */
  fromMs: number;
  /** … and before this, when it can be checked. */
  dueMs: number;
  /** amount or count to reach */
  goal: number | null;
}

export interface NextAction {
  rule: string;
  text: string;
  /** Reporting currency: by it an owner's few actions are chosen. */
  stake: number;
  /** What it rests on, in words. */
  evidence: string;
  /**
   * What went with it in the past, in points of 100: an association; null = none that anybody would
   * see, the text says why.
   */
  effect: { points: number | null; text: string };
  effort: 'minutes' | 'hour' | 'days';
  /** Last day (`YYYY-MM-DD`) on which it is worth doing. */
  expiresOn: string;
  /** What of the playbook helps with it. */
  asset: { id: string; title: string; url?: string | undefined } | null;
  /** The incentive that it spends, and how much of its budget. */
  offer: { id: string; amount: number } | null;
  /** The open deal that the text names, where it names one. */
  dealId: string | null;
  /** What to do once that budget is spent. */
  instead: NextAction | null;
}

/** One target of a plan, measured. */
export interface PlanPart {
  targetId: string;
  label: string;
  /** Metric of the dictionary; the plan's own word where it is none. */
  metric: string;
  unit: string | null;
  /** `down` = less is better. */
  direction: 'up' | 'down';
  goal: number;
  actual: number | null;
  /** Attainment over the share expected by now; null = too early, no figure, or nothing due. */
  pace: number | null;
  /** Where the pace leads by the end of the period. */
  projected: number | null;
  /** What is missing to the goal; 0 = reached. */
  gap: number | null;
  weight: number;
  /** A rate of which no case has fallen due: measured, and nothing is owed yet. */
  noneDue?: true;
  /** Why there is no number yet, or which feed is missing. */
  note: string | null;
}

export interface PlanHealth {
  /** 0..100 after the outcome gate; null without a plan. */
  health: number | null;
  /**
   * 0..100: how far our own side has kept what it promised; null = it promised nothing that is due.
   */
  vendorHealth: number | null;
  /** The plan that is in force, and its revision. */
  plan: { name: string; revision: number | null; proposed: boolean } | null;
  parts: PlanPart[];
  vendorParts: PlanPart[];
  /** Promises with a date that are not kept yet, the earliest first. */
  due: { side: 'partner' | 'vendor'; label: string; dueOn: string; overdueDays: number }[];
  missing: string[];
}

/** Where a partner stands beside its score; amounts in the reporting currency. */
export interface PartnerProspect {
  /** Expected amount over the goal, with its 80% band; 1 = the goal exactly. */
  expectedAttainment: number;
  expectedAttainmentLow: number;
  expectedAttainmentHigh: number;
  /** What the expected amount falls short of the goal. */
  gap: number;
  /**
   * The gap times what one more typical win adds to the chance: the model's own difference, not
   * the promise of an effect.
   */
  moneyAtStake: number;
  /**
   * The same difference in points of score, with what it is for four wins in five by their size.
   */
  oneMoreWin: { points: number; low: number; high: number; wins: number };
  /** The score of the coming period's event, 0..100; null before day 60 of the quarter. */
  scoreNext: number | null;
}

export interface ClosingDeal {
  dealId: string;
  name: string;
  /** Reporting currency. */
  amount: number;
  /** 0..1 */
  probability: number;
}

export interface PartnerScore extends PartnerProspect {
  partnerId: string;
  object: string;
  modelVersion: string;
  asOfMs: number;
  event: ScoreEvent;
  /** The score in one sentence, and what it is compared with, in the language of the mapping. */
  headline: string;
  against: string;
  /** 0..100 = 100 x probability of `event`. */
  score: number;
  low: number;
  high: number;
  evidence: number;
  /** Fewer than `LITTLE_EVIDENCE` deals; absent in older scores, as of deals. */
  littleEvidence?: boolean;
  /** 100 x the same event's probability for a pooled peer: how hard the target is. */
  difficulty: number;
  base: number;
  reasons: Reason[];
  planHealth: PlanHealth;
  kpis: KpiValue[];
  /** By product, most deals first; absent in older scores. */
  closeRates?: CloseRate[];
  /** Open deals that would close the gap if they were won. */
  closing: ClosingDeal[];
  nextAction: NextAction | null;
  /** How scores like this one, and intervals, came out; null or absent = too few have ended. */
  trackRecord?: string | null;
  /** What would be next; `nextAction` where it is among the few of its owner. */
  candidate?: NextAction | null;
  /** Won in the current fiscal year, reporting currency; absent = the run credited nothing. */
  credit?: { sourced: number; influenced: number };
  /** How its open deals move; absent in older scores. */
  stall?: PartnerStall;
  /** What it won month by month; absent in older scores, and on a second record of one account. */
  sales?: PartnerSales;
  /** What it is like, to compare it with others; absent as `sales` is. */
  traits?: PartnerTraits;
  /** What our own side spent on it; absent in older scores. */
  effort?: PartnerEffort;
  /** What its tier is measured by; absent where the mapping has no ladders. */
  climb?: TierSeries;
  /** What it is worth and where it stands among partners; absent until all are scored. */
  worth?: PartnerWorth;
  /** This partner's share of the current period's forecast, reporting currency. */
  forecast: Distribution;
}

/** Open deals of a partner by how they move; zombies are counted apart and nowhere else. */
export interface PartnerStall {
  stalled: number;
  /**
   * Deals warned of, and what is expected to stall within 14 days: a sum of chances, and of money.
   */
  warned: number;
  expected: number;
  expectedAmount: number;
  zombies: number;
}

/** How far an open deal is shown to be real; `silent` = it was, too long ago. */
export type Standing = 'proven' | 'half' | 'unproven' | 'silent';

/**
 * What shows a deal to be real. `certain` = the vendor's side did it; else nobody knows who did.
 */
export interface Proof {
  kind: ProofKind;
  atMs: number;
  certain: boolean;
  /** Row and user, where the CRM names them. */
  id: string | null;
  byId: string | null;
}

export type DealHealth = 'on track' | 'slipping' | 'stalled';

/** What an intervention can still change: keep what goes well, win back what slips, or nothing. */
export type Triage = 'protect' | 'rescue' | 'leave';

/** How an open deal moves, beside its chance to be won. Absent in older scores. */
export interface DealMovement {
  /**
   * 0..1, that it stalls within 14 days; null = it has stalled, is too young, or nothing is known.
   */
  stallRisk: number | null;
  triage: Triage;
  /**
   * What meeting the buyer today goes with, of the chance to be won at all, 0..1: an association.
   * Where no model reads meetings, the next stage.
   */
  canChange: number;
  /** Days (`YYYY-MM-DD`) by which a tenth, half and nine tenths of its chance to be won fall. */
  expectedClose: { low: string; middle: string; high: string } | null;
  /**
   * 0..1: shares of the organisation's own deals that had ended by this age, and left the stage.
   */
  agePercentile: number;
  stagePercentile: number | null;
  /** Open in the CRM alone: for an admin's clean-up, nobody's task. */
  zombie: boolean;
}

export interface DealScore {
  dealId: string;
  object: string;
  partnerId: string | null;
  modelVersion: string;
  asOfMs: number;
  event: ScoreEvent;
  /** As `PartnerScore.headline` and `against`. */
  headline: string;
  against: string;
  /** 0..1; what does not count of the deal is taken off. */
  probability: number;
  /**
   * On the record, in the reporting currency (the mean of wins where it is unknown), and what
   * counts of it.
   */
  amount: number;
  counted: number;
  standing: Standing;
  proofs: readonly Proof[];
  low: number;
  high: number;
  /** 0..1, that it is won at all: what a young deal is worth when the period is nearly over. */
  everProbability: number;
  /** What the table of stage and days in stage says alone of the same event: the one to beat. */
  usual: number;
  evidence: number;
  littleEvidence?: boolean;
  /** in points of 100 */
  base: number;
  reasons: Reason[];
  health: DealHealth;
  movement?: DealMovement;
  nextAction: NextAction | null;
  /** How deals given about this chance came out; null or absent = too few have ended. */
  trackRecord?: string | null;
  /** As `PartnerScore.candidate`. */
  candidate?: NextAction | null;
  /** The earlier registration that the deal's own repeats, in words. */
  duplicateOf?: string | null;
}

/** Amounts in the reporting currency. */
export interface Distribution {
  mean: number;
  p10: number;
  p50: number;
  p90: number;
}

/** One line of a breakdown; `key` is an id or a word of the CRM. */
export interface BreakdownRow extends Distribution {
  key: string;
}

/** The current period's forecast by what it is made of, and the next periods'. */
export interface ForecastBreakdown {
  partner: BreakdownRow[];
  type: BreakdownRow[];
  tier: BreakdownRow[];
  region: BreakdownRow[];
  product: BreakdownRow[];
  owner: BreakdownRow[];
  periods: { period: Period; total: Distribution }[];
}

export type ChangeCause =
  | 'new'
  | 'won'
  | 'lost'
  | 'pulled in'
  | 'pushed out'
  | 'amount'
  | 're-scored'
  | 'model'
  | 'plan';

/** A difference by its causes, which add up to it to the cent (or hundredth of a point). */
export interface Changes {
  before: number;
  after: number;
  causes: { cause: ChangeCause; amount: number; deals: { dealId: string; amount: number }[] }[];
}

export interface Forecast {
  period: Period;
  asOfMs: number;
  modelVersion: string;
  currency: string;
  wonToDate: number;
  /** wonToDate + open deals + deals not yet created. */
  total: Distribution;
  openMean: number;
  newMean: number;
  /**
   * The CRM's own weighted pipeline for the period: sum of amount x stage probability of
   * deals closing in it, plus won.
   */
  crmWeighted: number;
  openDeals: number;
  /** Open deals by how far they are shown to be real. */
  standings: Record<Standing, number>;
  /** What wins bring per amount on the record: openMean = sum of amount x probability x this. */
  multiplier: number;
  /** Line for people: how what was said came out; null = nothing that was said has ended yet. */
  trackRecord: string | null;
  /** Whether leading metrics foretell wins here; absent in older ones. */
  proofs?: KpiProof[];
  /** What successful partners have in common, and places that managers have; absent likewise. */
  profile?: PartnerProfile & { places: number };
  /** Which costs are on record, and customers of all partners beside direct ones; likewise. */
  coverage?: CostCoverage;
  customers?: CustomerValues;
  /** What assets went with on deals; likewise. */
  lifts?: AssetLift[];
  /** How win rates changed with certificates; likewise. */
  certification?: CertificationEffect;
  /** What past forecasts taught about its level and width; absent in older ones. */
  level?: Record<'open' | 'fresh' | 'sd' | 'levelSd' | 'width' | 'periods', number>;
  breakdown: ForecastBreakdown;
}
export type { Period };
