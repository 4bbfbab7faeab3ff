import type { MeasureContext } from '../../model/facts.ts';
import type { Forecast } from '../../model/score.ts';
import type { PoolModel } from '../win/pool-model.ts';
import { breakdownOf } from './breakdown.ts';
import { channelTotals } from './channel.ts';
import type { ForecastPart } from './part.ts';

/** The forecast of the whole organisation with what it is made of. */
export const channelForecast = (
  parts: readonly ForecastPart[],
  pool: PoolModel,
  context: MeasureContext,
): Forecast => ({
  ...channelTotals(parts, pool, context),
  breakdown: breakdownOf(parts, pool, context),
});
