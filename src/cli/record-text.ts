import {
  type AmountRecord,
  type CalibrationBin,
  type ChanceRecord,
  type Estimate,
  type PartnerOptimism,
  type StatementKind,
  type TrackRecord,
} from '../model/record.ts';
import { baselineWord, binSentence, heldSentence, unitWord } from '../predict/index.ts';
import { heading, instant, plural, printable, table, whole } from './format.ts';

const percent = (share: number | null): string =>
  share === null ? '-' : `${(100 * share).toFixed(0)}%`;
const loss = (value: number): string => value.toFixed(4);

/** `+0.0123 (+0.0040 to +0.0206)`. */
function span({ value, low, high }: Estimate, digits: number): string {
  const number = (x: number): string => `${x < 0 ? '-' : '+'}${Math.abs(x).toFixed(digits)}`;
  return low === null || high === null
    ? `${number(value)} (too few to tell)`
    : `${number(value)} (${number(low)} to ${number(high)})`;
}

/** Of fewer a percentage would pretend to a precision that is not there. */
const SAID_IN_WORDS = 10;

const TITLES: Record<StatementKind, string> = {
  deal: 'Win probabilities of deals',
  partner: 'Partner scores',
  'partner-forecast': "Forecasts of partners' quarters",
  forecast: 'Forecasts of the quarter',
};

const binRow = ({ from, to, n, said, happened }: CalibrationBin): string[] => [
  `${percent(from)} to ${percent(to)}`,
  whole(n),
  percent(said),
  percent(happened.value),
  `${percent(happened.low)} to ${percent(happened.high)}`,
];

const binsTable = (bins: readonly CalibrationBin[]): string =>
  table(['given', 'n', 'said', 'happened', '95% interval'], bins.map(binRow), [
    'left',
    'right',
    'right',
    'right',
    'left',
  ]);

const againstTable = ({ against }: ChanceRecord): string =>
  against.length === 0
    ? ''
    : table(
        ['against', 'its log loss', 'gain in log loss (95%)', 'Brier skill (95%)'],
        against.map(({ baseline, logLoss, gain, skill }) => [
          baselineWord(baseline),
          loss(logLoss),
          span(gain, 4),
          span(skill, 3),
        ]),
        ['left', 'right', 'left', 'left'],
      );

export function chancesText(record: ChanceRecord): string {
  const { kind, n, subjects, statements, said, happened, logLoss, brier, auc } = record;
  return [
    heading(TITLES[kind]),
    `  ${plural(n, `${unitWord(kind, 1)} and date`, `${unitWord(kind, 2)} and dates`)} (${whole(subjects)} different ones, ${plural(statements, 'statement')}): ${percent(said)} said on average, ${percent(happened)} happened\n`,
    `  log loss ${loss(logLoss.value)}, Brier ${loss(brier.value)}, AUC ${auc.toFixed(3)}; calibration error ${loss(record.ece)}, of which chance alone makes up to ${loss(record.eceNoise95)}\n`,
    againstTable(record),
    binsTable(record.bins),
    ...record.bins
      .filter((bin) => bin.n >= SAID_IN_WORDS)
      .map((bin) => `  ${binSentence(kind, bin)}\n`),
  ].join('');
}

export function amountsText(record: AmountRecord): string {
  const { kind, held, below, above, width, wape, bias, against } = record;
  return [
    heading(TITLES[kind]),
    `  ${heldSentence(record)} (${percent(held.value)}; 95% interval ${percent(held.low)} to ${percent(held.high)}); ${percent(below)} came in below, ${percent(above)} above\n`,
    width === null ? '' : `  width ${percent(width)} of what came; `,
    wape === null ? '' : `off by ${percent(wape)} of it, bias ${percent(bias)}\n`,
    ...against.map(
      (one) =>
        `  ${baselineWord(one.baseline)}: off by ${percent(one.wape)}, bias ${percent(one.bias)}\n`,
    ),
  ].join('');
}

/** Partners that are shown; all of them are in the JSON. */
const SHOWN_PARTNERS = 20;
const signed = (share: number | null): string =>
  share === null ? '-' : `${share < 0 ? '-' : '+'}${percent(Math.abs(share))}`;

/** What was expected of partners' quarters beside what they brought, largest gaps first. */
function optimismText(partners: readonly PartnerOptimism[]): string {
  if (partners.length === 0) return '';
  const rows = partners
    .slice(0, SHOWN_PARTNERS)
    .map((one) => [
      printable(one.name ?? one.partnerId, 32),
      whole(one.windows),
      one.held.toFixed(1),
      whole(one.said),
      whole(one.brought),
      signed(one.optimism),
      signed(one.crmOptimism),
      one.littleEvidence ? 'little evidence' : '',
    ]);
  const titles = ['partner', 'quarters', 'held', 'expected', 'brought', 'optimism', 'CRM', ''];
  const more = partners.length - rows.length;
  return [
    heading('Optimism by partner: expected over brought, less one'),
    table(titles, rows, ['left', ...Array<'right'>(6).fill('right')]),
    more > 0 ? `  and ${plural(more, 'partner')} more with --json\n` : '',
  ].join('');
}

/** What was said, how much of it has ended, and how it came out. */
export function recordText(record: TrackRecord): string {
  const { statements, ended, untold, sinceMs, nextDueMs, chances, amounts } = record;
  const how = record.source === 'live' ? 'said since' : 'made again as of then, from';
  return [
    `  ${plural(statements, 'statement')} ${how} ${instant(sinceMs)}; ${whole(ended)} ended${untold > 0 ? ` (of ${whole(untold)} of them nobody can say how)` : ''}, the next ends at ${instant(nextDueMs)}\n`,
    ...chances.map(chancesText),
    ...amounts.map(amountsText),
    optimismText(record.partners ?? []),
  ].join('');
}
