import type { MeasureContext, Period } from '../../model/facts.ts';
import type { MappingSettings } from '../../model/mapping.ts';
import type { Speech } from '../../model/language/languages.ts';
import { fiscalQuarter, shiftMonths, speechOf } from '../../predict/index.ts';
import { formerUsers } from '../../store/former-users.ts';
import { readStages } from '../../store/facts.ts';
import { partnerTypes } from '../../store/partner-types.ts';
import type { Store } from '../../store/store.ts';
import type { RunContext } from '../run/context.ts';

/** What every measure of this run is given beside its facts. */
export async function measureContext(context: RunContext): Promise<MeasureContext> {
  const { store, connectionId, mapping, asOfMs } = context;
  return {
    ...(await contextOutsideRun(store, connectionId, mapping.settings, asOfMs)),
    feeds: new Set(mapping.streams.flatMap((stream) => stream.entities)),
    playbook: mapping.playbook,
    formerUsers: await formerUsers(store, connectionId),
    partnerTypes: await partnerTypes(store, connectionId),
  };
}

/** The same outside of a run, where no mapping is compiled: every feed is taken to be there. */
export async function contextOutsideRun(
  store: Store,
  connectionId: string,
  settings: MappingSettings,
  asOfMs: number,
): Promise<MeasureContext> {
  const stages = await readStages(store, connectionId);
  return {
    asOfMs,
    period: fiscalQuarter(asOfMs, settings.timeZone, settings.fiscalYearStartMonth),
    horizonDays: settings.horizonDays,
    staleDays: settings.staleDays,
    timeZone: settings.timeZone,
    reportingCurrency: settings.reportingCurrency,
    language: settings.language,
    stages: new Map(stages.map((stage) => [stage.key, stage])),
    ...(settings.stallOnPutOff === undefined ? {} : { stallOnPutOff: settings.stallOnPutOff }),
    ...(settings.kpis === undefined ? {} : { ownKpis: settings.kpis }),
    ...(settings.proofs === undefined ? {} : { proofs: settings.proofs }),
    ...(settings.tiers === undefined ? {} : { tiers: settings.tiers }),
  };
}

/** The fiscal year that the run is in, [startMs, endMs). */
export function fiscalYear(context: RunContext): Pick<Period, 'startMs' | 'endMs'> {
  const { timeZone, fiscalYearStartMonth } = context.mapping.settings;
  const { label, startMs } = fiscalQuarter(context.asOfMs, timeZone, fiscalYearStartMonth);
  const quarter = Number(label.slice(-1));
  const first = shiftMonths(startMs, -3 * (quarter - 1), timeZone);
  return { startMs: first, endMs: shiftMonths(first, 12, timeZone) };
}

/** In whose words this run writes. */
export const runSpeech = ({ asOfMs, mapping }: Pick<RunContext, 'asOfMs' | 'mapping'>): Speech =>
  speechOf({ ...mapping.settings, asOfMs });
