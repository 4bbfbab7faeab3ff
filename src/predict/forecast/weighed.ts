import type { Standing } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';
import type { WinChance } from '../win/win-chance.ts';

/** An open deal and what it counts for. */
export interface Weighed {
  state: DealState;
  standing: Standing;
  /** By what shows it to be real, whether it is still heard of or not. */
  shown: Standing;
  chance: WinChance;
  /** On the record; an unknown amount is the pool's mean, a negative one nothing. */
  stated: number;
  /** What of it counts until it is won. */
  counted: number;
  /** Share of its chance that counts. */
  share: number;
  /** What past forecasts teach about the chances of open deals. */
  level: number;
  /** Part of it that is heard of, and that counts as one of which nothing is shown. */
  heard: number;
  quiet: number;
}
