import type { PoolModel } from '../forecast/pool-model.ts';
import type { MeasureContext } from '../model/facts.ts';
import type { KpiValue } from '../model/score.ts';
import { conversion } from './conversion.ts';
import type { Kpi, PartnerView } from './kpi.ts';
import { onset } from './onset.ts';
import { outcome } from './outcome.ts';
import { pipeline } from './pipeline.ts';
import { velocity } from './velocity.ts';

/** The metric dictionary, in the order it is shown. */
export const KPIS: readonly Kpi[] = [...conversion, ...velocity, ...pipeline, ...outcome, ...onset];

/** Every metric of one partner. */
export const measureAll = (
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): KpiValue[] => KPIS.map((kpi) => ({ kpi: kpi.id, ...kpi.measure(view, pool, context) }));
