import type { StageFacts } from '../../../model/facts.ts';
import type { SellingQuarter } from '../../math/selling-days.ts';
import type { HistoryView } from '../features/history.ts';
import type { Vocabulary } from '../features/vocabulary.ts';
import type { CandidateName } from './candidates.ts';
import type { Contest } from './contest.ts';
import type { FactorEffects } from './effects.ts';
import type { Line } from './line.ts';
import type { Interval } from './sample.ts';
import type { StallModel } from '../stall/model.ts';
import type { WinTable } from './table.ts';

/** The probability of a win within one stretch of days ahead, of a deal not won before it. */
export interface WinStep extends Interval {
  chosen: CandidateName;
  /** Of all training snapshots. */
  baseOdds: number;
  /** Log odds are the average of these; none for the base rate and for stage and age. */
  lines: Line[];
  contest: Contest;
}

/**
 * What a company's past says about winning an open deal, as of a moment. Plain JSON. One horizon is
 * made of steps, so that a longer one never says less than a shorter one; what lies beyond the last
 * step comes from the table.
 */
export interface WinModel {
  version: string;
  asOfMs: number;
  /** How the deals' histories were read. */
  timeZone: string;
  stages: StageFacts[];
  vocabulary: Vocabulary;
  table: WinTable;
  steps: WinStep[];
  /** Only those that won out of sample. */
  effects: FactorEffects[];
  /** Deals seen, held for the fit, and resolved among those. */
  deals: { seen: number; held: number; resolved: number };
  /** When deals come to a standstill; null or absent = nothing is said of it. */
  stall?: StallModel | null;
  /** How wins fall on the days of a quarter; absent = evenly. */
  quarter?: SellingQuarter;
  /** Days between the training snapshots of a deal. */
  everyDays: number;
}

/** How a deal's history is read for this model. */
export const viewOf = ({ stages, timeZone }: WinModel): HistoryView => ({
  timeZone,
  stages: new Map(stages.map((stage) => [stage.key, stage])),
});
