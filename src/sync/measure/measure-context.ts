import type { MeasureContext } from '../../model/facts.ts';
import { fiscalQuarter } from '../../predict/index.ts';
import { readStages } from '../../store/facts.ts';
import type { RunContext } from '../run/context.ts';

/** What every measure of this run is given beside its facts. */
export async function measureContext(context: RunContext): Promise<MeasureContext> {
  const { settings } = context.mapping;
  const stages = await readStages(context.store, context.connectionId);
  return {
    asOfMs: context.asOfMs,
    period: fiscalQuarter(context.asOfMs, settings.timeZone, settings.fiscalYearStartMonth),
    horizonDays: settings.horizonDays,
    staleDays: settings.staleDays,
    timeZone: settings.timeZone,
    reportingCurrency: settings.reportingCurrency,
    feeds: new Set(context.mapping.streams.flatMap((stream) => stream.entities)),
    stages: new Map(stages.map((stage) => [stage.key, stage])),
  };
}
