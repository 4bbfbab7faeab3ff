import type {
  AmountRecord,
  BacktestOrigin,
  BacktestReport,
  BacktestVerdict,
  JudgedStatement,
} from '../../model/record.ts';
import { exactSum } from '../math/exact-sum.ts';
import { RECORD_MIN_QUARTERS } from '../tuning.ts';
import { unitWord } from './sentences.ts';
import { trackRecord } from './track-record.ts';
import { baselineWord, verdictOn } from './verdict.ts';

const percent = (share: number): string => `${Math.round(100 * share)}%`;

/** Better than the CRM's weighted pipeline, and an interval that holds as often as it says. */
function forecastVerdict(record: AmountRecord | undefined): BacktestVerdict {
  const output = 'forecast';
  if (record === undefined || record.n < RECORD_MIN_QUARTERS)
    return {
      output,
      skill: 'too early',
      why: `${record?.n ?? 0} ${unitWord('forecast', record?.n ?? 0)} have ended; ${RECORD_MIN_QUARTERS} are needed`,
    };
  const better = record.against.filter(({ gain }) => gain.low !== null && gain.low > 0);
  const text = record.against
    .map((one) => `${baselineWord(one.baseline)} ${one.wape === null ? '-' : percent(one.wape)}`)
    .join(', ');
  const off = `off by ${record.wape === null ? '-' : percent(record.wape)} (${text})`;
  return better.length === record.against.length && better.length > 0
    ? { output, skill: 'yes', why: `better: ${off}` }
    : { output, skill: 'no', why: `no skill yet: ${off}; the difference may be chance` };
}

/** 80% is inside what was seen, or it is not. */
function intervalVerdict(record: AmountRecord | undefined): BacktestVerdict {
  const output = 'forecast interval';
  if (record === undefined || record.held.low === null || record.held.high === null)
    return { output, skill: 'too early', why: 'no interval has ended yet' };
  const { value, low, high } = record.held;
  const seen = `held ${percent(value)} (${percent(low)} to ${percent(high)}) of ${record.n} ${unitWord(record.kind, record.n)}`;
  if (low <= 0.8 && high >= 0.8)
    return { output, skill: 'yes', why: `as good as it says: ${seen}` };
  return { output, skill: 'no', why: `${value < 0.8 ? 'too narrow' : 'too wide'}: ${seen}` };
}

function verdictsOf({ chances, amounts }: BacktestReport['record']): BacktestVerdict[] {
  const chance = (kind: JudgedStatement['kind']) => chances.find((one) => one.kind === kind);
  const amount = (kind: JudgedStatement['kind']) => amounts.find((one) => one.kind === kind);
  return [
    { output: 'deal.winProbability', ...verdictOn(chance('deal'), 'stageAge') },
    { output: 'deal.winProbability', ...verdictOn(chance('deal'), 'baseRate') },
    { output: 'partner.score', ...verdictOn(chance('partner'), 'peer') },
    forecastVerdict(amount('forecast')),
    intervalVerdict(amount('partner-forecast') ?? amount('forecast')),
  ];
}

function wapeOf(origins: readonly BacktestOrigin[], part: 'open' | 'fresh'): number | null {
  const brought = exactSum(origins.map((one) => one[part].brought));
  const off = exactSum(origins.map((one) => Math.abs(one[part].said - one[part].brought)));
  return brought > 0 ? off / brought : null;
}

/** The report of a replay: what was said at each origin, and how all of it came out. */
export function backtestReport(
  about: Omit<BacktestReport, 'record' | 'openWape' | 'freshWape' | 'verdicts'>,
  judged: readonly JudgedStatement[],
): BacktestReport {
  const told = judged.filter((one) => one.happened !== null || one.amount !== null).length;
  const record = trackRecord(
    'replayed',
    {
      statements: judged.length,
      ended: judged.length,
      untold: judged.length - told,
      sinceMs: about.origins[0]?.atMs ?? null,
      nextDueMs: null,
    },
    judged,
  );
  return {
    ...about,
    record,
    openWape: wapeOf(about.origins, 'open'),
    freshWape: wapeOf(about.origins, 'fresh'),
    verdicts: verdictsOf(record),
  };
}
