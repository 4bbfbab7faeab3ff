import type { Standing } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';
import type { WinChance } from '../win/win-chance.ts';

/** An open deal and what it counts for. */
export interface Weighed {
  state: DealState;
  standing: Standing;
  chance: WinChance;
  /** On the record; an unknown amount is the pool's mean, a negative one nothing. */
  stated: number;
  /** What of it counts until it is won. */
  counted: number;
  /** Share of its chance that counts. */
  share: number;
  /** What past forecasts teach about the chances of open deals. */
  level: number;
  /** 1 = heard of lately, 0 = gone quiet: what a score makes of it. */
  fresh: number;
}
