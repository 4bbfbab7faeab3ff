import type { PartnerChange } from './change.ts';
import type { DealHealth, Distribution, NextAction, PlanPart, Reason } from './score.ts';
import type { Side } from './facts.ts';

/** One target of the plan beside what came of it. */
export interface ReviewTarget extends PlanPart {
  side: Side;
  /** Why it is behind its pace, in words; empty where it is not. */
  why: string[];
}

export interface ReviewPromise {
  side: Side;
  label: string;
  dueOn: string;
  overdueDays: number;
}

/** An open deal as the partner may see it. Amount in the reporting currency. */
export interface SharedDeal {
  id: string;
  name: string;
  /** The stage in the organisation's own words. */
  stage: string;
  amount: number | null;
  closeDate: string | null;
}

export interface ReviewDeal extends SharedDeal {
  /** 0..1, of the period; and what is expected of it. */
  probability: number;
  expected: number;
  health: DealHealth;
  /** 0..1, that it stalls within 14 days; null = it has stalled, or nothing is known. */
  stallRisk: number | null;
  /** What weighs on it most. */
  why: string | null;
}

export interface ReviewStage {
  stage: string;
  deals: ReviewDeal[];
  amount: number;
  expected: number;
  /** Of `deals`, those that have stalled. */
  stalled: number;
  stalledAmount: number;
}

/** Something to talk about, with what it rests on. */
export interface CoachingItem {
  about: 'partner' | 'deal';
  dealId: string | null;
  name: string;
  text: NextAction['text'];
  evidence: NextAction['evidence'];
  effect: string;
  effort: NextAction['effort'];
  stake: NextAction['stake'];
}

/** What a next plan could promise. */
export interface ProposedTarget {
  side: Side;
  metric: string;
  label: string;
  unit: string | null;
  /** The goal of the present plan; null = there is none. */
  before: number | null;
  proposed: number;
  /** 0..1: the partner's own chance to reach it; null = nothing forecasts this metric. */
  reach: number | null;
  /** 0..1: the chance of a usual partner of like size: how hard it is. */
  difficulty: number | null;
  /** What it rests on, in words. */
  basis: string;
}

/** What both sides may see. */
export interface SharedReview {
  /** The period in three sentences, of what stands below and nothing else. */
  summary: string[];
  partner: { name: string };
  period: { label: string; startOn: string; endOn: string };
  asOf: string;
  currency: string;
  plan: { name: string } | null;
  targets: Omit<ReviewTarget, 'why' | 'weight' | 'note'>[];
  promises: ReviewPromise[];
  deals: SharedDeal[];
  proposals: Pick<ProposedTarget, 'side' | 'metric' | 'label' | 'unit' | 'proposed'>[];
}

/** What is left on our side of the table. */
export interface InternalReview {
  /** The period in three sentences. */
  summary: string[];
  partnerId: string;
  owner: string | null;
  runId: string;
  score: {
    score: number;
    low: number;
    high: number;
    difficulty: number;
    headline: string;
    against: string;
    base: number;
    trackRecord: string | null;
  };
  health: { partner: number | null; vendor: number | null };
  forecast: Distribution;
  targets: ReviewTarget[];
  drivers: Reason[];
  /** Since the start of the period, or the oldest run of it; null = there is none to compare with. */
  changes: PartnerChange | null;
  stages: ReviewStage[];
  coaching: CoachingItem[];
  proposals: ProposedTarget[];
}

/** What a review of one partner's period is held over; without `internal` it may go to the partner. */
export interface ReviewPack {
  shared: SharedReview;
  internal: InternalReview | null;
}

/** What the pure layers find for a pack. */
export interface ReviewFindings {
  targets: ReviewTarget[];
  stages: ReviewStage[];
  coaching: CoachingItem[];
  proposals: ProposedTarget[];
}
