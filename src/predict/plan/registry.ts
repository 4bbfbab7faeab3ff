import type { MeasureContext } from '../../model/facts.ts';
import { METRICS, type MetricId, type TargetMetricId } from '../../model/metrics.ts';
import { ownId } from '../../model/own-kpi.ts';
import type { KpiValue } from '../../model/score.ts';
import { conversion } from '../kpi/conversion.ts';
import { countedMeasures } from '../kpi/counted.ts';
import { engagement } from '../kpi/engagement.ts';
import type { Measure } from '../kpi/kpi.ts';
import { onset } from '../kpi/onset.ts';
import { ownKpiValue } from '../kpi/own.ts';
import { outcome } from '../kpi/outcome.ts';
import { pipeline } from '../kpi/pipeline.ts';
import { steadiness } from '../kpi/steadiness.ts';
import { velocity } from '../kpi/velocity.ts';
import { attainment } from './attainment.ts';
import { conversionAgainstPool } from './conversion.ts';
import { pipelineAhead } from './pipeline.ts';
import { LITTLE_EVIDENCE } from '../tuning.ts';
import type { PartnerView } from './view.ts';

/** How each metric of the dictionary is measured; one that is missing is a type error. */
const MEASURES = {
  ...(countedMeasures as Record<TargetMetricId, Measure<PartnerView>>),
  ...conversion,
  ...conversionAgainstPool,
  ...velocity,
  ...pipeline,
  ...pipelineAhead,
  ...outcome,
  ...attainment,
  ...onset,
  ...steadiness,
  ...engagement,
} satisfies Record<MetricId, Measure<PartnerView>>;

const withEvidence = (measured: KpiValue): KpiValue => ({
  ...measured,
  littleEvidence: measured.low !== null && measured.evidence < LITTLE_EVIDENCE,
});

/**
 * Every metric of one partner: those of the dictionary in its order, then the organisation's own.
 */
export const measureAll = (view: PartnerView, context: MeasureContext): KpiValue[] =>
  [
    ...(Object.keys(METRICS) as MetricId[]).map((kpi) => ({
      kpi,
      ...MEASURES[kpi](view, context),
    })),
    ...Object.entries(context.ownKpis ?? {}).map(([name, kpi]) => ({
      kpi: ownId(name),
      ...ownKpiValue(kpi, view, context),
    })),
  ].map(withEvidence);
