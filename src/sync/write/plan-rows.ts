import type { CrmValue } from '../../model/connector.ts';
import { outputShape, type OutputShape } from '../../model/outputs.ts';
import type { DealScore, PartnerScore } from '../../model/score.ts';
import type { Intent, IntentState } from '../../store/intents.ts';
import { planRows, type PlanFilter } from '../../store/plan-view.ts';
import { recordPartners, recordNames } from '../../store/run-changes.ts';
import { scoresOfRecords } from '../../store/record-scores.ts';
import type { Run } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { dealValues, partnerValues, type OutputValues } from '../../writeback/values.ts';
import { speechOf } from '../../predict/index.ts';
import { spokenSettings, type SpokenSettings } from '../measure/spoken.ts';
import { whyChanged, wordsOf } from './field-words.ts';

/** One field of one record, as a person looks at it before it is written. */
export interface PlanRow {
  object: string;
  recordId: string;
  name: string;
  partnerId: string | null;
  partnerName: string | null;
  field: string;
  label: string;
  output: string | null;
  /** What its number counts; null = it is no number. */
  unit: OutputShape['unit'] | null;
  from: CrmValue;
  to: CrmValue;
  /** The 80% band around the new number. */
  low: number | null;
  high: number | null;
  move: number | null;
  state: IntentState;
  /** Why it changes or, where it does not, what keeps it. */
  reason: string | null;
}

/** Outputs that stand in a band, and those that are its ends. */
const BANDS: Record<string, [low: string, high: string]> = {
  'partner.score': ['partner.scoreLow', 'partner.scoreHigh'],
  'partner.forecast': ['partner.forecastLow', 'partner.forecastHigh'],
  'partner.expectedAttainment': ['partner.expectedAttainmentLow', 'partner.expectedAttainmentHigh'],
  'deal.winProbability': ['deal.low', 'deal.high'],
};

/** A page of a run's writes with the words that a person needs to judge them. */
export async function shownPlan(
  store: Store,
  run: Run,
  filter: PlanFilter,
  page: { order: 'largest' | 'record'; skip: number; limit: number },
): Promise<PlanRow[]> {
  const intents = await planRows(store, run, filter, page);
  const ids = [...new Set(intents.map((intent) => intent.recordId))];
  const [words, names, partners, scores] = [
    await wordsOf(store, run),
    await recordNames(store, run.connectionId, ids),
    await recordPartners(store, run.connectionId, ids),
    await scoresOfRecords(store, run.connectionId, run.dryRun, ids),
  ];
  const settings = await spokenSettings(store, run.connectionId);
  const values = new Map([...scores].map(([id, score]) => [id, valuesOf(score, settings)]));
  return intents.map((intent) => {
    const known = words.get(`${intent.object}/${intent.field}`);
    const partner = partners.get(intent.recordId);
    return {
      ...partOf(intent),
      name: names.get(intent.recordId) ?? intent.recordId,
      partnerId: partner?.id ?? null,
      partnerName: partner?.name ?? null,
      label: known?.label ?? intent.field,
      output: known?.output ?? null,
      unit: known === undefined ? null : (outputShape(known.output)?.unit ?? null),
      ...bandOf(known?.output, values.get(intent.recordId)),
      reason:
        intent.reason ??
        whyChanged(run, intent.newValue) ??
        sentence(values.get(intent.recordId), known?.output),
    };
  });
}

const partOf = (intent: Intent & { move: number | null }) => ({
  object: intent.object,
  recordId: intent.recordId,
  field: intent.field,
  from: intent.oldValue,
  to: intent.newValue,
  move: intent.move,
  state: intent.state,
});

const valuesOf = (score: PartnerScore | DealScore, settings: SpokenSettings): OutputValues => {
  const speech = speechOf({ ...settings, asOfMs: score.asOfMs });
  return 'dealId' in score ? dealValues(score, speech) : partnerValues(score, speech);
};

/** The reasons of the record's score, but not beside themselves. */
function sentence(values: OutputValues | undefined, output: string | undefined): string | null {
  const name = output?.startsWith('deal.') === true ? 'deal.reasons' : 'partner.reasons';
  const said = output === name ? null : values?.[name];
  return typeof said === 'string' ? said : null;
}

function bandOf(
  output: string | undefined,
  values: OutputValues | undefined,
): { low: number | null; high: number | null } {
  const ends = output === undefined ? undefined : BANDS[output];
  const end = (name: string | undefined): number | null => {
    const value = name === undefined ? null : values?.[name];
    return typeof value === 'number' ? value : null;
  };
  return { low: end(ends?.[0]), high: end(ends?.[1]) };
}
