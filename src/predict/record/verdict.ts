import type { Baseline, ChanceRecord } from '../../model/record.ts';
import { RECORD_MIN_OUTCOMES, RECORD_MIN_UNITS } from '../tuning.ts';
import { unitWord } from './sentences.ts';

/** What a record shows against a baseline, and why, in words. */
export interface Verdict {
  skill: 'yes' | 'no' | 'too early';
  why: string;
}

const BASELINE_WORDS: Record<Baseline, string> = {
  baseRate: 'the base rate',
  stageAge: 'stage and days in stage',
  peer: 'a comparable peer',
  crm: "the CRM's weighted pipeline",
  lastPeriod: 'the last period',
};
export const baselineWord = (baseline: Baseline): string => BASELINE_WORDS[baseline];

const nats = (value: number): string => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;

/**
 * Skill = better than the baseline in log loss, and the 95% interval of the gain, by subject, lies
 * above zero. Before enough have come out both ways there is no verdict.
 */
export function verdictOn(record: ChanceRecord | null | undefined, baseline: Baseline): Verdict {
  const found = record?.against.find((one) => one.baseline === baseline);
  if (!record || found === undefined) return { skill: 'too early', why: 'nothing has ended yet' };
  const happened = Math.round(record.n * record.happened);
  const rest = record.n - happened;
  if (record.subjects < RECORD_MIN_UNITS || Math.min(happened, rest) < RECORD_MIN_OUTCOMES)
    return {
      skill: 'too early',
      why:
        `${record.subjects} ${unitWord(record.kind, record.subjects)} have come out, ${happened} ` +
        `one way and ${rest} the other; ${RECORD_MIN_UNITS} are needed, ${RECORD_MIN_OUTCOMES} ` +
        'of each',
    };
  const { value, low, high } = found.gain;
  const span = low === null || high === null ? '' : ` (${nats(low)} to ${nats(high)})`;
  const gain = `log loss ${nats(value)}${span} against ${baselineWord(baseline)}`;
  const of = `on ${record.subjects} ${unitWord(record.kind, record.subjects)}`;
  return low !== null && low > 0
    ? { skill: 'yes', why: `better: ${gain} ${of}` }
    : { skill: 'no', why: `no skill yet: ${gain} ${of}` };
}
