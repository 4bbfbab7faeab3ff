import type { MeasureContext } from '../../model/facts.ts';
import type { DealHealth, DealMovement, PartnerStall, Standing } from '../../model/score.ts';
import type { DealState } from '../deal/deal-at.ts';
import type { Weighed } from '../forecast/weighed.ts';
import { isoDay } from '../math/calendar.ts';
import { exactSum } from '../math/exact-sum.ts';
import { clamp } from '../math/numeric.ts';
import { DAY_MS } from '../math/time.ts';
import { DEFAULT_STALL_WARNING } from '../tuning.ts';
import { agePercentiles } from '../win/deal-age.ts';
import type { DealOutlook } from '../win/closing.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { afterwards } from '../win/what-if.ts';
import { winChance } from '../win/win-chance.ts';
import { isZombie, triageOf } from './triage.ts';

const warnAt = ({ win }: PoolModel): number => win?.stall?.warnAt ?? DEFAULT_STALL_WARNING;

/**
 * What meeting the buyer now goes with, of the chance to be won at all; where no model reads
 * meetings, what the next stage goes with.
 */
export function canChange(
  { state, chance }: Weighed,
  pool: PoolModel,
  context: MeasureContext,
  effect: number,
): number {
  const ever = (of: DealState): number => winChance(of, pool, Infinity, effect).chance;
  const met = chance.said === null ? null : afterwards('met', state, pool, context);
  const after = met ?? afterwards('moved', state, pool, context);
  return after === null ? 0 : clamp(ever(after) - ever(state), 0, 1);
}

export function movementOf(
  state: DealState,
  said: { health: DealHealth; standing: Standing; ever: number; canChange: number },
  { closing, stall }: DealOutlook,
  pool: PoolModel,
  { asOfMs, timeZone }: MeasureContext,
): DealMovement {
  const zombie = isZombie(said.standing, said.ever);
  const stallRisk = stall?.risk ?? null;
  const day = (days: number): string => isoDay(asOfMs + days * DAY_MS, timeZone);
  const { age, stage } = agePercentiles(state, pool);
  return {
    stallRisk,
    triage: triageOf({
      zombie,
      health: said.health,
      stallRisk,
      warnAt: warnAt(pool),
      gain: said.canChange,
    }),
    canChange: said.canChange,
    expectedClose: closing && {
      low: day(closing.early),
      middle: day(closing.middle),
      high: day(closing.late),
    },
    agePercentile: age,
    stagePercentile: stage,
    zombie,
  };
}

/** What the roll-up reads of a deal. */
interface Moving {
  score: { movement: DealMovement; health: DealHealth; amount: number };
}

/** Roll-up of a partner's open deals. */
export function partnerStall(deals: readonly Moving[], pool: PoolModel): PartnerStall {
  const live = deals.filter(({ score }) => !score.movement.zombie);
  const risks = live.map(({ score }) => score.movement.stallRisk ?? 0);
  return {
    stalled: live.filter(({ score }) => score.health === 'stalled').length,
    warned: risks.filter((risk) => risk >= warnAt(pool)).length,
    expected: exactSum(risks),
    expectedAmount: exactSum(live.map(({ score }, i) => score.amount * risks[i]!)),
    zombies: deals.length - live.length,
  };
}
