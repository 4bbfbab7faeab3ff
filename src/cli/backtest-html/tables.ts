import type {
  AmountRecord,
  BacktestReport,
  ChanceRecord,
  Estimate,
  PartnerOptimism,
} from '../../model/record.ts';
import { baselineWord } from '../../predict/index.ts';
import { whole } from '../format.ts';
import { htmlTable } from '../page/parts.ts';
import { isoDate, loss, percent } from '../page/words.ts';

const span = ({ value, low, high }: Estimate, digits: number): string => {
  const number = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(digits)}`;
  if (low === null || high === null) return `${number(value)} (too few to tell)`;
  return `${number(value)} (${number(low)} to ${number(high)})`;
};

export const verdictTable = ({ verdicts }: BacktestReport): string =>
  htmlTable(
    'Verdict by output',
    ['Output', 'Skill', 'Why'],
    verdicts.map(({ output, skill, why }) => [output, skill, why]),
  );

export const againstTable = ({ against }: ChanceRecord): string =>
  htmlTable(
    'Against simpler ways; a gain whose interval lies above zero is skill',
    ['Against', 'Its log loss', 'Gain in log loss (95%)', 'Brier skill (95%)'],
    against.map(({ baseline, logLoss, gain, skill }) => [
      baselineWord(baseline),
      loss(logLoss),
      span(gain, 4),
      span(skill, 3),
    ]),
  );

export const chanceFigures = (one: ChanceRecord): string =>
  `${whole(one.n)} that ended, ${whole(one.subjects)} different ones: ${percent(one.said)} said on ` +
  `average, ${percent(one.happened)} happened; log loss ${loss(one.logLoss.value)}, Brier ` +
  `${loss(one.brier.value)}, AUC ${one.auc.toFixed(3)}; calibration error ${loss(one.ece)}, of ` +
  `which chance alone makes up to ${loss(one.eceNoise95)}`;

export const amountsTable = (
  amounts: readonly AmountRecord[],
  of: (kind: AmountRecord) => string,
) =>
  htmlTable(
    'Intervals and errors; shares of what came',
    [
      ...['Forecast', 'Ended', '80% held (95%)', 'Below', 'Above', 'Width', 'Off by', 'Bias'],
      ...['Pinball', 'Simpler ways are off by'],
    ],
    amounts.map((one) => [
      of(one),
      whole(one.n),
      `${percent(one.held.value)} (${percent(one.held.low)} to ${percent(one.held.high)})`,
      ...[one.below, one.above, one.width, one.wape, one.bias, one.pinball].map(percent),
      one.against.map((way) => `${baselineWord(way.baseline)} ${percent(way.wape)}`).join(', '),
    ]),
    'numbers',
  );

export const originTable = ({ origins, currency }: BacktestReport): string =>
  htmlTable(
    `By origin, ${currency}`,
    [
      ...['Origin', 'Ends', 'Open deals', 'Won', 'Log loss', 'Stage and age', 'Base rate'],
      ...['P10', 'P50', 'P90', 'Came', 'CRM weighted', 'Quarter before'],
    ],
    origins.map((one) => [
      ...[isoDate(one.atMs), isoDate(one.dueMs), whole(one.deals), whole(one.won)],
      ...[one.logLoss, one.baseline.stageAge, one.baseline.baseRate].map(loss),
      ...[one.low, one.middle, one.high, one.amount, one.crm].map(whole),
      one.baseline.lastPeriod === undefined ? '–' : whole(one.baseline.lastPeriod),
    ]),
    'numbers',
  );

/** Partners that are shown; all of them are in the JSON. */
const SHOWN_PARTNERS = 20;

export const optimismTable = (
  partners: readonly PartnerOptimism[],
  names: ReadonlyMap<string, string>,
): string =>
  htmlTable(
    'Optimism by partner: expected over brought, less one; largest gaps first',
    ['Partner', 'Quarters', 'Held', 'Expected', 'Brought', 'Optimism', 'CRM', ''],
    partners
      .slice(0, SHOWN_PARTNERS)
      .map((one) => [
        ...[names.get(one.partnerId) ?? one.partnerId, whole(one.windows), one.held.toFixed(1)],
        ...[whole(one.said), whole(one.brought)],
        ...[percent(one.optimism), percent(one.crmOptimism)],
        one.littleEvidence ? 'little evidence' : '',
      ]),
    'numbers',
  );
