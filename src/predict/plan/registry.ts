import type { PoolModel } from '../win/pool-model.ts';
import type { MeasureContext } from '../../model/facts.ts';
import type { KpiValue } from '../../model/score.ts';
import { conversion } from '../kpi/conversion.ts';
import type { Kpi, PartnerView } from '../kpi/kpi.ts';
import { onset } from '../kpi/onset.ts';
import { outcome } from '../kpi/outcome.ts';
import { pipeline } from '../kpi/pipeline.ts';
import { velocity } from '../kpi/velocity.ts';

/** The metric dictionary, in the order it is shown. */
export const KPIS: readonly Kpi[] = [...conversion, ...velocity, ...pipeline, ...outcome, ...onset];

/** Every metric of one partner. */
export const measureAll = (
  view: PartnerView,
  pool: PoolModel,
  context: MeasureContext,
): KpiValue[] => KPIS.map((kpi) => ({ kpi: kpi.id, ...kpi.measure(view, pool, context) }));
